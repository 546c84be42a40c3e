"""`python -m tests.bench fuzz`: what comes from outside, garbled by a fuzzer that sees the code.

Needs the package atheris (`pip install -e ".[fuzz]"`). Each parser runs in a process of its own for
`--seconds`; whatever ends otherwise than well or with one line of the rig's own is a failure, and
the input that led to it is kept.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from rig.errors import RigError

Parser = Callable[[Path], object]
_MOST_BYTES = 20_000
_LONGEST_LINE = 3000  # settings have one for each mistake


def main(arguments: Sequence[str]) -> None:
    """Fuzz the parsers that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench fuzz")
    parser.add_argument("parsers", nargs="*", metavar="PARSER", help=", ".join(SEEDS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if find_spec("atheris") is None:
        sys.exit("atheris is not installed: pip install -e '.[fuzz]'")
    if options.one:
        _fuzz(options.one, options.keep, options.seconds)
    failed = [name for name in options.parsers or SEEDS if not _in_process(name, options)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def _in_process(name: str, options: argparse.Namespace) -> bool:
    """Run one parser's fuzzer, which never returns, and say how it ended."""
    keep = options.keep / name
    shutil.rmtree(keep, ignore_errors=True)
    keep.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.bench", "fuzz", "--one", name]
    more = ["--keep", str(keep), "--seconds", str(options.seconds)]
    ended = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
    lines = ended.stderr.splitlines()
    runs = next((line for line in reversed(lines) if line.startswith("Done ")), "")
    print(f"{name}: {runs or 'failed'}", flush=True)
    if ended.returncode:
        print("\n".join([*ended.stdout.splitlines()[-20:], *lines[-4:]]), flush=True)
    return ended.returncode == 0


def _fuzz(name: str, keep: Path, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["rig"]):
        from tests.bench.fuzz_parsers import PARSERS
    parse: Parser = PARSERS[name]
    corpus = keep / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS[name]()):
        (corpus / str(number)).write_bytes(seed)
    shared = Path("/dev/shm") if Path("/dev/shm").is_dir() else keep
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        target = _target(parse, Path(folder))
        limits = [f"-max_total_time={seconds}", f"-max_len={_MOST_BYTES}", "-rss_limit_mb=2048"]
        os.chdir(keep)
        atheris.Setup([name, *limits, "-timeout=20", str(corpus)], target)
        atheris.Fuzz()


def _target(parse: Parser, folder: Path) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        path = folder / "input"
        path.write_bytes(data)
        try:
            parse(path)
        except RigError as error:
            if len(str(error)) > _LONGEST_LINE:
                raise AssertionError("no line but a page") from error

    return target


def _json_seeds(*documents: object) -> list[bytes]:
    return [json.dumps(one).encode() for one in documents]


def _raw_csv() -> list[bytes]:
    head = b"t_s,left_heel,left_toe,right_heel,right_toe,head,mid_back,tailbone,left_heel_age_us\n"
    newtons = b"t_s,left_heel_n,left_toe_n,right_heel_n,right_toe_n\n0,1.5,2,3,4\n0.01,2,2,3,4\n"
    return [head + b"0,1,-2,3,4,5,6,7,100\n0.01,1,2,3,4,5,6,7,\n", newtons]


def _recording() -> list[bytes]:
    from tests.support.recordings import write_short_recording

    with tempfile.TemporaryDirectory() as folder:
        return [write_short_recording(Path(folder)).read_bytes()]


def _bundle() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr("manifest.json", json.dumps({"format": "hinge-rig", "files": {}}))
            bundle.writestr("session.json", "{}")
        return [path.read_bytes()]


def _calibration() -> list[bytes]:
    from rig.calibration import typical_calibration

    calibration = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z")
    return _json_seeds(calibration.to_json())


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "raw_csv": _raw_csv,
    "recording": _recording,
    "bundle": _bundle,
    "calibration": _calibration,
    "settings": lambda: [b'[web]\nport = 8000\n[sim]\nfaults = {head = "open"}\n', b"[x]\na = [1]"],
    "command": lambda: _json_seeds(
        {"command_id": "a", "verb": "set_load", "args": {"load_kg": 5}},
        {"command_id": "b", "verb": "choose_drill", "args": {"drill": "hinge"}},
    ),
    "session_document": lambda: _json_seeds({"version": 1, "session_id": "a", "sets": []}),
    "backup": lambda: _json_seeds({"format": "hinge-rig-backup", "version": 1, "files": {}}),
}
"""What each parser begins with."""
