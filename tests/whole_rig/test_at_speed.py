"""Sessions fed as frames, as fast as the recorder follows."""

from drivers.sim.clock import VirtualClock
from rig.handover.run_dir import RunDir
from rig.trainee.frames import frames_of
from rig.trainee.performance import perform
from rig.trainee.rig_truth import true_rig
from rig.trainee.script import find_script
from tests.support.recorded_rig import FrameFeed, recorded_rig
from tests.support.virtual_rig import sim_config, tared_calibration

RUNS = 6
PIECE = 100


def test_thirty_hinges_of_six_runs_are_in_the_csv(tmp_path):
    performance, truth = perform(find_script("steady"), 3), true_rig(3)
    clock = VirtualClock()
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    feed = FrameFeed(run_dir.frames, tared_calibration(3))
    with recorded_rig(sim_config(tmp_path), run_dir, clock) as recorded:
        for run in range(RUNS):
            frames = frames_of(
                performance, truth, run, first_seq=feed.head, start_ns=clock.now_ns()
            )
            for start in range(0, len(frames), PIECE):
                piece = frames[start : start + PIECE]
                clock.sleep_until(int(piece["t_ns"][-1]))
                feed.write(piece)
                recorded.catch_up()
        rows = recorded.reps_csv()
    assert len(rows) == RUNS * len(performance.reps)
    assert {row["kind"] for row in rows} == {"hinge"}
    assert [row["set_index"] for row in rows] == [
        str(run + 1) for run in range(RUNS) for _ in performance.reps
    ]
