"""Frames from conversions."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.conversion import GOOD, Conversion
from rig.frames import TICK_NS, Flag
from rig.names import CHANNELS, FORCE_CHANNELS
from rig.sampler.assemble import Assembler

MS = 1_000_000


def conversion(counts, read_ns, flags=GOOD):
    return Conversion(counts, read_ns - MS, read_ns - MS, read_ns, flags)


def test_a_tick_without_a_conversion_says_that_there_is_none():
    (row,) = Assembler(0).frames(TICK_NS, 7)
    assert (row["seq"], row["t_ns"]) == (7, TICK_NS)
    assert (row["flags"] == Flag.NONE).all()


def test_a_conversion_stands_in_the_place_of_its_channel_with_its_own_time():
    assembler = Assembler(0)
    for channel in range(len(CHANNELS)):
        assembler.put(channel, conversion(100 + channel, 5 * MS))
    (row,) = assembler.frames(TICK_NS, 0)
    counts = [*row["cell_counts"], *row["pad_counts"]]
    assert counts == [100 + number for number in range(len(FORCE_CHANNELS))]
    assert {*row["cell_t_ns"], *row["pad_t_ns"]} == {4 * MS}
    assert not row["flags"].any()


def test_what_was_read_after_the_tick_waits_for_the_next():
    assembler = Assembler(0)
    assembler.put(0, conversion(5, TICK_NS + 1))
    assert assembler.frames(TICK_NS, 0)["flags"][0, 0] == Flag.NONE
    assert not assembler.waiting([0])  # it is in time for the next
    assert assembler.frames(2 * TICK_NS, 1)["cell_counts"][0, 0] == 5


def test_a_flag_goes_with_its_conversion():
    assembler = Assembler(0)
    assembler.put(1, conversion(0, MS, Flag.SATURATED))
    assert assembler.frames(TICK_NS, 0)["flags"][0, 1] == Flag.SATURATED


def test_ticks_that_were_slept_through_are_made_up_for_but_not_a_long_stall():
    assembler = Assembler(0)
    assert len(assembler.frames(50 * TICK_NS, 0)) == 50
    (row,) = assembler.frames(500 * TICK_NS, 50)
    assert (row["t_ns"], assembler.stalls) == (500 * TICK_NS, 1)


@given(st.lists(st.integers(0, 30 * TICK_NS), max_size=40))
def test_every_conversion_stands_in_exactly_one_frame(read_ns):
    assembler, order = Assembler(0), sorted(read_ns)
    for number, at in enumerate(order):
        assembler.put(2, conversion(number + 1, at))
    rows = assembler.frames(80 * TICK_NS, 0)
    here = rows["flags"][:, 2] != Flag.NONE
    assert rows["cell_counts"][here, 2].tolist() == list(range(1, len(order) + 1))
