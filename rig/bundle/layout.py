"""How a bundle is laid out; see docs/formats.md."""

from typing import Final

VERSION: Final = 1
MANIFEST: Final = "manifest.json"
RECORDING: Final = "recording/"  # the recording's parts lie in this folder
PIECE: Final = 256 * 1024  # bytes held in memory at once
