"""Settings: four sources, all mistakes at once, each with its line and what is allowed."""

import tomllib

import pytest
from click.testing import CliRunner

from rig.cli.config import config as config_command
from rig.config import Config, load_config
from rig.config.schema import settings_table
from rig.errors import ConfigError


def problems_of(tmp_path, text, environment=None, overrides=None):
    path = tmp_path / "rig.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path, environment or {}, overrides)
    return str(caught.value).replace(str(path), "rig.toml").splitlines()


def test_later_sources_win(tmp_path):
    path = tmp_path / "rig.toml"
    path.write_text("[web]\nport = 1\n[sim]\nseed = 1\n[rig]\nid = 'a'\n")
    environment = {"HINGE_RIG_WEB_PORT": "2", "HINGE_RIG_SIM_SEED": "2", "OTHER": "x"}
    config = load_config(path, environment, {"web.port": 3})
    assert (config.web.port, config.sim.seed, config.rig.id) == (3, 2, "a")


def test_without_sources_there_are_defaults():
    assert load_config(None, {}) == Config()


def test_all_mistakes_come_at_once_with_line_range_and_nearest_name(tmp_path):
    lines = problems_of(
        tmp_path,
        "[web]\nprot = 1\nport = 'x'\n\n[rgi]\nid = 1\n[sampler]\npoll_us = 5\n"
        "[rig]\nplatform = 'pii'\n",
    )
    assert lines == [
        "rig.toml:2: unknown setting web.prot; did you mean web.port?",
        "rig.toml:3: web.port must be a whole number, not 'x'; allowed is 1 to 65535",
        "rig.toml:5: unknown section [rgi]; did you mean [rig]?",
        "rig.toml:8: sampler.poll_us is 5, allowed is 100 to 2000",
        "rig.toml:10: rig.platform is 'pii', allowed is sim, pi, replay; did you mean 'pi'?",
    ]


def test_pins_used_twice_or_pulled_up_at_boot_are_mistakes(tmp_path):
    lines = problems_of(tmp_path, "[pins]\nleft_heel = [5, 27]\nleft_toe = [22, 27]\n")
    assert "SCK on GPIO 5: use 9 or above" in lines[0]
    assert "GPIO 27 is used by pins.left_heel already" in lines[1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[pins]\nleft_heel = [17, 2]\n", "GPIO 2 is reserved for the I2C bus of the pads (SDA)"),
        ("[pins]\nleft_toe = [14, 23]\n", "GPIO 14 is reserved for the serial console"),
        ("[board]\nbuzzer_pin = 0\n", "GPIO 0 is reserved for the ID EEPROM"),
        ("[board]\nled_pin = 17\n", "GPIO 17 is used by pins.left_heel already"),
        ("[pads]\ni2c_address = 0x4c\n", "pads.i2c_address is 76, allowed is 72 to 75"),
        ("[cells]\ngain = 100\n", "cells.gain is 100, allowed is 128, 64"),
        ("[gpio]\nbackend = 'gpio'\n", "did you mean 'gpiod'?"),
        ("[cells]\nconverter = 'hx710'\n", "did you mean 'hx711'?"),
        ("[nau7802]\nmux_address = 0x78\n", "nau7802.mux_address is 120, allowed is 112 to 119"),
    ],
)
def test_wrong_pins_addresses_and_gains_say_why(tmp_path, text, problem):
    (line,) = problems_of(tmp_path, text)
    assert line.startswith("rig.toml:2: ")
    assert problem in line


NAU7802 = "[cells]\nconverter = 'nau7802'\n"


def test_a_channel_of_the_multiplexer_is_one_cells(tmp_path):
    (line,) = problems_of(tmp_path, NAU7802 + "[nau7802]\nright_toe = 1\n")
    assert line.startswith("rig.toml:4: nau7802.right_toe: ")
    assert "channel 1 is used by nau7802.left_toe already" in line


def test_limits_that_contradict_each_other_are_mistakes(tmp_path):
    text = "[contact]\nregained_above_n = 0.3\n[judging]\nincomplete_below = 0.9\n"
    contact, judging = problems_of(tmp_path, text)
    assert contact.endswith("contact.regained_above_n: must be above contact.lost_below_n")
    assert judging.endswith("judging.incomplete_below: must not be above judging.partial_below")


def test_only_the_chosen_converters_connections_are_checked():
    free = {"board.led_pin": 17, "cells.converter": "nau7802"}
    assert load_config(None, {}, free).board.led_pin == 17
    assert load_config(None, {}, {"nau7802.right_toe": 1}).nau7802.channels()["right_toe"] == 1


def test_a_simulated_cell_suffers_only_what_its_converter_can(tmp_path):
    text = "[sim]\nfaults = {left_heel = 'stuck_low'}\n"
    path = tmp_path / "rig.toml"
    path.write_text(text)
    assert load_config(path, {}).sim.faults == {"left_heel": "stuck_low"}
    (line,) = problems_of(tmp_path, NAU7802 + text)
    assert "left_heel cannot be 'stuck_low', only unplugged, saturated, frozen, resets" in line


def test_board_parts_may_be_left_out():
    assert load_config(None, {}, {"board.buzzer_pin": -1}).board.pins() == {
        "led_pin": 13,
        "button_pin": 5,
    }


def test_mistakes_in_environment_and_command_line_name_their_source(tmp_path):
    lines = problems_of(
        tmp_path, "", {"HINGE_RIG_WEB_PORT": "many", "HINGE_RIG_NONE": "1"}, {"sim.seed": -1}
    )
    assert lines[0].startswith("environment HINGE_RIG_WEB_PORT: web.port must be")
    assert lines[1].startswith("environment HINGE_RIG_NONE: unknown setting")
    assert lines[2].startswith("command line: sim.seed is -1, allowed is 0")


@pytest.mark.parametrize("text", ["[web", "a = ", "\x00", "a = " + "[" * 5000, "a = " + "9" * 5000])
def test_a_file_that_is_not_toml_is_one_line(tmp_path, text):
    lines = problems_of(tmp_path, text)
    assert len(lines) == 1
    assert "not valid TOML" in lines[0]


def test_the_printed_defaults_are_the_defaults():
    printed = CliRunner().invoke(config_command, ["--defaults"]).output
    document = tomllib.loads(printed)
    for name, (_, default) in settings_table().items():
        section, key = name.split(".")
        assert document[section][key] == default
