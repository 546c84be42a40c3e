import pytest

from tests.support.recorder_rig import RecorderRig, scripted


@pytest.fixture
def rig_with(tmp_path):
    """A recorder on a tared, empty platform whose analysis reports a script."""
    rigs = []

    def make(script=None, **overrides):
        maker = {} if script is None else {"make_pipeline": scripted(script)}
        rig = RecorderRig(tmp_path, **maker, **overrides)
        rigs.append(rig)
        rig.feed(5)
        rig.told()
        return rig

    yield make
    for rig in rigs:
        rig.__exit__()
