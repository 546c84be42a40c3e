import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.frames import LIVE, Flag
from rig.handover.ring import Missed
from rig.names import CELLS, CHANNELS, IMU_AXES, PADS
from tests.support.feeder import live_rows
from tests.support.sse import decode, events
from webui.live.encoding import FIELDS, frame_lines, hello, json_message, message, missed_line

SCALES = dict(FIELDS)
IMU = CHANNELS.index("imu")
DOCUMENT = Path(__file__).parents[3] / "docs" / "http.md"
forces = st.floats(-5000, 5000) | st.just(float("nan"))


@given(
    seq=st.integers(0, 2**53),
    t_ns=st.integers(0, 2**62),
    cell_n=st.lists(forces, min_size=4, max_size=4),
    pad_n=st.lists(forces, min_size=len(PADS), max_size=len(PADS)),
    contact=st.lists(st.booleans(), min_size=len(PADS), max_size=len(PADS)),
    valid=st.integers(0, 255),
)
def test_a_line_decodes_to_the_row_within_half_a_step(seq, t_ns, cell_n, pad_n, contact, valid):
    rows = live_rows(0, cell_n=cell_n, pad_n=pad_n)
    rows["frame"]["seq"], rows["frame"]["t_ns"] = seq, t_ns
    rows["signals"]["contact"], rows["signals"]["valid"] = contact, valid
    signals = rows["signals"][0]

    decoded = decode(frame_lines(rows)[0])

    assert decoded["seq"] == seq
    assert decoded["t_s"] == pytest.approx(t_ns / 1e9, abs=0.00101)
    assert decoded["contact"] == sum(2**pad for pad in range(len(PADS)) if contact[pad])
    assert decoded["valid"] == valid
    scalars = ("fz_n", "heel_share", "heel_share_left", "asymmetry_pct", "cop_ml_mm", "cop_ap_mm")
    expected = {
        **{f"{cell}_n": signals["cell_n"][at] for at, cell in enumerate(CELLS)},
        **{f"{pad}_n": signals["pad_n"][at] for at, pad in enumerate(PADS)},
        **{name: signals[name] for name in scalars},
    }
    for name, value in expected.items():
        if np.isnan(value):
            assert decoded[name] is None
        else:
            assert decoded[name] == pytest.approx(value, abs=0.5001 * SCALES[name])


def test_an_inertial_sensors_values_stand_behind_the_others_and_are_empty_without_one():
    rows = live_rows(0, 2)
    rows["frame"]["imu_values"] = [0.5, -9.81, 0.0, 1.5, -0.25, 0.001]
    rows["frame"]["flags"][0, IMU] = 0
    rows["frame"]["flags"][1, IMU] = Flag.DESYNC
    first, second = (decode(line) for line in frame_lines(rows))
    values = [first[name] for name in IMU_AXES]
    assert values == pytest.approx([0.5, -9.81, 0.0, 1.5, -0.25, 0.001])
    assert [second[name] for name in IMU_AXES] == [None] * 6
    assert [name for name, _ in FIELDS][-7:] == [*IMU_AXES, "inclination_deg"]


def test_the_dowels_inclination_comes_last_in_tenths_of_a_degree():
    rows = live_rows(0, 2)
    rows["signals"]["inclination_deg"] = [61.234, np.nan]
    first, second = (decode(line) for line in frame_lines(rows))
    assert first["inclination_deg"] == pytest.approx(61.2)
    assert second["inclination_deg"] is None


def test_a_frame_is_one_line_and_short():
    lines = frame_lines(live_rows(1_000_000, 3))
    assert len(lines) == 3
    assert all("\n" not in line and len(line) < 100 for line in lines)


def test_every_field_is_documented():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name, _ in FIELDS if f"`{name}`" not in text] == []


def test_no_rows_are_no_lines():
    assert frame_lines(np.zeros(0, LIVE)) == []


def test_missing_frames_are_told_with_their_number_and_reason():
    assert missed_line(Missed(12, 3, "overwritten")) == "missed,12,3,overwritten"


def test_a_message_has_its_name_its_id_and_a_data_line_for_each_line():
    assert message("frames", ["1,2", "3,4"], "7-9") == (
        b"event: frames\nid: 7-9\ndata: 1,2\ndata: 3,4\n\n"
    )


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_json_of_any_text_stays_in_one_event(document):
    (event,) = events([json_message("state", document)])
    assert json.loads(event.data) == document


def test_hello_tells_how_to_read_the_frames_and_when_to_come_back():
    text = hello(5, 2_500_000_000)
    assert text.startswith(b"retry: 500\n")
    (event,) = events([text])
    assert event.json["epoch"] == 5
    assert event.json["now_s"] == 2.5
    assert event.json["fields"][:2] == [["seq", 1], ["t_s", 0.001]]
