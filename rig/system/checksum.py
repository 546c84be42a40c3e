"""Size and SHA-256 of a file, as manifests list them."""

import hashlib
from pathlib import Path
from typing import Any


def checksum(path: Path) -> dict[str, Any]:
    """`bytes` and `sha256`; raises `OSError` where the file cannot be read."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}
