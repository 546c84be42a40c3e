"""What a model is worth on examples."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from rig.analysis.movement.softmax import Softmax
from rig.names import FaultName
from tests.support.scoring import Count
from tests.training.examples import Example

Signs = Mapping[str, float]

_CAUSES: tuple[FaultName, ...] = (
    "rounding", "waist_bend", "pelvic_tuck", "chin_tuck", "arching",
)  # fmt: skip
_TOLD = 0.3  # from here on a cause is told (with 0.5)
_LOST = 0.01  # of hinges that may be called squats


def cause_figures(
    likely: Callable[[Signs], Mapping[FaultName, float]], examples: Sequence[Example]
) -> Iterator[str]:
    """F1 of each cause where contacts were lost, how often the surest was right, calibration."""
    counts, sure = {name: Count() for name in _CAUSES}, Counter[tuple[int, bool]]()
    surest = Counter[bool]()
    for example in examples:
        if example.cause_signs is None or example.squat:
            continue
        found = likely(known(example.cause_signs))
        true = example.faults & set(_CAUSES)
        fine = true | example.allowed
        for name, count in counts.items():
            told = found.get(name, 0.0) >= _TOLD
            count.tp += told and name in true
            count.fn += not told and name in true
            count.fp += told and name not in fine
        best = max(found, key=lambda name: found[name])
        surest[(best in fine) if found[best] >= _TOLD else not true] += 1
        for name, probability in found.items():
            if probability >= _TOLD:
                sure[min(int(probability * 10), 9), name in fine] += 1
    f1 = {name: count.f1 for name, count in counts.items()}
    yield " ".join(f"{name} {value:.2f}" for name, value in f1.items())
    yield f"macro F1 {np.mean(list(f1.values())):.3f}, surest right {_share(surest):.3f}"
    yield "told with: " + ", ".join(
        f"{tenth / 10:.1f} right {_share(Counter({k: sure[tenth, k] for k in (True, False)})):.2f}"
        f" of {sure[tenth, True] + sure[tenth, False]}"
        for tenth in sorted({tenth for tenth, _ in sure})
    )


def squat_figures(model: Softmax, examples: Sequence[Example]) -> Iterator[str]:
    """How many squats are found where one hinge in a hundred is lost, and how many are told."""
    likely = np.array([model.probabilities(known(one.kind_signs))["squat"] for one in examples])
    squats = np.array([one.squat for one in examples])
    hinges, told = np.sort(likely[~squats]), likely >= 0.9
    limit = hinges[int((1 - _LOST) * len(hinges))]
    yield (
        f"{squats.sum()} squats, {len(hinges)} hinges: {np.mean(likely[squats] > limit):.2f} found"
        f" at 1 % lost; told with 0.9: {told[squats].mean():.2f} of squats,"
        f" {told[~squats].mean():.4f} of hinges"
    )


def known(signs: Mapping[str, float | None]) -> dict[str, float]:
    """With NaN for what is not known."""
    return {name: math.nan if value is None else value for name, value in signs.items()}


def _share(right: Counter[bool]) -> float:
    return right[True] / max(right.total(), 1)
