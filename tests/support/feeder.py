"""Stands in for sampler and recorder: writes LIVE rows, events and the status page.

The rings, pages and plate geometry are the product's own; only the person is made up.
"""

import itertools
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np

from rig.analysis.balance.forces import PlateGeometry
from rig.calibration import typical_calibration
from rig.frames import LIVE, Flag, LiveBlock
from rig.handover.event_ring import AnyTold, EventWriter
from rig.handover.frame_ring import FrameWriter
from rig.handover.message import decoded, encoded
from rig.handover.page import PageWriter
from rig.handover.run_dir import RunDir
from rig.handover.status_page import ChannelStatus, Lateness, StatusPage
from rig.names import CHANNELS, FORCE_CHANNELS
from tests.support.pads import pads
from tests.support.repetitions import a_rep

ALL_VALID = (1 << len(FORCE_CHANNELS)) - 1
_GEOMETRY = PlateGeometry(typical_calibration("t", id="t", created_utc="t"), body_on_n=100.0)
_STANDING = (185.0, 165.0, 190.0, 160.0)
_CONTACTS = pads(4.0, head=2.0, mid_back=8.0)


def live_rows(
    first_seq: int,
    count: int = 1,
    *,
    t_ns: int | None = None,
    cell_n: Sequence[float] = _STANDING,
    pad_n: Sequence[float] = _CONTACTS,
    lean_deg: float = np.nan,
) -> LiveBlock:
    """Rows of LIVE, 10 ms apart, the last one now or at `t_ns`; what is NaN is not known."""
    rows = np.zeros(count, LIVE)
    seqs = np.arange(first_seq, first_seq + count)
    rows["frame"]["seq"] = seqs
    newest = time.monotonic_ns() if t_ns is None else t_ns
    rows["frame"]["t_ns"] = newest - (seqs[-1] - seqs) * 10_000_000
    rows["frame"]["flags"][:, CHANNELS.index("imu")] = Flag.ABSENT
    signals = rows["signals"]
    _GEOMETRY.fill(signals, np.tile(np.asarray(cell_n, float), (count, 1)))
    signals["pad_n"] = pad_n
    signals["inclination_deg"] = signals["inclination_sd_deg"] = lean_deg
    signals["contact"] = np.nan_to_num(np.asarray(pad_n, float)) > 0.5
    known = np.isfinite([*cell_n, *pad_n])
    signals["valid"] = sum(1 << bit for bit, good in enumerate(known) if good)
    return rows


@dataclass
class Scene:
    """What the made-up person does; forces in newtons, NaN for a sensor that is not trusted."""

    flow: str = "set"
    phase: str = "standing"
    rep_count: int = 0
    cell_n: Sequence[float] = _STANDING
    pad_n: Sequence[float] = _CONTACTS
    extra: dict[str, Any] = field(default_factory=dict)
    lean_deg: float = np.nan
    number: int = field(default_factory=itertools.count(1).__next__)

    @property
    def person_id(self) -> str:
        """Who is there in this scene."""
        return f"P-{self.number:04}"

    def state(self) -> dict[str, Any]:
        """The recorder's `state` event."""
        return {
            "type": "state",
            "t_ns": time.monotonic_ns(),
            "flow": self.flow,
            "flow_since_s": time.monotonic(),
            "flow_until_s": None,
            "cue": None,
            "qualities": [3] * self.rep_count,
            "best_streak": self.rep_count,
            "work_on": None,
            "pain": False,
            "discarded": False,
            "band_mm": [-15, 15, -30, 30],
            "plates_mm": [[-125, -80], [-125, 80], [125, -80], [125, 80]],
            "tempo_s": [2, 1, 2, 1],
            "silent": False,
            "phase": self.phase,
            "phase_since_s": time.monotonic(),
            "session_id": None,
            "set_index": 0,
            "rep_count": self.rep_count,
            "person_id": self.person_id,  # another in each scene: by it tests know what they see
            "person_name": None,
            "drill": "hinge",
            "body_weight_n": 700.0,
            "weighing_failed": None,
            "dowel": True,
            "load_kg": 0.0,
            "heel_block_mm": 0.0,
            "muted": False,
            "calibrated": True,
            **self.extra,
        }


def rep_told(rep: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The recorder's `rep` event, for a repetition that differs from a clean hinge by `rep`."""
    event: dict[str, Any] = {
        "type": "rep", "rep_id": "r1", "session_id": "s", "set_index": 1, "rep_index": 1,
        "counted": True, "rep_count": 1, "quality": 3, "rep": {**asdict(a_rep(1, 1.0)), **rep},
    }  # fmt: skip
    return {**event, **changes}


HEALTHY: Final[dict[str, Any]] = {
    "type": "health", "state": "ok", "lag_frames": 1, "next_seq": 0, "problems": [],
    "temperature_c": None,
}  # fmt: skip


class FedRig:
    """The writers' side of a run directory."""

    def __init__(self, run_dir: RunDir) -> None:
        run_dir.make()
        self.frames = FrameWriter(run_dir.frames, slots=4096)
        self.events = EventWriter(run_dir.events)
        self.status = PageWriter(run_dir.status)

    def sample(self, scene: Scene, count: int = 1, behind_s: float = 0.0) -> None:
        """Append frames, the newest of them `behind_s` old."""
        rows = live_rows(
            self.frames.head,
            count,
            t_ns=time.monotonic_ns() - int(behind_s * 1e9),
            cell_n=scene.cell_n,
            pad_n=scene.pad_n,
            lean_deg=scene.lean_deg,
        )
        self.frames.append(rows)

    def say(self, event: dict[str, Any]) -> None:
        """Append an event that is one of those that there are."""
        message = {"t_ns": time.monotonic_ns(), **event}
        self.events.append(decoded(encoded(message), AnyTold, "fed"))

    def renew(self) -> None:
        """What the sampler renews each second."""
        self.status.write(
            StatusPage(
                pid=1,
                platform="sim",
                state="running",
                t_ns=time.monotonic_ns(),
                epoch=1,
                cal=1,
                frames=self.frames.head,
                rate_sps=dict.fromkeys(FORCE_CHANNELS, 80.0),
                counters={
                    name: ChannelStatus(delivered=self.frames.head) for name in FORCE_CHANNELS
                },
                late_us=Lateness(p50=60, p99=210, max=700),
                warnings=[],
            )
        )

    def close(self) -> None:
        """Let go of the files."""
        for writer in (self.frames, self.events, self.status):
            writer.close()


class Feeder:
    """Feeds a rig 100 frames a second from a thread, as `scene` says at each moment."""

    def __init__(self, run_dir: RunDir, scene: Scene | None = None) -> None:
        self.rig = FedRig(run_dir)
        self.scene = scene or Scene()
        self.moving = True  # hinge all the time: forces, phase and rep count change
        self.sampling = self.recording = True
        self.behind_s = 0.0  # how old the newest frame is
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Feeder":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.rig.close()

    def _run(self) -> None:
        start, made, spoken = time.monotonic(), 0, -1
        while not self._stop.wait(0.01):
            elapsed, scene = time.monotonic() - start, self.scene
            if self.moving:
                hinge(scene, elapsed)
            due = int(elapsed * 100) - made
            made += due
            if self.sampling and due:
                self.rig.sample(scene, due, self.behind_s)
            if int(elapsed * 10) != spoken:
                spoken = int(elapsed * 10)
                self._speak(scene)

    def _speak(self, scene: Scene) -> None:
        if self.sampling:
            self.rig.renew()
        if self.recording:
            self.rig.say(scene.state())
            self.rig.say(HEALTHY)


def hinge(scene: Scene, elapsed_s: float) -> None:
    """Where someone is who takes four seconds for each hinge."""
    turn = elapsed_s / 4 % 1
    depth = (1 - math.cos(2 * math.pi * turn)) / 2
    sway = 8 * math.sin(elapsed_s * 1.7) + 3 * math.sin(elapsed_s * 5.1)
    heel, side = 375 + 90 * depth + sway, 6 * math.sin(elapsed_s * 0.9)
    total = 700 + 25 * math.sin(2 * math.pi * turn)
    toe = total - heel
    scene.cell_n = (heel / 2 - side, toe / 2 - side, heel / 2 + side, toe / 2 + side)
    tailbone = 4.0 if depth < 0.8 else 0.2
    scene.pad_n = pads(4.0, head=2.0, mid_back=8.0 + depth, tailbone=tailbone)
    scene.rep_count = int(elapsed_s / 4)
    scene.phase = (
        "bottom"
        if depth > 0.95
        else "standing"
        if depth < 0.03
        else "eccentric"
        if turn < 0.5
        else "concentric"
    )
