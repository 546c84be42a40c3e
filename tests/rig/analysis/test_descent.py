"""A bend while it goes on: what its height would be wrong by, without summing all heights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.movement.descent import Descent
from rig.analysis.movement.height import Height
from rig.analysis.movement.sample import Sample

WEIGHT_N = 700.0
SHARES = st.lists(st.floats(0.6, 1.4), min_size=1, max_size=150)


def sample(share):
    return Sample(
        0, share * WEIGHT_N, 0.5, 0.0, 0.0, 0.0, 300.0, (2.0,) * 3, (1.0,) * 3, (True,) * 3
    )


@given(st.lists(st.floats(0.98, 1.02), min_size=2, max_size=60), SHARES)
def test_the_drift_is_what_the_heights_have_lost_at_their_end(standing, bending):
    height = Height(WEIGHT_N, (0.01, 0.03))
    traced = []
    for share in standing:
        height.predict(share * WEIGHT_N)
        traced.append((sample(share), height.state))
    bend = Descent.traced_back(traced, height)
    for share in bending:
        height.predict(share * WEIGHT_N)
        bend.add(sample(share), height)
    end_m = height.state.z - bend.drift_m(height)
    assert bend.heights(height)[-1] == pytest.approx(end_m, abs=1e-9)
