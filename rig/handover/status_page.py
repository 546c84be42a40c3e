"""The status page: what the sampler knows about its chips and itself, renewed each second."""

from typing import Literal

from msgspec import UNSET, UnsetType, field

from rig.handover.message import Message


class ChannelStatus(Message, frozen=True):
    """State and counters of a channel; a converter's own counters are left out where it has none.

    States and reasons are in `docs/drivers.md`.
    """

    delivered: int
    state: str | UnsetType = UNSET
    recoveries: int | UnsetType = UNSET
    saturated: int | UnsetType = UNSET
    settling: int | UnsetType = UNSET
    doubtful: dict[str, int] | UnsetType = UNSET
    longest_pulse_us: float | UnsetType = UNSET
    scans: int | UnsetType = UNSET
    skipped_ticks: int | UnsetType = UNSET
    retries: int | UnsetType = UNSET
    transfer_us: float | UnsetType = UNSET
    conversion_us: float | UnsetType = UNSET
    answers_at: int | UnsetType = UNSET
    bus_errors: dict[str, int] | UnsetType = UNSET
    driver: str | UnsetType = UNSET
    chip: str | UnsetType = UNSET
    temperature_c: float | UnsetType = UNSET
    clock_ppm: int | UnsetType = UNSET
    self_test: str | UnsetType = UNSET


class PulseTimes(Message, frozen=True):
    """The clock pulses that were timed at the start, and how many were too long."""

    pulses: int
    median_us: float
    longest_us: float
    too_long: int


class RealtimeStatus(Message, frozen=True):
    """Whether the kernel gave real-time priority and locked memory."""

    fifo: bool
    locked: bool


class Lateness(Message, frozen=True):
    """How much later than planned the polls of the last second came, in microseconds."""

    p50: float
    p99: float
    max: float


class StatusPage(Message, frozen=True):
    """The page's document; a replay has no chips and so no rates, pulses and lateness."""

    pid: int
    platform: str
    state: Literal["running"]
    t_ns: int
    epoch: int
    frames: int
    cal: int
    counters: dict[str, ChannelStatus]
    warnings: list[str]
    stalls: int = 0
    rate_sps: dict[str, float] = field(default_factory=dict)
    pulse: PulseTimes | None = None
    realtime: RealtimeStatus | None = None
    late_us: Lateness | None = None
