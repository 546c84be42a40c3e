"""Whether the inertial sensor was heard of lately."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.balance.freshness import Freshness

BIT, STALE = 1 << 7, 100


@st.composite
def samples(draw):
    """(Frames' times, samples' times, which are good)."""
    steps = draw(st.lists(st.integers(1, 60), min_size=1, max_size=30))
    frame_t = np.cumsum(steps)
    ages = draw(st.lists(st.integers(0, 40), min_size=len(steps), max_size=len(steps)))
    good = draw(st.lists(st.booleans(), min_size=len(steps), max_size=len(steps)))
    return frame_t, frame_t - ages, np.array(good)


@given(samples())
def test_the_bit_is_set_where_a_good_sample_is_not_stale(made):
    frame_t, t_ns, good = made
    fed = Freshness(BIT, STALE).feed(frame_t, t_ns, good)
    for at, now in enumerate(frame_t):
        heard = [t for t, ok in zip(t_ns[: at + 1], good[: at + 1], strict=True) if ok]
        assert fed[at] == (BIT if heard and now - max(heard) <= STALE else 0)


@given(samples(), st.integers(0, 30))
def test_any_split_into_blocks_gives_the_same(made, cut):
    whole, parts = Freshness(BIT, STALE), Freshness(BIT, STALE)
    pieces = [parts.feed(*(one[part] for one in made)) for part in (slice(cut), slice(cut, None))]
    assert np.concatenate(pieces).tolist() == whole.feed(*made).tolist()
