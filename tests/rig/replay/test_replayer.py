"""A replayed file goes through ring and recorder as if it happened now."""

from contextlib import closing

import numpy as np
import pytest

from drivers.sim.clock import VirtualClock
from rig.config import load_config
from rig.errors import StorageError
from rig.frames import TICK_NS
from rig.handover.event_ring import EventWriter
from rig.handover.events import HealthTold
from rig.handover.frame_ring import SLOTS, FrameReader
from rig.handover.page import PageWriter
from rig.handover.run_dir import RunDir
from rig.names import CELLS
from rig.recording.reader import RecordedCommand, Recording
from rig.recording.writer import recordings_dir
from rig.replay.play_file import play_file
from rig.replay.replayer import Replayer
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration
from rig.simulation.trainee.script import find_script
from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from tests.support.frames import frames
from tests.support.pads import pads
from tests.support.recorded_rig import START_UTC, recorded_rig, steady_session
from tests.support.virtual_rig import sim_config


class _Beside(VirtualClock):
    """A clock on which somebody else does something whenever the replay sleeps."""

    def __init__(self):
        super().__init__()
        self.do = lambda: None

    def sleep_until(self, t_ns):
        super().sleep_until(t_ns)
        self.do()


def _settings(speed):
    return load_config(None, {}, {"replay.speed": speed}).replay


@pytest.fixture
def run_dir(tmp_path):
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    page = PageWriter(run_dir.control)
    page.write({
        "cal": 7, "calibration": tared_calibration().to_json(),
        "contact": {"lost_below_n": 0.5, "regained_above_n": 0.8},
        "muted": False, "buzzer": {"pattern": "tick", "number": 0}, "sim_faults": {},
    })  # fmt: skip
    page.close()
    return run_dir


@pytest.fixture
def recorder(run_dir):
    """Says that it has read everything that was in the ring when it was asked."""
    events = EventWriter(run_dir.events)

    class Recorder:
        def read(self, until):
            health = HealthTold(
                t_ns=0, state="ok", lag_frames=0, next_seq=until, problems=[], temperature_c=None
            )
            events.append(health)

    yield Recorder()
    events.close()


def _file(rows=3000):
    """A file of half a minute that begins anywhere."""
    return frames([1, 2, 3, 4], rows=rows, first_seq=500, first_t_ns=77_000_000_000)


def _play(run_dir, clock, items, speed=0.0, send=None):
    replayer = Replayer(lambda _: iter(items), send, _settings(speed), run_dir, clock)
    clock.stop = replayer.stop
    replayer.run()
    replayer.close()


def _ring(run_dir):
    reader = FrameReader(run_dir.frames, "oldest")
    rows = reader.read_live(SLOTS).rows
    reader.close()
    return rows


def _head(run_dir):
    reader = FrameReader(run_dir.frames)
    head = reader.head
    reader.close()
    return head


def _reads_all(run_dir, recorder):
    return lambda: recorder.read(_head(run_dir))


def test_frames_get_new_numbers_and_times_and_keep_their_counts(run_dir, recorder):
    clock, file = _Beside(), _file()
    clock.do = _reads_all(run_dir, recorder)
    recorder.read(0)
    _play(run_dir, clock, [file[:1234], file[1234:]])
    played = _ring(run_dir)["frame"]
    assert played["seq"].tolist() == list(range(len(file)))
    assert (np.diff(played["t_ns"]) == TICK_NS).all()
    assert (played["t_ns"][:, None] == played["cell_t_ns"]).all()
    assert np.array_equal(played["cell_counts"], file["cell_counts"])
    assert set(played["cal"].tolist()) == {7}


@pytest.mark.parametrize("speed", [1.0, 2.5, 30.0])
def test_speed_is_times_real_time(run_dir, recorder, speed):
    clock, file = _Beside(), _file()
    clock.do = _reads_all(run_dir, recorder)
    recorder.read(0)
    started_ns = clock.now_ns()
    _play(run_dir, clock, [file], speed)
    assert (clock.now_ns() - started_ns) * 1e-9 == pytest.approx(30 / speed, abs=0.1)


def test_the_source_waits_for_the_recorder_and_the_ring_loses_nothing(run_dir, recorder):
    clock, read, waits = _Beside(), [0], []

    def read_slowly():
        head = _head(run_dir)
        waits.append(head - read[0])
        read[0] = min(read[0] + 20_000, head)
        recorder.read(read[0])

    clock.do = read_slowly
    recorder.read(0)
    _play(run_dir, clock, [_file(60_000)])
    assert max(waits) <= SLOTS // 2 + 100
    assert len(_ring(run_dir)) == 60_000


def test_nothing_is_played_before_a_recorder_is_there(run_dir):
    clock = _Beside()
    clock.do = lambda: clock.now_ns() > 2 * 10**9 and clock.stop()
    _play(run_dir, clock, [_file()])
    assert len(_ring(run_dir)) == 0


def test_a_restarted_replay_goes_on_where_it_was_killed(run_dir, recorder):
    clock, file = _Beside(), _file()
    clock.do = _reads_all(run_dir, recorder)
    recorder.read(0)
    _play(run_dir, clock, [file[:1050]])
    _play(run_dir, clock, [file[:999], file[999:]])
    played = _ring(run_dir)["frame"]
    assert len(played) == len(file)
    assert (np.diff(played["t_ns"]) == TICK_NS).all()


def _command(verb, **args):
    return RecordedCommand(0, {"verb": verb, "args": args})


def test_commands_are_sent_between_the_frames_where_they_were(run_dir, recorder):
    clock, file, sent = _Beside(), _file(), []

    def send(verb, args, command_id):
        sent.append((_head(run_dir), verb, dict(args)))

    clock.do = _reads_all(run_dir, recorder)
    recorder.read(0)
    items = [_command("set_load", load_kg=4), file[:1234], _command("mark_pain"), file[1234:]]
    _play(run_dir, clock, items, send=send)
    assert sent == [(0, "set_load", {"load_kg": 4}), (1234, "mark_pain", {})]
    assert len(_ring(run_dir)) == len(file)


def test_a_command_that_nobody_answers_is_sent_again_under_the_same_id(run_dir, recorder):
    clock, ids = _Beside(), []

    def send(verb, args, command_id):
        ids.append(command_id)
        if len(ids) < 3:
            raise StorageError("nobody answers")

    clock.do = _reads_all(run_dir, recorder)
    recorder.read(0)
    _play(run_dir, clock, [_file(100), _command("mark_pain")], send=send)
    assert len(ids) == 3
    assert len(set(ids)) == 1


def test_a_restarted_replay_leaves_out_commands_before_the_frames_that_were_played(
    run_dir, recorder
):
    clock, file, sent = _Beside(), _file(), []

    def send(verb, args, command_id):
        sent.append((verb, command_id))

    clock.do = _reads_all(run_dir, recorder)
    recorder.read(0)
    items = [_command("set_load", load_kg=4), file[:1000], _command("mark_pain"), file[1000:]]
    _play(run_dir, clock, items[:2], send=send)
    _play(run_dir, clock, items, send=send)
    assert [verb for verb, _ in sent] == ["set_load", "mark_pain"]
    assert len({command_id for _, command_id in sent}) == 2


_COMMANDS = {
    3: [
        ("choose_drill", {"drill": "hinge", "silent": True}),
        ("set_load", {"load_kg": 0}),
        ("set_heel_block", {"heel_block_mm": 15}),
    ],
    24: [("discard_rep", {})],
    30: [("mark_pain", {})],
}


def _kept(detail):
    """What is stored of a session, without what is new when it is played again."""
    new = ("id", "session_id", "started_utc")
    sets = [{k: v for k, v in vars(one).items() if k not in new} for one in detail.sets]
    reps = [{k: v for k, v in vars(one).items() if k not in new} for one in detail.reps]
    return sets, reps, detail.events


def test_a_replayed_session_has_the_same_sets_and_repetitions(tmp_path):
    with steady_session(tmp_path / "then", commands=_COMMANDS) as then:
        (first,) = then.sessions()
    assert any(rep.discarded for rep in first.reps)
    assert any(one.pain for one in first.sets)
    (session,) = recordings_dir(tmp_path / "then" / "state").iterdir()
    recording = Recording.of_file(session)
    clock, run_dir = _Beside(), RunDir(tmp_path / "run")
    run_dir.make()
    config = sim_config(tmp_path, rig__platform="replay", replay__file=str(session))
    with closing(Database.open_writer(config.state_dir)) as database:
        Calibrations(database).add(recording.info.calibration, "import", stored_utc=START_UTC)
    with recorded_rig(config, run_dir, clock) as now:
        clock.do = now.catch_up
        _play(run_dir, clock, play_file(session, recording.info.calibration), send=now.command)
        now.catch_up()
        (again,) = now.sessions()
    assert _kept(again) == _kept(first)


def test_a_file_without_pads_has_sets_as_if_the_dowel_were_in_place(tmp_path):
    path, performance = tmp_path / "plates.csv", perform(find_script("steady"), 3)
    rows = [[f"{n / 100:.2f}", *(f"{performance.cell_at(c, n / 100):.2f}" for c in range(4))]
            for n in range(round(performance.duration_s * 100))]  # fmt: skip
    header = ("t_s", *(f"{cell}_n" for cell in CELLS))
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n")
    clock, run_dir, calibration = _Beside(), RunDir(tmp_path / "run"), tared_calibration()
    run_dir.make()
    config = sim_config(tmp_path, rig__platform="replay", replay__file=str(path))
    with closing(Database.open_writer(config.state_dir)) as database:
        Calibrations(database).add(calibration, "import", stored_utc=START_UTC)
    with recorded_rig(config, run_dir, clock) as now:
        clock.do = now.catch_up
        _play(run_dir, clock, play_file(path, calibration))
        now.catch_up()
        (session,) = now.sessions()
    assert [one.end_reason for one in session.sets] == ["stepped_off"]
    assert len(session.reps) == len(performance.reps)
    assert {rep.contact_kept_pct for rep in session.reps} == {pads(None)}
