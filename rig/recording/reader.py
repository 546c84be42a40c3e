"""Reading a recording: all parts of a session in order, each as far as it is good."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from mcap.records import Channel, Chunk, Footer, McapRecord, Message, Metadata, Schema
from mcap.stream_reader import StreamReader, breakup_chunk
from zstandard import frame_content_size

from rig.errors import FormatError, RigError, StorageError
from rig.frames import Block
from rig.recording.cdr import FrameDecoder, decode_command
from rig.recording.info import METADATA_NAME, ClockAnchor, RecordingInfo, read_metadata
from rig.recording.writer import COMMANDS_TOPIC, FRAMES_TOPIC, missing_parts, part_paths

_FRAMES_AT_ONCE: Final = 1000
_LARGEST_RECORD: Final = 64 * 2**20  # a garbled length must not ask for all memory


@dataclass(frozen=True)
class RecordedCommand:
    """A command that took effect after the frames before it."""

    t_ns: int
    command: dict[str, Any]


class Recording:
    """A session's recording. `StorageError` if there is none, `FormatError` if it is not ours."""

    def __init__(self, directory: Path, session_id: str) -> None:
        self.parts = part_paths(directory, session_id)
        if not self.parts:
            raise StorageError(f"{directory}: no recording of session {session_id}")
        self.missing = missing_parts(directory, session_id)
        self.info = self._first_info()
        if not self.info.anchor.is_set:
            self.info = replace(self.info, anchor=self._later_anchor() or self.info.anchor)

    @property
    def whole(self) -> bool:
        """Whether its last part with frames was finished in good order."""
        for path in reversed(self.parts):
            kinds = {type(record) for record in _good_records(path)}
            if Message in kinds:
                return Footer in kinds
        return True

    @classmethod
    def of_file(cls, path: Path) -> "Recording":
        """The whole recording that the file `path` is a part of."""
        return cls(path.parent, path.name.split(".")[0])

    def _first_info(self) -> RecordingInfo:
        """What the first part says that says anything; all of a session say the same."""
        problem: FormatError | None = None
        for path in self.parts:
            try:
                return read_info(path)
            except FormatError as error:
                problem = problem or error
                self.missing.append(path)
        raise problem or FormatError("a recording without parts")

    def _later_anchor(self) -> ClockAnchor | None:
        """That of a part which was begun when the clock could be trusted."""
        for path in self.parts[1:]:
            with suppress(FormatError):  # cut off before it said anything
                anchor = read_info(path).anchor
                if anchor.is_set:
                    return anchor
        return None

    def blocks(self) -> Iterator[Block]:
        """Frames only, in blocks of at most 1000."""
        for item in self.items():
            if not isinstance(item, RecordedCommand):
                yield item

    def items(self) -> Iterator[Block | RecordedCommand]:
        """Frames and commands in the order in which they took effect.

        A torn part gives its good beginning; what the next part has again is left out.
        """
        next_seq = 0
        for path in self.parts:
            for item in _items(path):
                if isinstance(item, RecordedCommand):
                    yield item
                    continue
                block = item[item["seq"] >= next_seq]
                if len(block):
                    next_seq = int(block["seq"][-1]) + 1
                    yield block


def find_recording(directory: Path, session_id: str) -> Recording | None:
    """A session's recording, None where there is none or nothing of it can be read."""
    try:
        return Recording(directory, session_id)
    except RigError:
        return None


def read_info(path: Path) -> RecordingInfo:
    """What a part says about its session. `FormatError` if it is no recording of ours."""
    for record in _good_records(path):
        if isinstance(record, Metadata) and record.name == METADATA_NAME:
            return read_metadata(record.metadata, str(path))
    raise FormatError(f"{path}: not a recording of the hinge rig, or nothing of it is left")


def _items(path: Path) -> Iterator[Block | RecordedCommand]:
    frames: list[bytes] = []
    decoder: FrameDecoder | None = None
    for topic, message in _messages(path):
        if topic.name == FRAMES_TOPIC:
            decoder = decoder or _decoder(path, topic.schema)
            frames.append(message.data)
        if decoder and frames and (topic.name == COMMANDS_TOPIC or len(frames) == _FRAMES_AT_ONCE):
            yield decoder.frames(frames)
            frames = []
        if topic.name == COMMANDS_TOPIC:
            yield RecordedCommand(message.log_time, _command(path, message.data))
    if decoder and frames:
        yield decoder.frames(frames)


def _command(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return decode_command(data)
    except ValueError as error:
        raise FormatError(f"{path}: a command in it cannot be read: {error}") from None


def _decoder(path: Path, schema: str) -> FrameDecoder:
    try:
        return FrameDecoder(schema)
    except ValueError as error:
        raise FormatError(f"{path}: its frames cannot be read: {error}") from None


class _Topic(NamedTuple):
    name: str
    schema: str


def _messages(path: Path) -> Iterator[tuple[_Topic, Message]]:
    """Messages with their topics, up to the first that is missing."""
    schemas: dict[int, str] = {}
    topics: dict[int, _Topic] = {}
    expected = 0
    for record in _good_records(path):
        if isinstance(record, Schema):
            schemas[record.id] = record.data.decode("utf-8", "replace")
        elif isinstance(record, Channel):
            topics[record.id] = _Topic(record.topic, schemas.get(record.schema_id, ""))
        elif isinstance(record, Message):
            if record.sequence != expected:
                return
            expected += 1
            yield topics[record.channel_id], record


def _good_records(path: Path) -> Iterator[McapRecord]:
    """Records up to the end or to the first damage."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
    with file:
        reader = StreamReader(
            file, validate_crcs=True, record_size_limit=_LARGEST_RECORD, emit_chunks=True
        )
        try:
            for record in reader.records:
                yield from _opened(record) if isinstance(record, Chunk) else (record,)
        except Exception:
            # Whatever the parser trips over is the torn end; every chunk before it had its CRC.
            return


def _opened(chunk: Chunk) -> list[McapRecord]:
    """The records of a chunk, unless it claims to be larger than any of ours."""
    packed = chunk.compression != "" and frame_content_size(chunk.data)
    if max(chunk.uncompressed_size, packed) > _LARGEST_RECORD:
        raise ValueError("a chunk that is too large")
    records: list[McapRecord] = breakup_chunk(chunk, validate_crc=True)
    return records
