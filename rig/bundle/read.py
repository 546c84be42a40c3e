"""Reading a bundle: checked against its manifest before anything of it is used."""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from rig.bundle.layout import MANIFEST, PIECE, RECORDING, VERSION
from rig.errors import FormatError, RigError
from rig.quote import shortened
from rig.recording.reader import Recording
from rig.system.typed_json import decode

_LARGEST_MANIFEST: Final = 2**20
_HARMLESS: Final = 64 * 2**20
_BEST_PACKED: Final = 60  # times; CSV of frames packs to a tenth
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError,
    RuntimeError,  # a member that is encrypted
    ValueError, struct.error, OverflowError,  # names that are no text, places before the beginning
)  # fmt: skip


class _Listed(msgspec.Struct):
    bytes: int
    sha256: str


class _Manifest(msgspec.Struct):
    version: int
    files: dict[str, _Listed]


@contextmanager
def bundled_recording(path: Path) -> Iterator[Recording]:
    """The recording in a bundle, unpacked for as long as the context lasts.

    `FormatError` says what is wrong: no bundle, truncated, altered, of a newer version, without a
    recording.
    """
    with TemporaryDirectory(prefix="hinge-rig-") as directory:
        session_id = _unpack(path, Path(directory))
        yield Recording(Path(directory), session_id)


def check_bundle(path: Path) -> list[str]:
    """Compare every member with the manifest; their names. Raises as `bundled_recording`."""
    return list(_checked(path, None).files)


def _unpack(path: Path, directory: Path) -> str:
    """Put the recording's parts into `directory`; the session's id."""
    manifest = _checked(path, directory)
    parts = [name for name in manifest.files if name.startswith(RECORDING)]
    if not parts:
        raise FormatError(f"{path}: this bundle has no recording")
    return Path(parts[0]).name.split(".")[0]


def _checked(path: Path, directory: Path | None) -> _Manifest:
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = _manifest(path, bundle)
            _refuse_too_large(path, bundle)
            for name, listed in manifest.files.items():
                target = directory if name.startswith(RECORDING) else None
                _check_member(path, bundle, name, listed, target)
            return manifest
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}") from None
    except RigError:
        raise
    except _DAMAGED as error:
        raise FormatError(f"{path}: is damaged or cut off: {error}; export it again") from None


def _manifest(path: Path, bundle: zipfile.ZipFile) -> _Manifest:
    if MANIFEST not in bundle.namelist():
        raise FormatError(f"{path}: not a session bundle: there is no {MANIFEST} in it")
    if bundle.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise FormatError(f"{path}: {MANIFEST} is too large to be one")
    try:
        manifest = decode(bundle.read(MANIFEST), _Manifest)
    except ValueError as error:
        raise FormatError(f"{path}: {MANIFEST} is damaged ({error}); export it again") from None
    if manifest.version != VERSION:
        raise FormatError(
            f"{path}: bundle of version {manifest.version}, this program reads {VERSION}"
        )
    return manifest


def _refuse_too_large(path: Path, bundle: zipfile.ZipFile) -> None:
    """Before anything is unpacked: nothing that we write packs so well."""
    packed = path.stat().st_size
    unpacked = sum(member.file_size for member in bundle.infolist())
    if unpacked > max(_HARMLESS, _BEST_PACKED * packed):
        raise FormatError(
            f"{path}: {packed / 1e6:.1f} MB that would unpack to {unpacked / 1e6:.0f} MB "
            "are no bundle"
        )


def _check_member(
    path: Path, bundle: zipfile.ZipFile, name: str, listed: _Listed, target: Path | None
) -> None:
    """Read a member through, into a file of its own name in `target` if there is one."""
    if name not in bundle.namelist():
        raise FormatError(f"{path}: {shortened(name, 80)} is missing; export it again")
    with ExitStack() as stack:
        member = stack.enter_context(bundle.open(name))
        sink = stack.enter_context((target / Path(name).name).open("wb")) if target else None
        digest, size = hashlib.sha256(), 0
        while size <= listed.bytes and (piece := member.read(PIECE)):
            digest.update(piece)
            size += len(piece)
            if sink:
                sink.write(piece)
    if (size, digest.hexdigest()) != (listed.bytes, listed.sha256):
        raise FormatError(f"{path}: {name} is not what the manifest says; export it again")
