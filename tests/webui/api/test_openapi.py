import re

import pytest

from rig.names import COMMANDS


@pytest.fixture
def document(client):
    with client.get("/api/v1/openapi.json") as answer:
        assert answer.mimetype == "application/json"
        return answer.json


def test_every_route_of_the_api_is_described_and_nothing_else(app, document):
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {
        (path, method)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert described == routes


def test_every_reference_leads_somewhere(document):
    for reference in re.findall(r"'\$ref': '#/([^']+)'", str(document)):
        place = document
        for step in reference.split("/"):
            place = place[step]
        assert place


def test_every_command_is_named(document):
    verb = document["paths"]["/api/v1/commands/{verb}"]["parameters"][0]
    assert verb["schema"]["enum"] == list(COMMANDS)
