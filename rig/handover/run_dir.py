"""The run directory on tmpfs and the names in it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from rig.system.private import refuse_foreign


@dataclass(frozen=True)
class RunDir:
    """Where rings, pages and sockets of one running rig lie."""

    path: Path

    @property
    def frames(self) -> Path:
        """The frame ring, written by the sampler."""
        return self.path / "frames.ring"

    @property
    def events(self) -> Path:
        """The event ring, written by the recorder."""
        return self.path / "events.ring"

    @property
    def status(self) -> Path:
        """The sampler's status page."""
        return self.path / "status.page"

    @property
    def control(self) -> Path:
        """The control page, written by the recorder, followed by the sampler."""
        return self.path / "control.page"

    @property
    def socket(self) -> Path:
        """The recorder's command socket."""
        return self.path / "recorder.sock"

    @property
    def trainee(self) -> Path:
        """Since when the simulated trainee is there, written by the first sampler."""
        return self.path / "trainee.page"

    @property
    def sim_sensors(self) -> Path:
        """Where the simulated rig's temperature sensors are, as the kernel shows real ones."""
        return self.path / "w1"

    def make(self) -> None:
        """Create the directory for this user only; `StorageError` if it is somebody else's."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        refuse_foreign(self.path)


def default_run_dir(state_dir: Path) -> RunDir:
    """The run directory that belongs to a state directory: one per state directory, on tmpfs.

    `RUNTIME_DIRECTORY` (set by systemd) wins; else `/dev/shm`, which every Linux has as tmpfs.
    """
    given = os.environ.get("RUNTIME_DIRECTORY")
    if given:
        return RunDir(Path(given))
    digest = hashlib.sha256(str(state_dir.resolve()).encode()).hexdigest()[:12]
    return RunDir(Path("/dev/shm") / f"hinge-rig-{os.getuid()}-{digest}")
