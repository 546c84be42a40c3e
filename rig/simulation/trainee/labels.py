"""What is true of a performance, in the contract's terms, for tests and for who develops on it."""

from dataclasses import dataclass
from typing import Any, Final

from rig.names import PADS
from rig.simulation.trainee.motion import RATE_HZ, RepTruth
from rig.simulation.trainee.performance import Performance

_EDGE: Final = 0.1353  # of a minimum-jerk movement has passed at 2 % of its way
_LOST_N, _REGAINED_N = 0.5, 0.8  # contract
_SHORTEST_S, _MERGED_S, _SLIP_S = 0.120, 0.080, 0.150  # contract


@dataclass(frozen=True)
class LossTruth:
    """A contact that was really lost; seconds from the script's start."""

    pad: str
    start_s: float
    end_s: float


def start_s(rep: RepTruth) -> float:
    """Where depth passes 2 % on the way down."""
    return rep.start_s + _EDGE * (rep.bottom_start_s - rep.start_s)


def end_s(rep: RepTruth) -> float:
    """Where depth passes 2 % on the way up."""
    return rep.end_s - _EDGE * (rep.end_s - rep.bottom_end_s)


def labels(performance: Performance) -> dict[str, Any]:
    """A JSON document: body weight, repetitions, contact losses."""
    return {
        "body_weight_n": performance.body_weight_n,
        "reps": [
            {
                "kind": rep.kind,
                "start_s": start_s(rep),
                "bottom_start_s": rep.bottom_start_s,
                "bottom_end_s": rep.bottom_end_s,
                "end_s": end_s(rep),
                "faults": list(rep.faults),
            }
            for rep in performance.reps
            if rep.kind != "none"
        ],
        "contact_losses": [vars(loss) for loss in true_losses(performance)],
    }


def true_losses(performance: Performance) -> list[LossTruth]:
    """Contacts lost while the dowel was held, by the contract's limits and times."""
    spans = [_spans(performance.pad_n[:, pad].tolist()) for pad in range(len(PADS))]
    losses = []
    for pad, mine in zip(PADS, spans, strict=True):
        for start, end in mine:
            others = [s for other in spans for s in other if abs(s[0] - start) <= _SLIP_S * RATE_HZ]
            if len(others) < len(PADS) and end - start >= _SHORTEST_S * RATE_HZ:
                losses.append(LossTruth(pad, start / RATE_HZ, end / RATE_HZ))
    return sorted(losses, key=lambda loss: loss.start_s)


def _spans(force_n: list[float]) -> list[tuple[int, int]]:
    """From below the one limit to above the other, after the first touch; short gaps merged."""
    spans: list[tuple[int, int]] = []
    touched, since = False, None
    for n, force in enumerate(force_n):
        if touched and since is None and force < _LOST_N:
            since = n
        elif force > _REGAINED_N:
            if since is not None:
                merged = bool(spans) and since - spans[-1][1] < _MERGED_S * RATE_HZ
                spans.append((spans.pop()[0] if merged else since, n))
            touched, since = True, None
    return spans  # what is never regained was put down
