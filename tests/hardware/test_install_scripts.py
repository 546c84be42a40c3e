"""What the installer refuses and why, its scripts and its units, without installing anything."""

import configparser
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest

from rig.cli import cli
from rig.config import load_config
from rig.config.schema import settings_table

ROOT = Path(__file__).parents[2]
INSTALL = ROOT / "hardware" / "install"
UNITS = sorted((INSTALL / "units").iterdir())
DEVICE_TREE = "sys/firmware/devicetree/base"
PI_4 = "Raspberry Pi 4 Model B Rev 1.5"


@pytest.fixture
def board(tmp_path):
    """A described board; called with what differs from a Raspberry Pi 4 with Bookworm."""

    def make(model=PI_4, architecture="arm64", codename="bookworm", config="", pi_os=True):
        for folder in (DEVICE_TREE, "etc/systemd/system", "boot/firmware"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / DEVICE_TREE / "model").write_text(f"{model}\0")
        (tmp_path / "architecture").write_text(f"{architecture}\n")
        (tmp_path / "etc/os-release").write_text(
            f'PRETTY_NAME="Some OS ({codename})"\nVERSION_CODENAME={codename}\n'
        )
        (tmp_path / "boot/firmware/config.txt").write_text(config)
        if pi_os:
            (tmp_path / "etc/rpi-issue").touch()
        return tmp_path

    return make


def install(*arguments):
    return subprocess.run(
        [INSTALL / "install", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "model",
    [PI_4, "Raspberry Pi Zero 2 W Rev 1.0", "Raspberry Pi 3 Model B Plus Rev 1.3",
     "Raspberry Pi 5 Model B Rev 1.0"],
)  # fmt: skip
@pytest.mark.parametrize("codename", ["bookworm", "trixie"])
def test_the_boards_and_systems_that_it_is_for_are_accepted(board, model, codename):
    shown = install("--dry-run", "--board", board(model=model, codename=codename))
    assert shown.returncode == 0, shown.stderr
    assert "dry run: nothing was changed" in shown.stderr
    assert "    + dtparam=i2c_arm=on,i2c_arm_baudrate=400000\n" in shown.stdout


@pytest.mark.parametrize(
    ("described", "reason"),
    [
        ({"model": ""}, "this is no Raspberry Pi; for the simulated rig run ./run instead"),
        ({"model": "Raspberry Pi Zero W Rev 1.1"}, "has one core"),
        ({"model": "Raspberry Pi Model B Rev 2"}, "has one core"),
        ({"model": "Raspberry Pi 2 Model B Rev 1.1"}, "mostly 32-bit"),
        ({"model": "Raspberry Pi 400 Rev 1.0"}, "another connector or is not tested"),
        ({"model": "Raspberry Pi Compute Module 4 Rev 1.0"}, "another connector"),
        ({"architecture": "armhf"}, "the system is armhf, not 64-bit"),
        ({"codename": "bullseye"}, "Some OS (bullseye): use Raspberry Pi OS (64-bit) Bookworm or"),
        ({"pi_os": False}, "is not Raspberry Pi OS"),
        ({"config": "dtoverlay=ads1115,cha_enable"}, "the kernel would claim the chip"),
    ],
)
def test_anything_else_is_refused_with_the_reason(board, described, reason):
    refused = install("--dry-run", "--board", board(**described))
    assert refused.returncode == 1
    assert reason in refused.stderr
    assert refused.stderr.splitlines()[-1] == "install: nothing was changed"
    assert refused.stdout == ""


@pytest.mark.parametrize(
    "model", ["Raspberry Pi Zero 2 W Rev 1.0", "Raspberry Pi 3 Model A Plus Rev 1.0"]
)
def test_a_kiosk_is_refused_on_a_board_with_little_memory(board, model):
    small = install("--dry-run", "--kiosk", "--board", board(model=model))
    assert small.returncode == 1
    assert "too little memory for a browser" in small.stderr


def test_where_there_is_no_board_it_says_so_and_nothing_else(tmp_path):
    (tmp_path / "etc").mkdir()
    refused = install("--dry-run", "--board", tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "install: refused: this is no Raspberry Pi; for the simulated rig run ./run instead",
        "install: nothing was changed",
    ]


def test_a_kiosk_is_refused_beside_a_desktop(board):
    described = board()
    (described / "etc/systemd/system/display-manager.service").touch()
    desktop = install("--dry-run", "--kiosk", "--board", described)
    assert "a desktop is installed" in desktop.stderr
    assert desktop.returncode == 1


def test_without_rights_it_is_refused():
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        shutil.copytree(INSTALL, Path(place) / "hardware/install")
        refused = subprocess.run(
            [*(nobody if os.geteuid() == 0 else []), f"{place}/hardware/install/install",
             "--uninstall"], capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert refused.returncode == 1
    assert "this needs root rights: run it with sudo" in refused.stderr
    assert "nothing was changed" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--dryrun"], "unknown option --dryrun"),
        (["--purge"], "--purge goes with --uninstall only"),
        (["--board", "/tmp"], "--board goes with --dry-run only"),
    ],
)
def test_wrong_usage_exits_with_2(arguments, text):
    wrong = install(*arguments)
    assert wrong.returncode == 2
    assert text in wrong.stderr


def test_every_script_is_clean_under_shellcheck():
    scripts = [INSTALL / "install", INSTALL / "kiosk", INSTALL / "hinge-rig"]
    scripts += [ROOT / "run", ROOT / "test", ROOT / ".ci" / "run"]
    shellcheck = Path(sys.executable).with_name("shellcheck")
    done = subprocess.run(
        [shellcheck, "--external-sources", "--check-sourced", *scripts],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == ""
    assert done.returncode == 0


def test_the_first_settings_are_valid_and_name_the_directories_of_the_units():
    config = load_config(INSTALL / "rig.toml", environment={})
    assert config.rig.platform == "pi"
    assert str(config.state_dir) == "/var/lib/hinge-rig"
    assert config.paths.run_dir == "/run/hinge-rig"
    for name in ("sampler", "recorder", "web"):
        unit = read_unit(INSTALL / "units" / f"hinge-rig-{name}.service")
        assert unit["Service"]["StateDirectory"] == config.state_dir.name
        assert unit["Service"]["RuntimeDirectory"] == Path(config.paths.run_dir).name


def read_unit(path):
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(path)
    return unit


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_exist(path):
    unit = read_unit(path)
    assert unit["Unit"]["Description"].startswith("Hinge Rig")
    start = unit.get("Service", "ExecStart", fallback="").split()
    if start and start[0].endswith("/hinge-rig"):
        command = cli.get_command(click.Context(cli), start[1])
        assert command is not None
        assert {option for param in command.params for option in param.opts} >= {start[2]}
    elif start:
        assert (ROOT / start[0].removeprefix("/opt/hinge-rig/current/")).exists()


def test_the_three_processes_are_watched_and_only_the_sampler_has_real_time():
    highest = settings_table()["sampler.priority"][0].metadata["high"]
    for name in ("sampler", "recorder", "web"):
        service = read_unit(INSTALL / "units" / f"hinge-rig-{name}.service")["Service"]
        assert service["Type"] == "notify"
        assert int(service["WatchdogSec"]) >= 2
        assert service["Restart"] == "always"
        assert service["RuntimeDirectoryPreserve"] == "yes"  # the others still use it
        assert ("LimitRTPRIO" in service) == (name == "sampler")
    sampler = read_unit(INSTALL / "units" / "hinge-rig-sampler.service")["Service"]
    assert int(sampler["LimitRTPRIO"]) == highest
    assert sampler["LimitMEMLOCK"] == "infinity"


def test_the_boot_lines_are_those_of_the_pin_map_and_of_the_doctors_words():
    script = (INSTALL / "lib" / "boot.sh").read_text(encoding="utf-8")
    pins = (ROOT / "hardware" / "pinmap.csv").read_text(encoding="utf-8")
    one_wire = next(row for row in pins.splitlines() if row.startswith("ds18b20,")).split(",")[2]
    assert f"dtoverlay=w1-gpio,gpiopin={one_wire}\n" in script
    doctor = (ROOT / "rig" / "doctor" / "pads.py").read_text(encoding="utf-8")
    assert "dtparam=i2c_arm=on,i2c_arm_baudrate=400000" in script
    assert "dtparam=i2c_arm=on,i2c_arm_baudrate=400000" in doctor


def test_the_python_of_the_project_is_what_the_installer_asks_for():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["target-version"]
    checked = (INSTALL / "lib" / "check.sh").read_text(encoding="utf-8")
    assert f"(3, {wanted.removeprefix('py3')})" in checked
