"""What state the rig is in, from the sampler's status page and the recorder's last word."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rig.handover.page import read_page

_SILENT_S: Final = 3.0  # both processes speak once a second
_FRAMES_LATE_S: Final = 1.0


@dataclass(frozen=True)
class Observed:
    """What the live hub has seen last: `t_ns` monotonic, None for never."""

    frame_t_ns: int | None
    recorder: Mapping[str, Any] | None
    recorder_t_ns: int | None
    viewers: int


def health_document(status_path: Path, seen: Observed) -> dict[str, Any]:
    """The contract's health document, and `now_s`, the monotonic clock at which it was made."""
    now_ns = time.monotonic_ns()
    sampler = _sampler(read_page(status_path), seen, now_ns)
    recorder = _recorder(seen, now_ns)
    states = (sampler["state"], recorder["state"])
    if sampler["state"] == "down":
        status = "down"
    else:
        status = "ok" if states == ("running", "ok") else "degraded"
    return {
        "status": status,
        "now_s": now_ns / 1e9,
        "sampler": sampler,
        "recorder": recorder,
        "web": {"viewers": seen.viewers},
    }


def _sampler(status: Mapping[str, Any] | None, seen: Observed, now_ns: int) -> dict[str, Any]:
    frame_age_s = _age_s(seen.frame_t_ns, now_ns)
    status_age_s = _age_s(status["t_ns"] if status else None, now_ns)
    status = status or {}
    return {
        "state": _sampler_state(frame_age_s, status_age_s),
        "frame_age_ms": None if frame_age_s is None else round(1000 * frame_age_s),
        "frames": status.get("frames", 0),
        "rate_sps": status.get("rate_sps", {}),
        "counters": status.get("counters", {}),
        "late_us": status.get("late_us", {}),
        "warnings": status.get("warnings", []),
    }


def _sampler_state(frame_age_s: float | None, status_age_s: float | None) -> str:
    """`running` with fresh frames, `silent` alive without them, else `down`."""
    if frame_age_s is not None and frame_age_s < _FRAMES_LATE_S:
        return "running"
    return "silent" if status_age_s is not None and status_age_s < _SILENT_S else "down"


def _recorder(seen: Observed, now_ns: int) -> dict[str, Any]:
    age_s = _age_s(seen.recorder_t_ns, now_ns)
    said = seen.recorder or {}
    up = age_s is not None and age_s < _SILENT_S
    return {
        "state": said.get("state", "degraded") if up else "down",
        "lag_frames": said.get("lag_frames") if up else None,
        "problems": said.get("problems", []) if up else [],
        "temperature_c": said.get("temperature_c") if up else None,
    }


def _age_s(t_ns: int | None, now_ns: int) -> float | None:
    return None if t_ns is None else max(0.0, (now_ns - t_ns) / 1e9)
