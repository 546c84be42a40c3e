import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.security import host_allowed

COMMAND = "/api/v1/commands/tare"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000", "localhost:80", "RIG.example:8000"],
)
def test_this_machine_and_configured_names_are_served(client, host):
    assert client.get("/api/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", "localhost:x", "a@localhost", "[::1"],
)
def test_any_other_host_name_is_refused(client, host):
    assert client.get("/api/v1/health", headers={"Host": host}).status_code == 400


@given(st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=40))
def test_no_text_but_a_configured_name_passes_for_a_host(host):
    if host.partition(":")[0].lower() not in ("localhost", "rig.example"):
        assert not host_allowed(host, {"rig.example"}) or host.startswith(("127.", "["))


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://localhost", "http://localhost:81", "null"]
)
def test_a_command_from_another_sites_page_is_refused(client, origin):
    answer = client.post(COMMAND, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost"}])
def test_a_command_from_our_page_or_from_a_program_is_not_refused_for_its_origin(client, headers):
    assert client.post(COMMAND, headers=headers).status_code != 403


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/nowhere", "/static/style.css"])
def test_every_answer_forbids_foreign_content_framing_sniffing_and_referrers(client, path):
    with client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/", "/sessions", "/api/v1/health", "/api/v1/sessions", "/nowhere"]
)
def test_what_people_did_is_kept_in_no_cache(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_pages_own_files_may_be_kept(client):
    with client.get("/static/style.css") as answer:
        assert "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("cross-site", "no-cors", "image", 403),
        ("cross-site", "cors", "empty", 403),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("none", "navigate", "document", 200),
    ],
)
def test_another_sites_page_may_lead_here_and_read_nothing(client, site, mode, dest, status):
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    assert client.get("/api/v1/sessions", headers=headers).status_code == status
