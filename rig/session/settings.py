"""What a rig's configuration says about the analysis."""

from collections.abc import Mapping
from typing import Any

from rig.analysis.settings import (
    AnalysisSettings,
    BalanceSettings,
    FaultSettings,
    RepetitionSettings,
)


def analysis_settings(configuration: Mapping[str, Any]) -> AnalysisSettings:
    """What a configuration (`asdict(Config)`, here or in a recording) says about the analysis.

    Recordings from before there was a section `judging` were judged by its defaults.
    """
    contact, judging = configuration["contact"], configuration.get("judging")
    balance = BalanceSettings(
        contact_lost_n=contact["lost_below_n"], contact_regained_n=contact["regained_above_n"]
    )
    if judging is None:
        return AnalysisSettings(balance=balance)
    return AnalysisSettings(
        balance=balance,
        repetitions=RepetitionSettings(
            partial_below=judging["partial_below"], incomplete_below=judging["incomplete_below"]
        ),
        faults=FaultSettings(
            toe_weight=judging["toe_weight_below"],
            side_shift=judging["side_shift_above"],
            heel_lift=judging["heel_lift_below"],
        ),
    )
