"""The table of refusals and those who refuse."""

import re
from pathlib import Path
from string import Formatter

import pytest

import rig
from rig.handover.commands import not_done
from rig.handover.message import plain
from rig.handover.refusals import REFUSALS, refused

_USED = re.compile(r'refused\(\s*"(\w+)"')


def test_every_code_of_the_table_is_used_and_every_code_used_is_in_it():
    sources = [path.read_text(encoding="utf-8") for path in Path(rig.__file__).parent.rglob("*.py")]
    used = {code for source in sources for code in _USED.findall(source)}
    assert used == set(REFUSALS)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_has_its_sentence_its_code_and_its_values(code):
    names = [name for _, name, _, _ in Formatter().parse(REFUSALS[code]) if name]
    refusal = refused(code, **dict.fromkeys(names, 2.5))
    assert "{" not in str(refusal)
    assert plain(not_done("c", refusal)) == {
        "command_id": "c",
        "ok": False,
        "reason": str(refusal),
        "code": code,
        "values": dict.fromkeys(names, 2.5),
    }


def test_numbers_are_rounded_in_the_sentence():
    refusal = refused("not_quiet", cell="left_toe", moves_n=2.0)
    assert str(refusal) == "the platform is not quiet: left_toe moves by 2.0 N; step off and wait"
