"""The text of the live stream: server-sent events, and frames as lines of scaled integers.

A frame is one line of comma-separated integers in the order of `FIELDS`; a value is the integer
times the field's scale, an empty text is a value that is not known. About half the size of JSON.
"""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from rig.frames import LiveBlock
from rig.handover.ring import Missed
from rig.names import CELLS, CHANNELS, IMU_AXES, PADS

_INCLINATION: Final = "inclination_deg"
FIELDS: Final[tuple[tuple[str, float], ...]] = (
    ("seq", 1),
    ("t_s", 0.001),  # monotonic, the same clock as `now_s` of hello and health
    *((f"{cell}_n", 0.1) for cell in CELLS),
    ("fz_n", 0.1),
    ("heel_share", 0.001),
    ("heel_share_left", 0.001),
    ("heel_share_right", 0.001),
    ("asymmetry_pct", 0.1),
    ("cop_ml_mm", 0.1),
    ("cop_ap_mm", 0.1),
    *((f"{pad}_n", 0.01) for pad in PADS),
    ("contact", 1),  # bit per pad, head first
    ("valid", 1),  # bit per channel, cells first
    ("inputs", 1),
    *((axis, 0.01 if axis.endswith("m_s2") else 0.001) for axis in IMU_AXES),
    (_INCLINATION, 0.1),
)

_IMU: Final = CHANNELS.index("imu")
_SCALED: Final = tuple(
    name for name, scale in FIELDS if scale != 1 and name not in ("t_s", *IMU_AXES, _INCLINATION)
)
_IMU_SCALES: Final = tuple(scale for name, scale in FIELDS if name in IMU_AXES)
_SCALES: Final = tuple(scale for name, scale in FIELDS if name in _SCALED)
RETRY_MS: Final = 500


def frame_lines(rows: LiveBlock) -> list[str]:
    """One line for each row of LIVE."""
    return [_frame_line(row) for row in rows]


def _frame_line(row: Any) -> str:
    frame, signals = row["frame"], row["signals"]
    values = [
        *signals["cell_n"].tolist(),
        *(float(signals[name]) for name in _SCALED[len(CELLS) : -len(PADS)]),
        *signals["pad_n"].tolist(),
    ]
    return ",".join(
        (
            str(frame["seq"]),
            str(frame["t_ns"] // 1_000_000),
            *map(_scaled, values, _SCALES),
            str(sum(1 << pad for pad, touches in enumerate(signals["contact"]) if touches)),
            str(signals["valid"]),
            str(frame["inputs"]),
            *_imu_texts(frame),
            _scaled(float(signals[_INCLINATION]), dict(FIELDS)[_INCLINATION]),
        )
    )


def _imu_texts(frame: Any) -> list[str]:
    if frame["flags"][_IMU]:
        return [""] * len(IMU_AXES)
    return list(map(_scaled, frame["imu_values"].tolist(), _IMU_SCALES))


def _scaled(value: float, scale: float) -> str:
    return str(round(value / scale)) if math.isfinite(value) else ""


def missed_line(missed: Missed) -> str:
    """The line that stands where frames are missing: `missed,first_seq,count,reason`."""
    return f"missed,{missed.first_seq},{missed.count},{missed.reason}"


def message(event: str, lines: Iterable[str], event_id: str = "") -> bytes:
    """One server-sent event."""
    head = f"event: {event}\n" + (f"id: {event_id}\n" if event_id else "")
    return (head + "".join(f"data: {line}\n" for line in lines) + "\n").encode()


def json_message(event: str, document: Mapping[str, Any], event_id: str = "") -> bytes:
    """One server-sent event with a JSON document as its data."""
    return message(event, [json.dumps(document, separators=(",", ":"))], event_id)


def hello(epoch: int | None, now_ns: int) -> bytes:
    """The first event: how to read the frames, and the server's clock now."""
    document = {
        "version": 1,
        "epoch": epoch,
        "now_s": now_ns / 1e9,
        "fields": FIELDS,
    }
    return f"retry: {RETRY_MS}\n".encode() + json_message("hello", document)
