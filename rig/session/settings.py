"""What a rig's configuration says about the analysis."""

from collections.abc import Mapping
from typing import Any

from rig.analysis.settings import AnalysisSettings


def analysis_settings(configuration: Mapping[str, Any]) -> AnalysisSettings:
    """What a configuration (`asdict(Config)`, here or in a recording) says about the analysis."""
    contact = configuration["contact"]
    return AnalysisSettings(
        contact_lost_n=contact["lost_below_n"], contact_regained_n=contact["regained_above_n"]
    )
