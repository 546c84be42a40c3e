"""What a recording says about itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from rig.calibration import Calibration, parse_calibration, with_later_pads
from rig.context import Context
from rig.errors import CalibrationError, FormatError
from rig.quote import shortened
from rig.system.typed_json import decode

METADATA_NAME: Final = "hinge_rig"
_VERSION: Final = "1"


@dataclass(frozen=True)
class ClockAnchor:
    """One moment on the monotonic clock and on the wall clock; `is_set`: which can be trusted."""

    t_ns: int
    utc: datetime
    is_set: bool = False

    def utc_of(self, t_ns: int) -> datetime:
        """The wall clock's time at `t_ns`."""
        return self.utc + timedelta(microseconds=(t_ns - self.t_ns) / 1000)


@dataclass(frozen=True)
class RecordingInfo:
    """Everything besides the frames that is needed to analyse a session again."""

    session_id: str
    rig_id: str
    ring_id: int
    boot_id: str
    anchor: ClockAnchor
    calibration: Calibration
    context: Context
    configuration: Mapping[str, Any]

    def to_metadata(self) -> dict[str, str]:
        """As MCAP metadata: texts by name."""
        return {
            "version": _VERSION,
            "session_id": self.session_id,
            "rig_id": self.rig_id,
            "ring_id": str(self.ring_id),
            "boot_id": self.boot_id,
            "anchor_t_ns": str(self.anchor.t_ns),
            "anchor_utc": self.anchor.utc.isoformat(),
            "anchor_is_set": json.dumps(self.anchor.is_set),
            "calibration": json.dumps(self.calibration.to_json()),
            "context": json.dumps(asdict(self.context)),
            "configuration": json.dumps(self.configuration),
        }


def read_metadata(metadata: Mapping[str, str], source: str) -> RecordingInfo:
    """The reverse of `to_metadata`. `FormatError` names `source` and what is wrong."""
    if metadata.get("version") != _VERSION:
        raise FormatError(
            f"{source}: recording of version {metadata.get('version')}, "
            f"this program reads {_VERSION}"
        )
    try:
        return RecordingInfo(
            metadata["session_id"],
            metadata["rig_id"],
            int(metadata["ring_id"]),
            metadata["boot_id"],
            ClockAnchor(
                int(metadata["anchor_t_ns"]),
                datetime.fromisoformat(metadata["anchor_utc"]),
                json.loads(metadata.get("anchor_is_set", "false")),
            ),
            parse_calibration(with_later_pads(json.loads(metadata["calibration"]))),
            decode(metadata["context"], Context),
            _configuration(metadata["configuration"]),
        )
    except KeyError as error:
        problem = f"{error} is missing"
    except (ValueError, TypeError, OverflowError, RecursionError, CalibrationError) as error:
        problem = shortened(str(error), 200)
    raise FormatError(f"{source}: what the recording says of itself is damaged: {problem}")


class _Contact(Struct):
    lost_below_n: float
    regained_above_n: float


class _Needed(Struct):
    contact: _Contact


def _configuration(text: str) -> dict[str, Any]:
    """The settings; those that an analysis needs are there and are numbers."""
    decode(text, _Needed)
    return decode(text, dict[str, Any])
