"""A page shows a whole document, the newest or the one before."""

import pytest

from rig.errors import RingError
from rig.handover.page import PageReader, PageWriter, read_page


@pytest.fixture
def path(tmp_path):
    return tmp_path / "test.page"


def test_a_reader_sees_the_newest_document_and_its_generation(path):
    writer = PageWriter(path)
    reader = PageReader(path, dict)
    assert (reader.generation, reader.read()) == (0, None)
    writer.write({"a": 1})
    writer.write({"a": 2})
    assert (reader.generation, reader.read()) == (2, {"a": 2})


def test_a_restarted_writer_goes_on_counting(path):
    PageWriter(path).write({"a": 1})
    assert PageWriter(path).write({"a": 2}) == 2


def test_a_writer_that_died_in_the_middle_leaves_the_old_document_current(path):
    writer = PageWriter(path, capacity=64)
    writer.write({"a": 1})
    with path.open("r+b") as file:
        file.seek(64)  # the half that the next document would go into
        file.write(b"garbage")
    assert PageReader(path, dict).read() == {"a": 1}


def test_a_garbled_document_is_not_shown(path):
    writer = PageWriter(path, capacity=64)
    writer.write({"a": 1})
    with path.open("r+b") as file:
        file.seek(64 + 16 + 64 + 16 + 2)
        file.write(b"\xff")
    assert PageReader(path, dict).read() is None


def test_what_does_not_fit_is_refused_and_the_old_document_stays(path):
    writer = PageWriter(path, capacity=64)
    writer.write({"a": 1})
    with pytest.raises(RingError, match="do not fit"):
        writer.write({"a": "x" * 100})
    assert PageReader(path, dict).read() == {"a": 1}


@pytest.mark.parametrize("content", [b"", b"HINGPAGE", b"x" * 100])
def test_files_that_are_no_page_are_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(RingError):
        PageReader(path, dict)


def test_one_look_shows_the_document_or_nothing_where_there_is_no_page(path):
    assert read_page(path, dict) is None
    path.write_bytes(b"x" * 100)
    assert read_page(path, dict) is None
    PageWriter(path).write({"a": 1})
    assert read_page(path, dict) == {"a": 1}
