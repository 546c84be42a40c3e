"""Sessions fed as frames, as fast as the recorder follows."""

from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.script import find_script
from tests.support.recorded_rig import steady_session

RUNS = 6


def test_thirty_hinges_of_six_runs_are_in_the_csv(tmp_path):
    performance = perform(find_script("steady"), 3)
    with steady_session(tmp_path, RUNS) as recorded:
        rows = recorded.reps_csv()
    assert len(rows) == RUNS * len(performance.reps)
    assert {row["kind"] for row in rows} == {"hinge"}
    assert [row["set_index"] for row in rows] == [
        str(run + 1) for run in range(RUNS) for _ in performance.reps
    ]
