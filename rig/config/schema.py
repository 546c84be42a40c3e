"""The table of settings: name, default, range and help, section by section.

Keys carry their units. The documentation is checked against this module.
"""

from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from rig.config.cells import CellsSection, Nau7802Section, PinsSection, connection_problems
from rig.config.faults import wrong_fault
from rig.config.imu import ImuSection
from rig.config.judging import JudgingSection
from rig.config.setting import setting
from rig.system.log import LEVELS

PLATFORMS: Final = ("sim", "pi", "replay")
GPIO_BACKENDS: Final = ("auto", "rpi-gpio", "gpiod")
BUZZER_PATTERNS: Final[dict[str, tuple[int, ...]]] = {
    "tick": (40,),
    "warning": (120, 80, 120),
    "done": (400,),
}
"""Milliseconds on, off, on by name, as the control page asks for them."""
_STATE_DIR: Final = "~/.local/state/hinge-rig"


@dataclass(frozen=True)
class RigSection:
    """Which rig this is."""

    platform: str = setting("sim", "what the sampler reads", choices=PLATFORMS)
    id: str = setting("rig-1", "name of this rig in recordings and exports")


@dataclass(frozen=True)
class PathsSection:
    """Where things are kept."""

    state_dir: str = setting(_STATE_DIR, "database and recordings")
    run_dir: str = setting("", "rings, pages, sockets; empty: a directory of its own on tmpfs")


@dataclass(frozen=True)
class WebSection:
    """The web server."""

    host: str = setting("127.0.0.1", "address to listen on; only loopback until logins exist")
    port: int = setting(8000, "port to listen on", low=1, high=65535)
    allowed_hosts: list[str] = setting([], "host names accepted besides addresses and localhost")
    max_viewers: int = setting(20, "live pages at once, one of them the kiosk", low=2, high=28)


@dataclass(frozen=True)
class LogSection:
    """What the processes log to standard error."""

    level: str = setting("info", "from which level on", choices=LEVELS)


@dataclass(frozen=True)
class SamplerSection:
    """The sampling loop."""

    poll_us: int = setting(500, "time between looks at the chips' data lines", low=100, high=2000)
    priority: int = setting(40, "SCHED_FIFO priority; 0: normal scheduling", low=0, high=49)


@dataclass(frozen=True)
class GpioSection:
    """How a Raspberry Pi's pins are reached."""

    backend: str = setting(
        "auto", "auto: gpiod on a Raspberry Pi 5, else RPi.GPIO", choices=GPIO_BACKENDS
    )


@dataclass(frozen=True)
class BoardSection:
    """What is on the box; BCM pins, -1: not there."""

    buzzer_pin: int = setting(12, "active buzzer", low=-1, high=27)
    led_pin: int = setting(13, "status LED", low=-1, high=27)
    button_pin: int = setting(5, "button to ground", low=-1, high=27)

    w1_dir: str = setting(
        "/sys/bus/w1/devices", "where the kernel shows a DS18B20, if there is one"
    )

    def pins(self) -> dict[str, int]:
        """The pins that are used, by setting."""
        names = ("buzzer_pin", "led_pin", "button_pin")
        return {name: pin for name in names if (pin := getattr(self, name)) >= 0}


@dataclass(frozen=True)
class PadsSection:
    """The converter behind the pads."""

    i2c_bus: int = setting(1, "number of the I2C bus", low=0, high=255)
    i2c_address: int = setting(0x48, "address of the ADS1115", low=0x48, high=0x4B)


@dataclass(frozen=True)
class ContactSection:
    """When a pad counts as touching."""

    lost_below_n: float = setting(0.5, "contact is lost below this force", low=0.05, high=20)
    regained_above_n: float = setting(0.8, "and regained above this one", low=0.05, high=20)


@dataclass(frozen=True)
class SessionSection:
    """When sessions open and close."""

    close_after_empty_s: float = setting(60.0, "empty time that ends a session", low=2, high=3600)
    back_to_guest_after_s: float = setting(
        600.0,
        "empty time after which a named person gives way to a guest",
        low=10,
        high=86400,
    )
    preroll_s: float = setting(2.0, "recorded before a person steps on", low=0, high=30)


@dataclass(frozen=True)
class SimSection:
    """The simulated rig."""

    scenario: str = setting("first-steps", "what the simulated trainee does")
    seed: int = setting(1, "seed of everything random", low=0, high=2**31 - 1)
    preemptions_hz: float = setting(
        0.0, "how often the simulated wire holds the sampler up for 20 to 500 us", low=0, high=1000
    )
    faults: dict[str, str] = setting({}, "chip faults from the start, channel = fault")


@dataclass(frozen=True)
class ReplaySection:
    """Playing a recording through the rig; `hinge-rig replay` sets these."""

    file: str = setting("", "MCAP recording or raw CSV")
    speed: float = setting(1.0, "times real time; 0: as fast as it is recorded", low=0, high=1000)
    at_end: str = setting("stop", "what the rig does at the end", choices=("stop", "stay"))
    usual_drop_m: float = setting(0.0, "how deep the person usually bends", low=0, high=2)
    usual_deg: float = setting(0.0, "the same in degrees of the dowel", low=0, high=150)


@dataclass(frozen=True)
class StorageSection:
    """How long recordings are kept, and what happens when the disk fills up."""

    keep_raw_days: int = setting(
        0, "raw recordings are removed after this many days; 0: kept", low=0, high=36500
    )
    warn_below_mb: int = setting(1000, "less free space is a warning", low=0, high=10**6)
    stop_raw_below_mb: int = setting(
        200, "with less only repetitions are kept, no raw frames", low=0, high=10**6
    )


@dataclass(frozen=True)
class BackupSection:
    """What `hinge-rig backup` does."""

    dir: str = setting("", "where backups go; empty: `backups` in the state directory")
    keep: int = setting(7, "how many backups are kept", low=1, high=1000)


@dataclass(frozen=True)
class Config:
    """All settings."""

    rig: RigSection = field(default_factory=RigSection)
    paths: PathsSection = field(default_factory=PathsSection)
    web: WebSection = field(default_factory=WebSection)
    log: LogSection = field(default_factory=LogSection)
    sampler: SamplerSection = field(default_factory=SamplerSection)
    gpio: GpioSection = field(default_factory=GpioSection)
    cells: CellsSection = field(default_factory=CellsSection)
    pins: PinsSection = field(default_factory=PinsSection)
    nau7802: Nau7802Section = field(default_factory=Nau7802Section)
    board: BoardSection = field(default_factory=BoardSection)
    pads: PadsSection = field(default_factory=PadsSection)
    imu: ImuSection = field(default_factory=ImuSection)
    contact: ContactSection = field(default_factory=ContactSection)
    judging: JudgingSection = field(default_factory=JudgingSection)
    session: SessionSection = field(default_factory=SessionSection)
    sim: SimSection = field(default_factory=SimSection)
    replay: ReplaySection = field(default_factory=ReplaySection)
    storage: StorageSection = field(default_factory=StorageSection)
    backup: BackupSection = field(default_factory=BackupSection)

    @property
    def state_dir(self) -> Path:
        """The state directory as a path."""
        return Path(self.paths.state_dir).expanduser()

    @property
    def backup_dir(self) -> Path:
        """Where backups go."""
        return Path(self.backup.dir).expanduser() if self.backup.dir else self.state_dir / "backups"


def settings_table() -> dict[str, tuple["Field[Any]", Any]]:
    """Every setting by its dotted name, with its field and default."""
    table = {}
    defaults = Config()
    for section in fields(Config):
        values = getattr(defaults, section.name)
        for item in fields(values):
            table[f"{section.name}.{item.name}"] = (item, getattr(values, item.name))
    return table


def cross_checks(config: Config) -> list[tuple[str, str]]:
    """Mistakes that only show between settings, as (dotted name, what is wrong)."""
    wrong = []
    if config.contact.regained_above_n <= config.contact.lost_below_n:
        wrong.append(("contact.regained_above_n", "must be above contact.lost_below_n"))
    if config.judging.incomplete_below > config.judging.partial_below:
        wrong.append(("judging.incomplete_below", "must not be above judging.partial_below"))
    wrong += connection_problems(config.cells, config.pins, config.nau7802, config.board.pins())
    if config.rig.platform == "replay" and not config.replay.file:
        wrong.append(("replay.file", "must name what to replay: hinge-rig replay FILE"))
    converter = config.cells.converter
    problems = [wrong_fault(*item, converter) for item in config.sim.faults.items()]
    return wrong + [("sim.faults", problem) for problem in problems if problem]
