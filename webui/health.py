"""What state the rig is in, from the sampler's status page and the recorder's last word."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from rig.errors import RingError
from rig.handover.events import HealthTold
from rig.handover.message import Message, plain
from rig.handover.page import read_page
from rig.handover.status_page import ChannelStatus, StatusPage

_SILENT_S: Final = 3.0  # both processes speak once a second
_FRAMES_LATE_S: Final = 1.0
_MOST_LAG_FRAMES: Final = 200


class SamplerHealth(Message, frozen=True):
    """The sampler: `running` with fresh frames, `silent` alive without them, else `down`."""

    state: Literal["running", "silent", "down"]
    frame_age_ms: int | None
    frames: int
    rate_sps: dict[str, float]
    counters: dict[str, ChannelStatus]
    late_us: dict[str, float]
    warnings: list[str]


class RecorderHealth(Message, frozen=True):
    """The recorder, as it said of itself last."""

    state: Literal["ok", "degraded", "down"]
    lag_frames: int | None
    problems: list[str]
    temperature_c: float | None


class WebHealth(Message, frozen=True):
    """The web process."""

    viewers: int


class Health(Message, frozen=True):
    """The contract's document, and `now_s`, the monotonic clock at which it was made."""

    status: Literal["ok", "degraded", "down"]
    now_s: float
    sampler: SamplerHealth
    recorder: RecorderHealth
    web: WebHealth


@dataclass(frozen=True)
class Observed:
    """What the live hub has seen last: `t_ns` monotonic, None for never.

    `problem`: an event of the recorder that was not understood; `silent`: channels without a
    trusted value; `recorder_alive`: its process is there; `unsteady`: channels that drop out
    again and again.
    """

    frame_t_ns: int | None
    recorder: HealthTold | None
    recorder_t_ns: int | None
    viewers: int
    problem: str = ""
    silent: tuple[str, ...] = ()
    recorder_alive: bool = True
    unsteady: tuple[str, ...] = ()


def health(status_path: Path, seen: Observed) -> Health:
    """How the rig is now."""
    now_ns = time.monotonic_ns()
    sampler, recorder = _sampler(status_path, seen, now_ns), _recorder(seen, now_ns)
    troubled = seen.silent or seen.unsteady
    status: Literal["ok", "degraded", "down"] = "degraded"
    if sampler.state == "down":
        status = "down"
    elif sampler.state == "running" and recorder.state == "ok" and not troubled:
        status = "ok"
    return Health(
        status=status,
        now_s=now_ns / 1e9,
        sampler=sampler,
        recorder=recorder,
        web=WebHealth(viewers=seen.viewers),
    )


def _sampler(status_path: Path, seen: Observed, now_ns: int) -> SamplerHealth:
    status, problem = _status(status_path)
    frame_age_s = _age_s(seen.frame_t_ns, now_ns)
    status_age_s = _age_s(status.t_ns if status else None, now_ns)
    return SamplerHealth(
        state=_sampler_state(frame_age_s, status_age_s),
        frame_age_ms=None if frame_age_s is None else round(1000 * frame_age_s),
        frames=status.frames if status else 0,
        rate_sps=status.rate_sps if status else {},
        counters=status.counters if status else {},
        late_us=plain(status.late_us) if status and status.late_us else {},
        warnings=(status.warnings if status else []) + problem + _troubles(seen),
    )


def _troubles(seen: Observed) -> list[str]:
    """What is wrong and what to do, a line a channel."""
    silent = [f"no signal from the {_spoken(name)}: check its plug" for name in seen.silent]
    unsteady = [
        f"the {_spoken(name)} drops out again and again: check its plug and its supply"
        for name in seen.unsteady
    ]
    return [f"{line}; hinge-rig doctor says more" for line in silent + unsteady]


def _spoken(channel: str) -> str:
    return channel.replace("_", " ")


def _status(path: Path) -> tuple[StatusPage | None, list[str]]:
    try:
        return read_page(path, StatusPage), []
    except RingError as error:
        return None, [str(error)]


def _sampler_state(
    frame_age_s: float | None, status_age_s: float | None
) -> Literal["running", "silent", "down"]:
    if frame_age_s is not None and frame_age_s < _FRAMES_LATE_S:
        return "running"
    return "silent" if status_age_s is not None and status_age_s < _SILENT_S else "down"


def _recorder(seen: Observed, now_ns: int) -> RecorderHealth:
    age_s, said = _age_s(seen.recorder_t_ns, now_ns), seen.recorder
    problem = [seen.problem] if seen.problem else []
    if said is not None and said.lag_frames > _MOST_LAG_FRAMES:
        late_s = said.lag_frames / 100
        problem.append(f"the recorder is {late_s:.0f} s behind: what is shown is old")
    if said is None or age_s is None or age_s >= _SILENT_S or not seen.recorder_alive:
        return RecorderHealth(state="down", lag_frames=None, problems=problem, temperature_c=None)
    return RecorderHealth(
        state="degraded" if problem else said.state,
        lag_frames=said.lag_frames,
        problems=said.problems + problem,
        temperature_c=said.temperature_c,
    )


def _age_s(t_ns: int | None, now_ns: int) -> float | None:
    return None if t_ns is None else max(0.0, (now_ns - t_ns) / 1e9)
