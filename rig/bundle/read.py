"""Reading a bundle: checked against its manifest before anything of it is used."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rig.bundle.layout import MANIFEST, PIECE, RECORDING, VERSION
from rig.errors import FormatError
from rig.recording.reader import Recording


@contextmanager
def bundled_recording(path: Path) -> Iterator[Recording]:
    """The recording in a bundle, unpacked for as long as the context lasts.

    `FormatError` says what is wrong: no bundle, truncated, altered, of a newer version, without a
    recording.
    """
    with TemporaryDirectory(prefix="hinge-rig-") as directory:
        session_id = _unpack(path, Path(directory))
        yield Recording(Path(directory), session_id)


def check_bundle(path: Path) -> dict[str, Any]:
    """Compare every member with the manifest, which is returned. Raises as `bundled_recording`."""
    return _checked(path, None)


def _unpack(path: Path, directory: Path) -> str:
    """Put the recording's parts into `directory`; the session's id."""
    manifest = _checked(path, directory)
    parts = [name for name in manifest["files"] if name.startswith(RECORDING)]
    if not parts:
        raise FormatError(f"{path}: this bundle has no recording")
    return Path(parts[0]).name.split(".")[0]


def _checked(path: Path, directory: Path | None) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = _manifest(path, bundle)
            for name, listed in manifest["files"].items():
                target = directory if name.startswith(RECORDING) else None
                _check_member(path, bundle, name, listed, target)
            return manifest
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FormatError(f"{path}: is damaged or cut off: {error}; export it again") from None


def _manifest(path: Path, bundle: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in bundle.namelist():
        raise FormatError(f"{path}: not a session bundle: there is no {MANIFEST} in it")
    try:
        manifest: dict[str, Any] = json.loads(bundle.read(MANIFEST))
        version, files = manifest["version"], manifest["files"]
        listed = {name: (entry["bytes"], entry["sha256"]) for name, entry in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FormatError(f"{path}: {MANIFEST} is damaged; export it again") from None
    if version != VERSION:
        raise FormatError(f"{path}: bundle of version {version}, this program reads {VERSION}")
    return {**manifest, "files": listed}


def _check_member(
    path: Path, bundle: zipfile.ZipFile, name: str, listed: tuple[int, str], target: Path | None
) -> None:
    """Read a member through, into a file of its own name in `target` if there is one."""
    if name not in bundle.namelist():
        raise FormatError(f"{path}: {name} is missing; export it again")
    digest, size = hashlib.sha256(), 0
    sink = (target / Path(name).name).open("wb") if target else None
    try:
        with bundle.open(name) as member:
            while piece := member.read(PIECE):
                digest.update(piece)
                size += len(piece)
                if sink:
                    sink.write(piece)
    finally:
        if sink:
            sink.close()
    if (size, digest.hexdigest()) != listed:
        raise FormatError(f"{path}: {name} is not what the manifest says; export it again")
