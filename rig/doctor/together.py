"""What is wrong with several cells at once says more than what is wrong with each. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from rig.doctor.figures import ChannelFigures
from rig.doctor.verdicts import judge_cell
from rig.doctor.words import LOST_POWER, SUPPLY, TIED, Finding

_DIPS: Final = 2  # doubtful conversions of a cell during the check; provisional


def judge_cells(figures: Mapping[str, ChannelFigures]) -> dict[str, list[Finding]]:
    """Findings for all cells, the gravest first."""
    tied = [name for name, one in figures.items() if one.state == TIED]
    dipped = [name for name, one in figures.items() if _lost_power(one) >= _DIPS]
    return {
        name: [_in_company(name, finding, one, tied, dipped) for finding in judge_cell(one)]
        for name, one in figures.items()
    }


def _in_company(
    name: str, finding: Finding, figures: ChannelFigures, tied: list[str], dipped: list[str]
) -> Finding:
    if name in tied and len(tied) > 1:
        others = " or ".join(other for other in tied if other != name)
        return replace(finding, what=f"{finding.what}: {others}")
    if name in dipped and len(dipped) > 1 and _is_of_power(finding, figures):
        cause, cure = SUPPLY
        return replace(finding, cause=cause.format(cells=", ".join(dipped)), cure=cure)
    return finding


def _lost_power(figures: ChannelFigures) -> int:
    return sum(count for reason, count in figures.doubtful.items() if reason in LOST_POWER)


def _is_of_power(finding: Finding, figures: ChannelFigures) -> bool:
    most = max(figures.doubtful, key=lambda reason: figures.doubtful[reason], default="")
    return most in LOST_POWER and f"'{most}'" in finding.what
