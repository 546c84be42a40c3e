"""The real sampler on simulated wires in virtual time, and a calibration that fits the rig."""

from pathlib import Path

from drivers.sim.clock import VirtualClock
from rig.calibration import Calibration
from rig.config import Config, load_config
from rig.handover.control_page import Buzz, ContactLimits, ControlPage
from rig.handover.page import PageWriter
from rig.handover.run_dir import RunDir
from rig.sampler.loop import Sampler
from rig.sampler.platform import Platform, build_drivers
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim

_PIN_CALL_NS = 1_000


def sim_config(tmp_path: Path, **settings: object) -> Config:
    """A simulated rig whose files lie in `tmp_path`; settings with `__` for the dot."""
    given = {name.replace("__", "."): value for name, value in settings.items()}
    return load_config(None, {}, {"paths.state_dir": str(tmp_path / "state"), **given})


class VirtualRig:
    """A sampler that is stepped by hand; `run` lets virtual seconds pass."""

    def __init__(self, tmp_path: Path, config: Config | None = None) -> None:
        self.config = config or sim_config(tmp_path)
        self.clock = VirtualClock()
        self.wires = open_sim(self.config, self.clock, lambda: self.clock.advance(_PIN_CALL_NS))
        self.run_dir = RunDir(tmp_path / "run")
        self.run_dir.make()
        wires = self.wires
        self.drivers = build_drivers(self.config, wires.pins, wires.open_bus, self.clock)
        platform = Platform(wires.pins, self.drivers, self.clock, wires.faults.ask, wires.tick)
        self.sampler = Sampler(self.config, platform, self.run_dir, Realtime())
        self.sampler.open()

    def run(self, seconds: float) -> None:
        """Step the sampler for so many virtual seconds."""
        end_ns = self.clock.now_ns() + round(seconds * 1e9)
        while self.clock.now_ns() < end_ns:
            self.sampler.step()
            self.clock.sleep_until(self.sampler.next_poll_ns)

    def control(self, calibration: Calibration, generation: int = 1, **faults: str) -> None:
        """Write the control page as the recorder would."""
        write_control(self.run_dir, calibration, generation, **faults)


def write_control(
    run_dir: RunDir, calibration: Calibration, generation: int = 1, **faults: str
) -> None:
    """Write a control page as the recorder would."""
    document = ControlPage(
        cal=generation,
        calibration=calibration.to_json(),
        contact=ContactLimits(lost_below_n=0.5, regained_above_n=0.8),
        muted=False,
        buzzer=Buzz(pattern="tick", number=0),
        sim_faults=faults,
    )
    writer = PageWriter(run_dir.control)
    writer.write(document)
    writer.close()
