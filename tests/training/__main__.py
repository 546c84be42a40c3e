"""`python -m tests.training causes|squat`: trains a model, says what it is worth, writes it.

Trained on people of the repository's body models, drawn from `--seed`, and on libraries of other
bodies where `--bodies` names some; looked at on people of another seed, and on `--look-at`.
"""

import argparse
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rig.analysis.movement.causes import likelihoods
from rig.analysis.movement.softmax import Softmax
from tests.training.examples import Example, of_bodies, of_the_repository
from tests.training.figures import cause_figures, squat_figures
from tests.training.fit import fitted, text

_MODELS = Path("rig/analysis/movement")
_SQUATS = 0.1  # of bends, whatever the share among those learned from

_ABOUT = """{title}
Weights of a multinomial logistic model for signs in their usual spread; what it is good for and
where it was looked at stands in docs/models.md. Made by:
python -m tests.training {command}"""
_TITLES = {
    "causes": "What a pattern of lost contacts was caused by.",
    "squat": "Whether a bend is one of the knees.",
}


def answer_of(example: Example) -> str:
    """What the model of causes should say."""
    for fault in ("arching", "waist_bend", "rounding"):
        if fault in example.faults:
            return fault
    necks = [name for name in ("chin_tuck", "pelvic_tuck") if name in example.faults]
    return "+".join(necks) or "nothing"


def fit_for(name: str, examples: Iterable[Example]) -> list[Example]:
    """Those from which a model can learn: causes are of hinges that lost a contact."""
    if name == "squat":
        return list(examples)
    return [one for one in examples if one.cause_signs is not None and not one.squat]


def balanced(ours: list[Example], others: list[Example]) -> list[Example]:
    """Both, the fewer again and again: one opinion counts as much as the other."""
    fewer, more = sorted((ours, others), key=len)
    return more + fewer * max(round(len(more) / max(len(fewer), 1)), 1)


def trained_causes(examples: Sequence[Example]) -> Mapping[str, Mapping[str, object]]:
    """From repetitions with lost contacts, which all examples must be."""
    return fitted([one.cause_signs or {} for one in examples], [answer_of(one) for one in examples])


def trained_squat(examples: Sequence[Example]) -> Mapping[str, Mapping[str, object]]:
    """From all, with squats as frequent as is assumed of people."""
    knees = ["squat" if one.squat else "hinge" for one in examples]
    squats = knees.count("squat")
    times = max(round(_SQUATS / (1 - _SQUATS) * (len(knees) - squats) / max(squats, 1)), 1)
    chosen = [n for n, kind in enumerate(knees) for _ in range(times if kind == "squat" else 1)]
    return fitted([examples[n].kind_signs for n in chosen], [knees[n] for n in chosen])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.training", description=__doc__)
    parser.add_argument("model", choices=_TITLES)
    parser.add_argument("--each", type=int, default=60, help="people of each body model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bodies", type=Path, nargs="*", default=[], help="libraries to learn too")
    parser.add_argument("--look-at", type=Path, nargs="*", default=[], help="libraries to look at")
    parser.add_argument("--write", action="store_true", help="into rig/analysis/movement")
    options = parser.parse_args(arguments)
    ours = of_the_repository(options.each, options.seed)
    learned = balanced(
        *(fit_for(options.model, them) for them in (ours, of_bodies(options.bodies)))
    )
    train = trained_causes if options.model == "causes" else trained_squat
    about = _ABOUT.format(title=_TITLES[options.model], command=_command(options))
    written = text(train(learned), about)
    model = Softmax(**tomllib.loads(written))
    _look(options.model, "learned from", model, learned)
    others = of_the_repository(max(options.each // 4, 1), options.seed + 1000)
    _look(options.model, "other people of the repository", model, list(others))
    for path in options.look_at:
        _look(options.model, path.name, model, list(of_bodies([path])))
    if options.write:
        (_MODELS / f"{options.model}.toml").write_text(written)


def _command(options: argparse.Namespace) -> str:
    names = [path.name for path in options.bodies]
    more = f" --bodies {' '.join(names)}" if names else ""
    return f"{options.model} --each {options.each} --seed {options.seed}{more} --write"


def _look(name: str, where: str, model: Softmax, examples: Sequence[Example]) -> None:
    print(f"## {where}")
    if name == "squat":
        lines = squat_figures(model, examples)
    else:
        lines = cause_figures(lambda signs: likelihoods(model.probabilities(signs)), examples)
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
