"""`python -m tests.bench hostile`: five hundred commands that nobody should send, to a running rig.

Every one must be refused with a 4xx within a second, by the same recorder, and nothing be stored.
"""

import argparse
import http.client
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rig.names import COMMANDS
from tests.support.rig_process import RigProcess

_TABLES = ("people", "settings", "calibrations", "sessions", "sets", "reps", "events")
_LONG = "A" * 5000
TEXTS = ['"\\ud800"', json.dumps(_LONG), '"\\u0000"', '"../../etc/passwd"', '"\\u202e"', '"=cmd()"']
ODD = [
    "null", "[]", "{}", "true", "NaN", "Infinity", "-1", "1e400", "9" * 4200, "-" + "9" * 400,
    "[" * 500 + "]" * 500, '{"a":' * 200 + "1" + "}" * 200, json.dumps([0] * 9000), *TEXTS,
]  # fmt: skip
NO_OBJECT = [
    "{", "[]", "7", '"x"', "null", "[" * 30_000, '{"a":', "\x00", "{'a': 1}",
    '{"a": ' + "9" * 5000 + "}x", "nonsense",
]  # fmt: skip
ARGUMENTS = {
    "choose_drill": "drill", "set_load": "load_kg", "set_heel_block": "heel_block_mm",
    "choose_person": "person_id", "mute": "muted",
}  # fmt: skip
"""The one argument that each of these needs, for which no value of `ODD` does."""


def main(arguments: Sequence[str]) -> None:
    """Send them and print what came back."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench hostile")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for line in report(Path(folder), options.count, options.seed):
            print(line, flush=True)


def report(state_dir: Path, count: int, seed: int) -> Iterator[str]:
    """A line for each command that was not refused in time, then the sums."""
    with RigProcess(state_dir, "--scenario", "empty") as rig:
        rig.wait_until_ok()
        time.sleep(8)  # until the zeros are taken
        recorder, before = rig.children()["recorder"].pid, stored(state_dir)
        answers: Counter[int] = Counter()
        slowest_s = 0.0
        for verb, body, headers in hostile(count, random.Random(seed)):
            status, took_s = post(rig.port, verb, body, headers)
            answers[status] += 1
            slowest_s = max(slowest_s, took_s)
            if not 400 <= status < 500 or took_s > 1:
                yield f"{status} after {took_s:.2f} s: {verb[:40]} {body[:60]!r} {headers}"
        time.sleep(1)
        yield f"{sum(answers.values())} commands: {dict(sorted(answers.items()))}"
        yield f"slowest answer {slowest_s:.3f} s"
        yield f"same recorder: {rig.children()['recorder'].pid == recorder}"
        yield f"nothing stored: {stored(state_dir) == before}"
        yield f"health: {rig.health().get('status')}"


def hostile(count: int, drawn: random.Random) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Verb, body and headers."""
    for _ in range(count):
        kind = drawn.randrange(4)
        verb = drawn.choice(COMMANDS)
        if kind == 0:
            yield verb, drawn.choice(NO_OBJECT), {}
        elif kind == 1:
            verb, name = drawn.choice(list(ARGUMENTS.items()))
            yield verb, f'{{"{name}": {_odd(verb, drawn)}}}', {}
        elif kind == 2:
            yield drawn.choice(["%00", "tare%0d%0a", _LONG, "..%2f", "TARE", "sim_fault"]), "{}", {}
        else:
            yield verb, "{}", drawn.choice(_headers())


def _odd(verb: str, drawn: random.Random) -> str:
    allowed = {"mute": ["true"]}.get(verb, [])
    return drawn.choice([one for one in ODD if one not in allowed])


def _headers() -> list[dict[str, str]]:
    return [
        {"Idempotency-Key": "k" * 200},
        {"Idempotency-Key": "\xe9"},
        {"Origin": "http://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "elsewhere.example"},
    ]


def post(port: int, verb: str, body: str, headers: dict[str, str]) -> tuple[int, float]:
    """Status (0 where the connection broke) and seconds."""
    started_s = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(
            "POST",
            f"/api/v1/commands/{verb}",
            body.encode("utf-8", "surrogatepass"),
            {"Content-Type": "application/json", **headers},
        )
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    return status, time.monotonic() - started_s


def stored(state_dir: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables that a command could change."""
    database = sqlite3.connect(f"file:{state_dir}/hinge-rig.db?mode=ro", uri=True)
    try:
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
    finally:
        database.close()
