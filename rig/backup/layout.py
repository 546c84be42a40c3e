"""How a backup is laid out, and reading one through before it is trusted."""

import json
from pathlib import Path
from typing import Any, Final

from rig.errors import FormatError, StorageError
from rig.storage.copy import check_database
from rig.storage.database import FILE_NAME
from rig.system.checksum import checksum

VERSION: Final = 1
FORMAT: Final = "hinge-rig backup"
MANIFEST: Final = "manifest.json"
PREFIX: Final = "hinge-rig-"  # and the moment it was made at
RECORDINGS: Final = "recordings"
LOGINS: Final = "auth.db"  # the web process's own database; not every rig has one


def check_backup(backup: Path) -> dict[str, Any]:
    """Compare every file with the manifest, which is returned, and read the database through.

    `FormatError` says what is missing, altered or of a newer version; `StorageError` what is wrong
    with the database.
    """
    manifest = _manifest(backup)
    for name, listed in manifest["files"].items():
        try:
            found = checksum(backup / name)
        except OSError as error:
            raise FormatError(f"{backup / name}: cannot be read: {error.strerror}") from None
        if found != listed:
            raise FormatError(f"{backup / name}: is not what the manifest says; use another backup")
    for name in (FILE_NAME, LOGINS):
        if name in manifest["files"]:
            check_database(backup / name)
    return manifest


def _manifest(backup: Path) -> dict[str, Any]:
    path = backup / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        form, version, files = manifest["format"], manifest["version"], manifest["files"]
    except OSError as error:
        raise FormatError(f"{backup}: not a backup: {MANIFEST}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(f"{path}: is damaged; use another backup") from None
    if form != FORMAT or not isinstance(files, dict) or FILE_NAME not in files:
        raise FormatError(f"{path}: not the manifest of a backup")
    if version != VERSION:
        raise FormatError(f"{path}: backup of version {version}, this program reads {VERSION}")
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in files):
        raise StorageError(f"{path}: names files outside of the backup")
    return manifest
