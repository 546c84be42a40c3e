"""Options that several commands share."""

from pathlib import Path

import pytest

from rig.cli import options
from rig.cli.options import default_config_file, given_settings, read_config, run_dir_of
from rig.errors import ConfigError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A working directory and an installed rig of our own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(options, "INSTALLED", tmp_path / "etc" / "rig.toml")


def test_the_file_asked_for_comes_before_the_one_here_and_that_before_the_installed_one(tmp_path):
    assert default_config_file(None) is None
    options.INSTALLED.parent.mkdir()
    options.INSTALLED.touch()
    assert default_config_file(None) == options.INSTALLED
    Path("rig.toml").touch()
    assert default_config_file(None) == Path("rig.toml")
    assert default_config_file(Path("mine.toml")) == Path("mine.toml")


def test_options_that_are_not_given_leave_the_settings_alone():
    assert given_settings(web__port=None, paths__state_dir=Path("x")) == {"paths.state_dir": "x"}


def test_an_option_wins_over_the_file(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text("[web]\nport = 9001\n")
    assert read_config(path).web.port == 9001
    assert read_config(path, web__port=9002).web.port == 9002


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        read_config(Path("nowhere.toml"))


def test_the_run_directory_is_the_one_asked_for_or_belongs_to_the_state_directory(tmp_path):
    here = read_config(None, paths__run_dir=tmp_path / "run")
    assert run_dir_of(here).path == tmp_path / "run"
    one, other = (run_dir_of(read_config(None, paths__state_dir=tmp_path / n)).path for n in "ab")
    assert one != other
