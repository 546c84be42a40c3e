"""The table of channels, and what derives from it: names and rows that others rely on."""

import numpy as np

from rig.channels import CELL, IMU, PAD, TABLE, Channel, Kind, groups
from rig.frames import FRAME, SIGNALS, frame_dtype
from rig.names import CELLS, CHANNELS, FORCE_CHANNELS, PADS
from rig.sampler.sources import Sources

STRAP = Kind("strap", unit="mm", dtype="<u2", driver="straps")


class Silent:
    """A driver that only says which it is."""

    def __init__(self, name, number_of_channels=0):
        self.name, self.number_of_channels = name, number_of_channels

    def poll(self):
        return [(number, self.name) for number in range(self.number_of_channels)]


def test_names_and_their_order_are_those_that_files_have():
    assert CELLS == ("left_heel", "left_toe", "right_heel", "right_toe")
    assert PADS == ("head", "mid_back", "tailbone")
    assert CHANNELS == (*FORCE_CHANNELS, "imu") == (*CELLS, *PADS, "imu")
    assert len(set(CHANNELS)) == len(CHANNELS)


def test_channels_of_a_kind_stand_together_and_are_numbered_through():
    assert [(group.kind, group.numbers) for group in groups()] == [
        (CELL, range(4)),
        (PAD, range(4, 4 + len(PADS))),
        (IMU, range(4 + len(PADS), 5 + len(PADS))),
    ]


def test_a_frame_has_counts_and_times_of_each_kind_and_flags_of_each_channel():
    assert (
        np.dtype(
            [
                ("seq", "<u8"),
                ("t_ns", "<i8"),
                ("cell_counts", "<i4", (4,)),
                ("cell_t_ns", "<i8", (4,)),
                ("pad_counts", "<i4", (len(PADS),)),
                ("pad_t_ns", "<i8", (len(PADS),)),
                ("imu_values", "<f4", (6,)),
                ("imu_t_ns", "<i8", (1,)),
                ("flags", "<u4", (5 + len(PADS),)),
                ("cal", "<u4"),
                ("inputs", "<u1"),
            ]
        )
        == FRAME
    )


def test_a_kind_more_is_a_field_more():
    grown = frame_dtype((*TABLE, Channel("hip", STRAP), Channel("knee", STRAP)))
    assert grown["strap_counts"].shape == grown["strap_t_ns"].shape == (2,)
    assert grown["strap_counts"].base == np.uint16
    assert grown["flags"].shape == (len(TABLE) + 2,)


def test_valid_has_a_bit_for_each_channel_and_room_for_more():
    assert 8 * SIGNALS["valid"].itemsize >= len(CHANNELS) + 16


def test_a_drivers_channels_are_numbered_as_in_the_table():
    sources = Sources({"cells": Silent("a cell", 4), "pads": Silent("a pad", len(PADS))})
    names = {CHANNELS[number]: what for number, what in sources.poll()}
    assert names == dict.fromkeys(CELLS, "a cell") | dict.fromkeys(PADS, "a pad")


def test_a_kind_without_a_driver_is_absent():
    assert [CHANNELS[number] for number in Sources({"cells": Silent("a cell", 4)}).absent] == [
        *PADS, "imu",
    ]  # fmt: skip


def test_pads_are_polled_first_and_what_can_wait_last():
    drivers = {name: Silent(name, 1) for name in ("cells", "imu", "pads")}
    assert [what for _, what in Sources(drivers).poll()] == ["pads", "cells", "imu"]
