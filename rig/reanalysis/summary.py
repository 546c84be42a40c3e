"""The contract's answer of `analyze`, gathered block by block."""

from collections import Counter
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from rig.analysis.events import Event
from rig.analysis.pipeline import Output
from rig.finite import finite
from rig.frames import TICK_NS, Block, Flag, Forces
from rig.names import CELLS, CHANNELS, PADS
from rig.repetition import Rep

_GAP_NS: Final = 5 * TICK_NS  # a longer step between frames is a gap


class Summary:
    """Takes each block with its output; `to_json` is the contract's document."""

    def __init__(self) -> None:
        self._first_t_ns = 0
        self._last_t_ns: int | None = None
        self._frames = self._gaps = 0
        self._valid = np.zeros(len(CHANNELS), np.int64)
        self._flags: list[Counter[str]] = [Counter() for _ in CHANNELS]
        self._events: list[Event] = []

    def add(self, block: Block | Forces, output: Output) -> None:
        """Take the next block."""
        if not len(block):
            return
        t = block["t_ns"]
        if self._last_t_ns is None:
            self._first_t_ns = self._last_t_ns = int(t[0])
        steps = np.diff(t, prepend=self._last_t_ns)
        self._gaps += int((steps > _GAP_NS).sum())
        self._last_t_ns = int(t[-1])
        self._frames += len(block)
        self._count_channels(block)
        self._count_jumps(output.jumps)
        self._events += output.events

    def to_json(self) -> dict[str, Any]:
        """The document; times are those of the file, numbers finite or null."""
        weights = [e.values["rep"].body_weight_n for e in self._events if e.name == "rep"]
        weighed = [e.values["body_weight_n"] for e in self._events if e.name == "weighed"]
        document = {
            "version": 1,
            "duration_s": ((self._last_t_ns or 0) - self._first_t_ns) * 1e-9,
            "body_weight_n": next(reversed(weighed or weights), None),
            "reps": [_rep(e.values["rep"]) for e in self._events if e.name == "rep"],
            "contact_losses": self._losses(),
            "events": [_event(event) for event in self._events if event.name != "rep"],
            "quality": {
                "frames": self._frames,
                "gaps": self._gaps,
                "per_channel": {
                    name: {"valid": int(valid), "flags": dict(flags)}
                    for name, valid, flags in zip(CHANNELS, self._valid, self._flags, strict=True)
                },
            },
        }
        if not self._valid[: len(CELLS)].any():
            document["note"] = "no valid conversion of any cell: nothing could be analysed"
        answer: dict[str, Any] = finite(document)
        return answer

    def _count_channels(self, block: Block | Forces) -> None:
        if "flags" not in (block.dtype.names or ()):
            inertial = block["imu_values"][:, :1]
            forces = np.concatenate([block["cell_n"], block["pad_n"], inertial], axis=1)
            self._valid += np.isfinite(forces).sum(axis=0)
            return
        self._valid += (block["flags"] == 0).sum(axis=0)
        for flag in Flag:
            for channel, count in enumerate((block["flags"] & flag != 0).sum(axis=0).tolist()):
                if count and flag is not Flag.NONE:
                    self._flags[channel][flag.name or str(flag)] += count

    def _count_jumps(self, jumps: tuple[int, ...]) -> None:
        """Wrong conversions of cells, which only their neighbours show."""
        for channel, count in enumerate(jumps):
            if count:
                self._flags[channel]["JUMP"] += count
                self._valid[channel] -= count

    def _losses(self) -> list[dict[str, Any]]:
        """Ended losses, and those that were confirmed and had not ended when the file did."""
        losses = []
        open_since: dict[str, float] = {}
        for event in self._events:
            pad = event.values.get("pad", "")
            if event.name == "contact_lost":
                open_since[pad] = event.values["noticed_s"]
            elif event.name == "contact_regained":
                open_since.pop(pad, None)
                losses.append(_loss(pad, event.values["start_s"], event.values["end_s"]))
            elif event.name == "dowel_off":
                open_since.clear()
        end_s = ((self._last_t_ns or 0) - self._first_t_ns) * 1e-9
        losses += [_loss(pad, since, end_s) for pad, since in open_since.items()]
        return sorted(losses, key=lambda loss: float(loss["start_s"]))


def _loss(pad: str, start_s: float, end_s: float) -> dict[str, Any]:
    return {"pad": pad, "start_s": start_s, "end_s": end_s, "noticed_s": start_s}


def _event(event: Event) -> dict[str, Any]:
    return {"t_s": event.t_ns * 1e-9, "name": event.name, **event.values}


def _rep(rep: Rep) -> dict[str, Any]:
    document = asdict(rep)
    for name in ("drop_m", "body_weight_n", "first_loss", "first_loss_phase"):
        del document[name]
    return {
        **document,
        "eccentric_s": rep.eccentric_s,
        "pause_s": rep.pause_s,
        "concentric_s": rep.concentric_s,
        "contact_kept_pct": dict(zip(PADS, rep.contact_kept_pct, strict=True)),
    }
