"""From a rig's settings to those of the analysis."""

from dataclasses import asdict

from rig.analysis.settings import AnalysisSettings
from rig.config import Config, load_config
from rig.session.settings import analysis_settings


def test_the_settings_defaults_are_those_of_the_analysis():
    assert analysis_settings(asdict(Config())) == AnalysisSettings()


def test_what_was_recorded_before_it_could_be_set_is_judged_by_the_defaults():
    configuration = asdict(Config())
    del configuration["judging"]
    assert analysis_settings(configuration) == AnalysisSettings()


def test_every_setting_reaches_what_it_is_for():
    config = load_config(
        environment={},
        overrides={
            "contact.lost_below_n": 0.4,
            "contact.regained_above_n": 0.9,
            "judging.partial_below": 0.9,
            "judging.incomplete_below": 0.5,
            "judging.toe_weight_below": 0.25,
            "judging.side_shift_above": 0.1,
            "judging.heel_lift_below": 0.02,
        },
    )
    found = analysis_settings(asdict(config))
    assert (found.balance.contact_lost_n, found.balance.contact_regained_n) == (0.4, 0.9)
    assert (found.repetitions.partial_below, found.repetitions.incomplete_below) == (0.9, 0.5)
    assert (found.faults.toe_weight, found.faults.side_shift, found.faults.heel_lift) == (
        0.25, 0.1, 0.02,
    )  # fmt: skip
