"""Cues: when there is one, on the page and on the buzzer."""

from rig.handover.page import PageReader
from tests.support.recorder_rig import IN_SET, ON, rep_at


def test_cues_do_not_wait_for_the_disk(rig_with):
    lost = {1000: [("contact_lost", {"pad": "tailbone", "noticed_s": 9.9})]}
    rig = rig_with({**IN_SET, **lost})
    rig.feed(7.5, 700)
    assert rig.told("cue") == []
    rig.write(rig.frames(1, 700))
    while rig.recorder.step():
        pass
    told = rig.told()
    assert [event["name"] for event in told if event["type"] == "cue"] == ["tailbone_lost"]
    assert [event["cue"] for event in told if event["type"] == "state"][-1] == "tailbone_lost"


def test_cues_tick_and_end_are_on_the_buzzer_too(rig_with):
    lost = {1000: [("contact_lost", {"pad": "tailbone", "noticed_s": 9.9})]}
    rig = rig_with({**IN_SET, **lost, **rep_at(1200, 1)})
    patterns = []
    for _ in range(14):
        rig.feed(1, 700)
        page = PageReader(rig.run_dir.control, dict)
        patterns.append(page.read()["buzzer"])
        page.close()
    distinct = [p for n, p in enumerate(patterns) if n == 0 or p != patterns[n - 1]]
    assert [one["pattern"] for one in distinct] == ["tick", "warning", "tick"]
    assert [one["number"] for one in distinct] == [0, 1, 2]


def test_in_silence_there_is_no_cue(rig_with):
    lost = {1000: [("contact_lost", {"pad": "tailbone", "noticed_s": 9.9})]}
    rig = rig_with({**IN_SET, **lost})
    rig.command("choose_drill", drill="hinge", silent=True)
    rig.feed(14, 700)
    assert rig.told("cue") == []
    assert rig.recorder._sessions.current.tracker.context.silent


def test_a_lost_contact_outside_a_set_is_no_cue(rig_with):
    rig = rig_with(
        {ON: [("person_on", {})], 300: [("contact_lost", {"pad": "head", "noticed_s": 2.9})]}
    )
    rig.feed(3, 700)
    assert rig.told("cue") == []


def test_all_contacts_lost_is_one_cue_about_the_dowel(rig_with):
    bent = {900: [("phase", {"phase": "eccentric"})]}
    rig = rig_with({**IN_SET, **bent, 1000: [("dowel_off", {})]})
    rig.feed(10, 700)
    assert [cue["name"] for cue in rig.told("cue")] == ["dowel_slipped"]


def test_who_cannot_be_weighed_is_asked_to_stand_still(rig_with):
    rig = rig_with({ON: [("person_on", {})], 700: [("weighing_failed", {"reason": "moving"})]})
    rig.feed(6, 700)
    told = rig.told()
    assert [event["name"] for event in told if event["type"] == "cue"] == ["stand_still"]
    states = [event for event in told if event["type"] == "state"]
    assert states[-1]["weighing_failed"] == "moving"
