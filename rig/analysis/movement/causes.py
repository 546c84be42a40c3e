"""What a pattern of lost contacts was caused by: all that fits, with how likely each is.

A dowel on three contacts says little of the spine's shape, but what it says follows from its
mechanics. Where the back rounds, the middle comes out and eases both ends; where only the pelvis
tucks, the tailbone leaves and the head hardly notices; in a bend from the waist the tailbone
leaves, the load goes to the toes and the body comes down little; a neck that flexes takes the head
off alone. How much each sign says is a model trained on simulated bodies (`causes.toml`, its card
is `docs/models.md`), *provisional*.
"""

from collections.abc import Mapping
from typing import Final, cast

from rig.analysis.movement.signs import Signs
from rig.analysis.movement.softmax import softmax
from rig.names import FaultName

_MODEL: Final = softmax("causes")
_TOGETHER: Final = "+"  # joins the faults of an answer of more than one
_NOTHING: Final = "nothing"  # a contact that went without a fault
CAUSES: Final = frozenset(_TOGETHER.join(_MODEL.answers).split(_TOGETHER)) - {_NOTHING}
_LIKE: Final = 0.3  # as likely as this, a second cause cannot be told from the first:
_TOLD: Final = 0.5  # it is reported with this confidence


def causes(seen: Signs) -> dict[FaultName, float]:
    """Causes of lost contacts with their confidences."""
    return together(likelihoods(_MODEL.probabilities(seen.values)))


def together(found: Mapping[FaultName, float]) -> dict[FaultName, float]:
    """Confidences from likelihoods: what cannot be told apart is told with the same."""
    return {name: _TOLD if _LIKE <= likely < _TOLD else likely for name, likely in found.items()}


def likelihoods(answers: Mapping[str, float]) -> dict[FaultName, float]:
    """How likely each fault is, from the probabilities of the model's answers."""
    found: dict[FaultName, float] = {}
    for answer, likely in answers.items():
        for name in answer.split(_TOGETHER):
            if name != _NOTHING:
                fault = cast("FaultName", name)
                found[fault] = found.get(fault, 0.0) + likely
    return found


def because(cause: FaultName, seen: Signs) -> list[str]:
    """The signs that speak most for a cause, as `middle low`."""
    return _MODEL.reasons(cause, seen.values)
