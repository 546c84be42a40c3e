"""The live page of a running simulated rig, with every layer real."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.rig_process import RigProcess

pytestmark = [pytest.mark.browser, pytest.mark.rig]


@pytest.fixture(scope="module")
def rig(tmp_path_factory):
    with RigProcess(tmp_path_factory.mktemp("rig") / "state") as rig:
        rig.wait_until_ok()
        yield rig


def test_the_trainee_is_weighed_hinges_and_is_counted(page, rig):
    page.goto(rig.url)
    expect(page.locator("#heels")).to_have_text(re.compile(r"[45]\d%"), timeout=30_000)
    expect(page.locator("#reps")).to_have_text(re.compile("[2-5]"), timeout=60_000)


def test_its_session_is_listed_with_its_reps_and_downloads(page, rig):
    page.goto(f"{rig.url}/sessions")
    page.click("tbody a")
    assert page.locator("tbody tr").count() >= 2
    with page.expect_download() as download:
        page.click("a[href$='reps.csv']")
    assert download.value.path().read_text().startswith("session_id,set_index,rep_index")
