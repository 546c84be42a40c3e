"""Recordings that were made before channels changed, read by today's code.

`data/seven-channels.mcap` was written in November 2026 by the sampler on simulated chips: a button
is pressed, a cell saturates, a pad's wire opens and the calibration changes on the way.
`data/seven-channels.csv` is its export by the code of then.
"""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from mcap.reader import make_reader

from rig.calibration import (
    PadCalibration,
    parse_calibration,
    typical_calibration,
    with_later_pads,
)
from rig.channels import CELL, PAD, TABLE, Channel
from rig.errors import CalibrationError
from rig.export.raw import raw_csv
from rig.frames import Flag
from rig.names import CELLS, CHANNELS, PADS
from rig.recording.cdr import FrameDecoder
from rig.recording.columns import FLAGS
from rig.recording.reader import RecordedCommand, Recording

DATA = Path(__file__).parent / "data"


@pytest.fixture
def recording():
    return Recording.of_file(DATA / "seven-channels.mcap")


def test_its_export_has_in_the_columns_of_then_what_it_had_then(recording):
    then = (DATA / "seven-channels.csv").read_text()
    now = b"".join(raw_csv(recording.blocks())).decode()
    columns = then.splitlines()[0].split(",")
    assert _only(columns, now) == _only(columns, then)


def _only(columns, text):
    rows = csv.DictReader(io.StringIO(text))
    return [
        [_flags_of(columns, row) if name == FLAGS else row[name] for name in columns]
        for row in rows
    ]


def _flags_of(channels, row):
    """Without those of channels that came later: they are absent."""
    flags = filter(None, row[FLAGS].split(";"))
    return [flag for flag in flags if flag.split(":")[0] in channels]


def test_what_the_export_does_not_have_is_as_it_was_written(recording):
    frames = np.concatenate(list(recording.blocks()))
    assert frames["seq"].tolist() == list(range(54))
    assert frames["cal"].tolist() == [0] + [2] * 24 + [3] * 29
    assert frames["inputs"].tolist() == [0] * 27 + [1] * 27


def test_it_is_read_after_channels_were_added(recording):
    (path,) = recording.parts
    with path.open("rb") as file:
        messages = [
            (schema.data.decode(), message.data)
            for schema, _, message in make_reader(file).iter_messages(topics=["/frames"])
        ]
    grown = (*TABLE[:4], Channel("middle", CELL), *TABLE[4:], Channel("neck", PAD))
    read = FrameDecoder(messages[0][0], grown).frames([data for _, data in messages])
    today = np.concatenate(list(recording.blocks()))
    old = [number for number, channel in enumerate(grown) if channel in TABLE]
    assert np.array_equal(read["flags"][:, old], today["flags"])
    assert np.array_equal(read["cell_counts"][:, :4], today["cell_counts"])
    assert np.array_equal(read["pad_t_ns"][:, : len(PADS)], today["pad_t_ns"])
    new = [number for number, channel in enumerate(grown) if channel not in TABLE]
    assert len(new) == 2
    assert (read["flags"][:, new] == Flag.ABSENT).all()


def test_a_pad_that_its_calibration_does_not_know_is_a_typical_one():
    document = typical_calibration("r", id="c", created_utc="2026-01-01T00:00:00Z").to_json()
    del document["pads"]["tailbone"]
    calibration = parse_calibration(with_later_pads(document))
    assert calibration.pads[PADS.index("tailbone")] == PadCalibration()
    with pytest.raises(CalibrationError, match="pads"):
        parse_calibration(document)


def test_a_recording_of_seven_channels_has_no_inertial_sensor(recording):
    frames = np.concatenate(list(recording.blocks()))
    assert (frames["flags"][:, CHANNELS.index("imu")] == Flag.ABSENT).all()
    assert not frames["imu_values"].any()
    assert b"imu" not in b"".join(raw_csv(recording.blocks()))


def test_its_command_stands_where_it_stood(recording):
    before, command, after = recording.items()
    assert command == RecordedCommand(
        int(before["t_ns"][-1]), {"verb": "set_load", "args": {"load_kg": 5.0}}
    )
    assert (len(before), len(after)) == (30, 24)


def test_what_it_says_of_itself_is_understood(recording):
    info = recording.info
    assert (info.rig_id, info.context.person_id, info.context.load_kg) == ("rig-1", "P-0001", 2.5)
    assert info.configuration["contact"]["lost_below_n"] == 0.5
    assert len(info.calibration.pads) == len(PADS)
    assert len(info.calibration.cells) == len(CELLS) <= len(CHANNELS)
