"""What the processes log, and how it looks on a terminal and in the journal."""

import io
import logging
import os

import pytest

from rig.system.log import log_to_stderr


@pytest.fixture
def untouched():
    """Gives the root logger back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def logged(untouched):
    """What was logged so far, for a process called sampler at level info."""
    stream = io.StringIO()
    log_to_stderr("sampler", "info", stream)
    return stream.getvalue


def test_a_line_has_time_process_and_from_warnings_on_the_level(logged):
    logging.getLogger("rig.x").info("one")
    logging.getLogger("rig.x").warning("two %d", 2)
    first, second = logged().splitlines()
    assert first[8:] == " sampler: one"
    assert second[8:] == " sampler: warning: two 2"


def test_below_the_level_nothing_is_logged_and_of_libraries_only_warnings(logged):
    logging.getLogger("rig.x").debug("small")
    logging.getLogger("alembic").info("other people's")
    logging.getLogger("waitress.queue").warning("Task queue depth is 1")
    assert logged() == ""
    logging.getLogger("alembic").warning("broken")
    assert "warning: broken" in logged()


def test_the_journal_gets_a_priority_on_each_line_and_no_time(untouched, tmp_path, monkeypatch):
    with (tmp_path / "journal").open("w+") as stream:
        status = os.fstat(stream.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{status.st_dev}:{status.st_ino}")
        log_to_stderr("recorder", "info", stream)
        logging.getLogger("rig.x").warning("first\nsecond")
        logging.getLogger("rig.x").info("third")
        assert (tmp_path / "journal").read_text() == "<4>first\n<4>second\n<6>third\n"


def test_a_line_that_nobody_reads_is_left_out_instead_of_waited_for(untouched):
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        os.set_blocking(writing, False)
        while True:
            try:
                os.write(writing, b"x" * 65536)
            except BlockingIOError:
                break
        os.set_blocking(writing, True)
        log_to_stderr("sampler", "info", stream)
        logging.getLogger("rig.x").warning("into a full pipe")
        os.close(reading)
