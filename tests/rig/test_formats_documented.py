from pathlib import Path

import pytest

from rig.export import REP_COLUMNS
from rig.frames import FRAME, Flag
from rig.recording.columns import CELLS_N, PADS_N, RAW_COLUMNS
from rig.repetition import COLUMNS
from tests.support.recordings import an_info

_FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
_CONTRACT_REP_COLUMNS = (
    "session_id,set_index,rep_index,person_id,drill,started_utc,kind,start_s,bottom_s,end_s,"
    "eccentric_s,pause_s,concentric_s,depth,body_weight_n,heel_share_standing,heel_share_bottom,"
    "heel_share_min,heel_share_max,asymmetry_pct,cop_ap_range_mm,cop_ml_range_mm,"
    "contact_head_pct,contact_mid_back_pct,contact_tailbone_pct,first_loss,first_loss_phase,"
    "faults,score,external_load_kg,heel_block_mm,calibration_id,kind_confidence,depth_deg,"
    "usable_depth_deg,u_depth_deg"
)


@pytest.mark.parametrize("column", [*REP_COLUMNS, *RAW_COLUMNS, *CELLS_N, *PADS_N])
def test_the_documentation_tells_of_every_column(column):
    assert f"`{column}`" in _FORMATS.read_text(encoding="utf-8")


@pytest.mark.parametrize("column", [name for name in REP_COLUMNS if name in COLUMNS])
def test_a_measures_line_says_its_unit_and_meaning_as_the_table_does(column):
    measure = COLUMNS[column]
    rows = _FORMATS.read_text(encoding="utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith("|") and f"`{column}`" in row.split("|")[1]][:1]
    _, _, unit, meaning, _ = row.split("|")
    assert unit.strip() == measure.unit
    assert measure.meaning in meaning


_FLAGS = [flag.name for flag in Flag if flag is not Flag.NONE]


@pytest.mark.parametrize("name", [*(FRAME.names or ()), *_FLAGS, *an_info().to_metadata()])
def test_the_documentation_tells_of_everything_in_a_recording(name):
    assert f"`{name}`" in _FORMATS.read_text(encoding="utf-8")


def test_columns_stand_in_the_order_that_others_rely_on():
    assert ",".join(REP_COLUMNS) == _CONTRACT_REP_COLUMNS
    assert ",".join(RAW_COLUMNS[:9]) == (
        "t_s,left_heel,left_toe,right_heel,right_toe,head,mid_back,tailbone,flags"
    )
