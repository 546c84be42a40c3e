"""One process under supervision: started again, or not, and ended."""

import signal
import sys
import time

import pytest

from rig.supervisor.child import Child

_ENDS = "import sys; sys.exit({})"
_STAYS = "import time; time.sleep(60)"
_DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1); time.sleep(60)"
)


@pytest.fixture
def child(monkeypatch):
    """A child that runs this Python text."""
    made = []

    def make(text, **options):
        one = Child("recorder", [], {"PATH": ""}, **options)
        monkeypatch.setattr(one, "_command", [sys.executable, "-c", text])
        made.append(one)
        one.start()
        return one

    yield make
    for one in made:
        if one.pid is not None:
            one._process.kill()
            one._process.wait()


def until(condition):
    end = time.monotonic() + 30
    while not (found := condition()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
    return found


def test_one_that_fails_soon_after_its_first_start_is_not_tried_again(child):
    one = child(_ENDS.format(3))
    assert until(one.watch) == 3
    assert one.restarts == 0


def test_one_that_is_killed_is_started_again(child):
    one = child(_STAYS)
    first = one.pid
    one._process.send_signal(signal.SIGKILL)
    until(lambda: (one.watch() is None) and one.pid not in (None, first))
    assert one.restarts == 1


def test_one_that_keeps_dying_young_is_started_after_growing_pauses(child):
    one, now_s = child(_STAYS), 1000.0
    pauses = []
    for _ in range(8):
        one._plan_restart(-9, 0.1, now_s)
        pauses.append(round(one._due_s - now_s, 3))
    assert pauses == sorted(pauses)
    assert pauses[-1] == 5.0
    one._plan_restart(-9, 3600.0, now_s)
    assert one._due_s - now_s < 1


def test_one_that_may_end_is_done_with_status_zero(child):
    one = child(_ENDS.format(0), may_end=True)
    until(lambda: one._process.poll() is not None)
    assert one.watch() == 0


def test_asked_to_stop_it_ends_and_is_not_killed(child, caplog):
    one = child(_STAYS)
    one.ask_to_stop()
    one.wait_or_kill(time.monotonic() + 30, time.monotonic() + 30)
    assert one.pid is None
    assert caplog.messages == []


def test_one_that_does_not_listen_is_waited_for_then_killed_and_both_are_said(child, caplog):
    caplog.set_level("INFO", "rig.supervisor")
    one = child(_DEAF)
    time.sleep(0.5)  # until it does not listen any more
    one.ask_to_stop()
    one.wait_or_kill(time.monotonic() + 0.1, time.monotonic() + 0.2)
    assert one.pid is None
    assert caplog.messages == [
        "waiting for recorder to finish what it is doing",
        "recorder did not stop in time, killed",
    ]
