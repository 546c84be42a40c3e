"""Writing a recording: MCAP, durable as far as the last `sync`."""

import os
import re
from collections.abc import Mapping
from glob import escape
from pathlib import Path
from typing import Any, BinaryIO, Final

from mcap.well_known import MessageEncoding, SchemaEncoding
from mcap.writer import CompressionType, IndexType, Writer

from rig import __version__
from rig.errors import StorageError
from rig.frames import Block
from rig.recording import cdr
from rig.recording.info import METADATA_NAME, RecordingInfo

FRAMES_TOPIC: Final = "/frames"
COMMANDS_TOPIC: Final = "/commands"
_MESSAGES_A_PART: Final = 120_000  # 20 minutes: a part's index is kept in memory until its end
_INDEXES: Final = IndexType.ALL


def recordings_dir(state_dir: Path) -> Path:
    """Where a rig's recordings lie."""
    return state_dir / "recordings"


def session_ids(directory: Path) -> set[str]:
    """The sessions that there are recordings of."""
    return {path.name.split(".")[0] for path in directory.glob("*.mcap")}


def part_path(directory: Path, session_id: str, part: int) -> Path:
    """The file of a session's part: `<session>.mcap`, after it `<session>.<n>.mcap`."""
    return directory / (f"{session_id}.{part}.mcap" if part else f"{session_id}.mcap")


def part_paths(directory: Path, session_id: str) -> list[Path]:
    """The parts of a session's recording that are there, in order."""
    return [part_path(directory, session_id, number) for number in _numbers(directory, session_id)]


def missing_parts(directory: Path, session_id: str) -> list[Path]:
    """The parts that must have been there once: those before the last one."""
    numbers = _numbers(directory, session_id)
    gone = sorted(set(range(numbers[-1] if numbers else 0)) - set(numbers))
    return [part_path(directory, session_id, number) for number in gone]


def _numbers(directory: Path, session_id: str) -> list[int]:
    """Of the parts that are there, in order."""
    pattern = re.compile(re.escape(session_id) + r"(?:\.([1-9][0-9]{0,5}))?\.mcap")
    names = [path.name for path in directory.glob(f"{escape(session_id)}*.mcap")]
    return sorted(int(found[1] or 0) for name in names if (found := pattern.fullmatch(name)))


class RecordingWriter:
    """A new part of a session's recording.

    Every method raises `StorageError` where the disk refuses; the part is then good as far as the
    last `sync` and cannot be written further.
    """

    def __init__(self, directory: Path, info: RecordingInfo) -> None:
        self._written = 0
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self.path, self._file = _create_part(directory, info.session_id)
            self._mcap = Writer(self._file, index_types=_INDEXES, compression=CompressionType.ZSTD)
            self._mcap.start("ros2", f"hinge-rig {__version__}")
            self._mcap.add_metadata(METADATA_NAME, info.to_metadata())
            self._frames = self._channel(FRAMES_TOPIC, cdr.FRAME_TYPE, cdr.FRAME_SCHEMA)
            self._commands = self._channel(COMMANDS_TOPIC, cdr.COMMAND_TYPE, cdr.COMMAND_SCHEMA)
            self.sync()
        except OSError as error:
            raise StorageError(f"{directory}: cannot record: {error.strerror}") from None

    @property
    def full(self) -> bool:
        """True when the session should go on in the next part."""
        return self._written >= _MESSAGES_A_PART

    def add_frames(self, block: Block) -> None:
        """Append frames; durable after the next `sync`."""
        for t_ns, message in zip(block["t_ns"].tolist(), cdr.encode_frames(block), strict=True):
            self._add(self._frames, t_ns, message)

    def add_command(self, t_ns: int, command: Mapping[str, Any]) -> None:
        """Append a command that takes effect after the last frame; `t_ns` is that frame's time."""
        self._add(self._commands, t_ns, cdr.encode_command(command))

    def sync(self) -> None:
        """Bring everything so far to the medium."""
        try:
            self._mcap.flush()  # type: ignore[no-untyped-call]  # mcap has no type for it
            os.fdatasync(self._file.fileno())
        except OSError as error:
            raise self._refusal(error) from None

    def close(self) -> None:
        """Finish the file, sync, and let go of it."""
        try:
            self._mcap.finish()  # type: ignore[no-untyped-call]  # nor for this
            self._file.flush()
            os.fdatasync(self._file.fileno())
            self._file.close()
        except OSError as error:
            raise self._refusal(error) from None

    def abandon(self) -> None:
        """Let go of the file as it is, after the disk has refused."""
        try:
            self._file.close()
        except OSError:
            # closing flushes what is buffered, which is what was refused before
            return

    def _channel(self, topic: str, type_name: str, schema: str) -> int:
        schema_id = self._mcap.register_schema(type_name, SchemaEncoding.ROS2, schema.encode())
        return self._mcap.register_channel(topic, MessageEncoding.CDR, schema_id)

    def _add(self, channel: int, t_ns: int, message: bytes) -> None:
        """Messages are numbered through, so that a reader notices one that is missing."""
        try:
            self._mcap.add_message(channel, t_ns, message, t_ns, self._written)
        except OSError as error:
            raise self._refusal(error) from None
        self._written += 1

    def _refusal(self, error: OSError) -> StorageError:
        return StorageError(f"{self.path}: cannot record: {error.strerror}")


def _create_part(directory: Path, session_id: str) -> tuple[Path, BinaryIO]:
    """The next part's file, new; its name is on the medium before anything is in it."""
    path = part_path(directory, session_id, len(part_paths(directory, session_id)))
    file = path.open("xb")
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return path, file
