"""How far the recorder has come, as a replay knows it."""

from rig.handover.event_ring import EventWriter
from rig.handover.events import CueTold, HealthTold
from rig.handover.run_dir import RunDir
from rig.replay.recorder_progress import RecorderProgress


def health(next_seq):
    return HealthTold(
        t_ns=0, state="ok", lag_frames=0, next_seq=next_seq, problems=[], temperature_c=None
    )


def test_before_it_says_anything_it_is_not_there(tmp_path):
    run_dir = RunDir(tmp_path)
    progress = RecorderProgress(run_dir)
    assert (progress.there, progress.next_seq) == (False, 0)
    writer = EventWriter(run_dir.events)
    writer.append(CueTold(t_ns=0, name="x"))
    assert not progress.there
    writer.append(health(40))
    assert (progress.there, progress.next_seq) == (True, 40)
    writer.append(health(90))
    assert progress.next_seq == 90
    writer.close()
