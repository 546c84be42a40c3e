import pytest

from rig.errors import StorageError
from rig.export import write_file


def test_the_file_has_all_pieces_and_nothing_lies_beside_it(tmp_path):
    write_file(tmp_path / "a.csv", iter([b"one", b"two"]))
    assert (tmp_path / "a.csv").read_bytes() == b"onetwo"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_an_error_on_the_way_leaves_the_old_file(tmp_path):
    def pieces():
        yield b"new"
        raise KeyError

    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(KeyError):
        write_file(tmp_path / "a.csv", pieces())
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_missing_directory_is_named(tmp_path):
    with pytest.raises(StorageError, match=r"none/a\.csv: cannot be written"):
        write_file(tmp_path / "none" / "a.csv", [b""])
