import csv
import io
import itertools

from hypothesis import given
from hypothesis import strategies as st

from rig.export.text import csv_bytes, safe_text

_CELLS = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text())


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), max_size=20))
def test_every_value_can_be_read_back(rows):
    text = b"".join(csv_bytes(["a", "b"], rows)).decode()
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read[0] == ["a", "b"]
    assert read[1:] == [["" if cell is None else str(cell) for cell in row] for row in rows]


@given(st.text())
def test_no_text_starts_like_a_formula(text):
    safe = safe_text(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe in (text, f"'{text}")


def test_numbers_keep_their_sign():
    assert b"".join(csv_bytes(["a", "b"], [[-1, -2.5]])) == b"a,b\r\n-1,-2.5\r\n"


def test_an_endless_table_comes_in_pieces():
    pieces = csv_bytes(["n"], ([number] for number in itertools.count()))
    assert [len(piece) < 40_000 for piece in itertools.islice(pieces, 5)] == [True] * 5


def test_no_rows_are_a_header_alone():
    assert b"".join(csv_bytes(["a", "b"], [])) == b"a,b\r\n"
