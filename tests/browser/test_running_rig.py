"""The live page of a running simulated rig, with every layer real."""

import re

import pytest
from playwright.sync_api import expect

from rig.handover.command_client import send
from rig.handover.run_dir import default_run_dir
from tests.support.rig_process import RigProcess

pytestmark = [pytest.mark.browser, pytest.mark.rig]

# Notes every state of the flow that the page showed, with its sentence.
_NOTE_FLOWS = """
window.flows = [];
document.addEventListener("DOMContentLoaded", () => {
  const main = document.querySelector("main");
  new MutationObserver(() => window.flows.push(main.dataset.flow))
    .observe(main, { attributes: true, attributeFilter: ["data-flow"] });
});
"""


# What was noted since somebody stepped on an empty platform, up to it being empty after a summary.
_ONE_VISIT = """() => {
  const begins = flows.findIndex(
    (flow, at) => flow === "step_on" && [undefined, "empty"].includes(flows[at - 1]));
  const visit = begins < 0 ? [] : flows.slice(begins);
  return visit.includes("summary") && visit.at(-1) === "empty" && visit;
}"""


@pytest.fixture(scope="module")
def rig(tmp_path_factory):
    with RigProcess(tmp_path_factory.mktemp("rig") / "state") as rig:
        rig.wait_until_ok()
        yield rig


def test_the_trainee_is_weighed_hinges_and_is_counted(page, rig):
    page.goto(rig.url)
    expect(page.locator("#heels")).to_have_text(re.compile(r"[45]\d%"), timeout=30_000)
    expect(page.locator("[data-flow=set] #reps")).to_have_text(re.compile("[2-5]"), timeout=60_000)


def test_its_session_is_listed_with_its_reps_and_downloads(page, rig):
    page.goto(f"{rig.url}/sessions")
    page.click("tbody a")
    expect(page.locator("tbody tr").nth(1)).to_be_visible()
    with page.expect_download() as download:
        page.click("a[href$='reps.csv']")
    assert download.value.path().read_text().startswith("session_id,set_index,rep_index")


@pytest.mark.timeout(240)  # a page that opens late on a busy machine sees the second visit
def test_nobody_touches_anything_from_stepping_on_to_the_next_person(page, tmp_path):
    """Also stepping off too early and coming back; every state is on the screen in its turn."""
    page.add_init_script(_NOTE_FLOWS)
    with RigProcess(tmp_path / "state", "--scenario", "hands-free") as rig:
        rig.wait_until_ok()
        page.goto(rig.url)
        flows = page.wait_for_function(_ONE_VISIT, timeout=200_000).json_value()
    first = ["step_on", "stand_still", "weighed", "take_dowel", "count_in", "set", "left"]
    assert list(dict.fromkeys(flows))[: len(first)] == first
    back = flows[flows.index("left") :]
    assert list(dict.fromkeys(back)) == [
        "left", "step_on", "stand_still", "weighed", "count_in", "set", "rest", "summary", "empty",
    ]  # fmt: skip


def test_a_pad_that_is_unplugged_in_a_set_is_told_and_the_plates_go_on(page, tmp_path):
    with RigProcess(tmp_path / "state") as rig:
        rig.wait_until_ok()
        page.goto(rig.url)
        page.wait_for_selector("main[data-flow=set]", timeout=60_000)
        socket = default_run_dir(tmp_path / "state").socket
        send(socket, "sim_fault", {"channel": "tailbone", "fault": "open"}, "break-it", 5.0)
        expect(page.locator("#prompt .detail")).to_contain_text("No signal from tailbone pad")
        expect(page.locator("li[data-pad=tailbone] .word")).to_have_text("No signal")
        expect(page.locator("#heels")).to_have_text(re.compile(r"\d%"))
        reps = int(page.inner_text("#reps"))
        page.wait_for_function(
            "before => document.querySelector('#reps').textContent > before", arg=reps
        )
