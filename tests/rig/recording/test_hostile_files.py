"""Files that somebody garbled, or made to do harm: one line each, and never all of the memory."""

import json
import zipfile

import pytest
from mcap.writer import CompressionType, Writer

from rig.bundle.layout import MANIFEST
from rig.bundle.read import check_bundle
from rig.calibration import read_calibration, typical_calibration
from rig.errors import CalibrationError, FormatError
from rig.recording.info import METADATA_NAME, read_metadata
from rig.recording.raw_csv import RawCsv
from rig.recording.reader import Recording, read_info
from rig.recording.writer import RecordingWriter, part_path
from tests.support.frames import frames
from tests.support.recordings import SESSION, an_info

HEADER = "t_s,left_heel,left_toe,right_heel,right_toe,left_heel_age_us"


def rows_of(tmp_path, *lines):
    path = tmp_path / "raw.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(RawCsv(path).frames())


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("0,16777216,0,0,0,0", "more than a converter has"),
        ("0,8388608,0,0,0,0", "more than a converter has"),
        ("0,-8388609,0,0,0,0", "more than a converter has"),
        ("0," + "9" * 400 + ",0,0,0,0", "no whole number of counts"),
        ("0," + "9" * 5000 + ",0,0,0,0", "no whole number of counts"),
        ("0,٣,0,0,0,0", "no whole number of counts"),
        ("0,1_000,0,0,0,0", "no whole number of counts"),
        ("0,25\x1d\x1d,0,0,0,0", "no whole number of counts"),
        ("0,1,0,0,0,Infinity", "no number"),
        ("0,1,0,0,0,1e300", "no conversion's age"),
        ("Infinity,1,0,0,0,0", "no number"),
        ("1e300,1,0,0,0,0", "no time in seconds"),
        ("nan,1,0,0,0,0", "no number"),
    ],
)
def test_a_value_that_no_converter_gives_is_named_with_its_place(tmp_path, row, what):
    with pytest.raises(FormatError, match=what) as error:
        rows_of(tmp_path, HEADER, row)
    text = str(error.value)
    assert "line 2, column" in text
    assert len(text) < 400


def test_the_ends_of_24_bits_are_counts(tmp_path):
    (block,) = rows_of(tmp_path, HEADER, "0,8388607,-8388608,+5,0,")
    assert block["cell_counts"][0].tolist() == [8388607, -8388608, 5, 0]


def test_a_header_of_a_million_columns_is_refused_in_one_short_line(tmp_path):
    with pytest.raises(FormatError, match="columns") as error:
        rows_of(tmp_path, ",".join(f"c{n}" for n in range(100_000)))
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("text", ["[" * 100_000, '{"version": ' + "9" * 5000 + "}", "{"])
def test_a_calibration_that_is_no_json_is_one_line(text):
    with pytest.raises(CalibrationError) as error:
        read_calibration(text, "cal.json")
    assert str(error.value).startswith("cal.json: ")
    assert len(str(error.value)) < 400


@pytest.mark.parametrize(
    ("channel", "key", "value"),
    [
        ("left_heel", "counts_per_n", 10**400),
        ("left_heel", "counts_per_n", 1e300),
        ("left_heel", "zero_counts", float("inf")),
        ("head", "exponent", 1e9),
        ("head", "siemens_at_1n", 0),
        ("head", "supply_v", [3.3]),
    ],
)
def test_a_calibration_that_no_computation_survives_is_refused(channel, key, value):
    document = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z").to_json()
    table = document["cells" if channel == "left_heel" else "pads"]
    table[channel][key] = value
    with pytest.raises(CalibrationError, match=f"{channel}.{key} must be a number from"):
        read_calibration(json.dumps(document), "cal.json")


def test_a_calibrations_id_has_a_length():
    document = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z").to_json()
    with pytest.raises(CalibrationError, match="id must be a text of 1 to 100") as error:
        read_calibration(json.dumps({**document, "id": "x" * 60_000}), "cal.json")
    assert len(str(error.value)) < 400


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"ring_id": "9" * 5000}, "damaged"),
        ({"context": "[" * 50_000}, "damaged"),
        ({"context": '{"person_id": 7}'}, "person_id: Expected `str`"),
        ({"configuration": "{}"}, "missing required field `contact`"),
        ({"configuration": '{"contact": {"lost_below_n": "x"}}'}, "lost_below_n"),
        ({"anchor_utc": None}, "anchor_utc is missing|anchor_utc"),
        ({"calibration": '{"version": 1}'}, "damaged"),
    ],
)
def test_what_a_recording_says_of_itself_is_checked(change, what):
    metadata = {**an_info().to_metadata(), **change}
    metadata = {name: value for name, value in metadata.items() if value is not None}
    with pytest.raises(FormatError, match=what) as error:
        read_metadata(metadata, "x.mcap")
    assert len(str(error.value)) < 400


def test_a_chunk_that_would_unpack_to_gigabytes_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.mcap"
    with path.open("wb") as file:
        writer = Writer(file, chunk_size=2**31, compression=CompressionType.ZSTD)
        writer.start()
        channel = writer.register_channel("/frames", "cdr", 0)
        for number in range(5):
            writer.add_message(channel, number, bytes(20 * 2**20), number, number)
        writer.finish()
    assert path.stat().st_size < 100_000
    with pytest.raises(FormatError, match="nothing of it is left"):
        read_info(path)


def write_parts(directory, count):
    for part in range(count):
        writer = RecordingWriter(directory, an_info())
        first = {"first_seq": 10 * part, "first_t_ns": 10**8 * part}
        writer.add_frames(frames([1, 2, 3, 4], rows=10, **first))
        writer.close()


def test_a_first_part_that_is_empty_hides_nothing(tmp_path):
    write_parts(tmp_path, 3)
    first = part_path(tmp_path, SESSION, 0)
    first.write_bytes(b"")
    recording = Recording(tmp_path, SESSION)
    numbers = [number for block in recording.blocks() for number in block["seq"].tolist()]
    assert numbers == list(range(10, 30))
    assert recording.missing == [first]


def test_a_middle_part_that_is_gone_hides_nothing_that_follows(tmp_path):
    write_parts(tmp_path, 3)
    middle = part_path(tmp_path, SESSION, 1)
    middle.unlink()
    recording = Recording(tmp_path, SESSION)
    numbers = [number for block in recording.blocks() for number in block["seq"].tolist()]
    assert numbers == [*range(10), *range(20, 30)]
    assert recording.missing == [middle]


def bundle(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name.replace("__", "."), content)
    return path


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"manifest__json": "{}"}, "missing required field"),
        ({"manifest__json": "[" * 50_000}, "damaged"),
        ({"manifest__json": " " * 3 * 2**20}, "too large to be one"),
        ({"manifest__json": '{"version": 1, "files": {"a": {"bytes": "1"}}}'}, "files"),
        (
            {"manifest__json": '{"version": 1, "files": {}}', "zeros": bytes(80 * 2**20)},
            "are no bundle",
        ),
    ],
)
def test_a_bundle_is_judged_before_it_is_unpacked(tmp_path, members, what):
    assert MANIFEST == "manifest.json"
    with pytest.raises(FormatError, match=what):
        check_bundle(bundle(tmp_path / "b.zip", **members))


def test_metadata_has_our_name():
    assert METADATA_NAME == "hinge_rig"


def test_a_bundle_whose_members_names_are_no_text_is_damaged(tmp_path):
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("ä.json", "{}")
    path.write_bytes(path.read_bytes().replace("ä".encode(), b"\x84\x84"))
    with pytest.raises(FormatError, match="is damaged or cut off"):
        check_bundle(path)
