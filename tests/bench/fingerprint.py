"""`python -m tests.bench fingerprint`: one hash of what the analysis says of the library.

Run before and after a change that must not alter the analysis: equal hashes, equal bytes.
"""

import argparse
import hashlib
import json
from dataclasses import asdict

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.library import Scenario, scenarios
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of all signals and events of a scenario, fed in one block."""
    seed = scenario.seed
    frames = frames_of(scenario.perform(), true_rig(seed), seed)
    output = Pipeline(tared_calibration(seed), AnalysisSettings()).feed(frames)
    found = hashlib.sha256(b"".join(output.signals[name].tobytes() for name in _SIGNALS))
    for event in output.events:
        found.update(json.dumps(asdict(event), default=asdict, sort_keys=True).encode())
    return found.hexdigest()


_SIGNALS = ("cell_n", "fz_n", "heel_share", "cop_ml_mm", "cop_ap_mm", "pad_n", "contact")


def main(arguments: list[str]) -> None:
    """Print the hash of each group of scenarios and of all together."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench fingerprint")
    parser.add_argument("--each", type=int, default=3, help="scenarios of each group (default 3)")
    parser.add_argument("--seed", type=int, default=0, help="of the library (default 0)")
    options = parser.parse_args(arguments)
    every = hashlib.sha256()
    for scenario in scenarios(options.each, options.seed):
        one = fingerprint(scenario)
        every.update(one.encode())
        print(f"{scenario.name:24} {one[:16]}", flush=True)
    print(f"{'all':24} {every.hexdigest()[:16]}")
