"""This machine's Debian as a root file system of a Raspberry Pi, to be changed and thrown away.

An overlay in a mount namespace of its own: what is written goes to memory and away with it. It has
a board's description and Raspberry Pi OS's marks, and says that it is arm64; everything else (apt,
pip, Python, compiler, useradd, systemctl) is real.
"""

import subprocess
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
BOARD = "Raspberry Pi 4 Model B Rev 1.5"
BOOT_CONFIG = "# made by the imager\ndtparam=audio=on\n\n[all]\nenable_uart=1\n"
_PARTS = ("drivers", "rig", "webui", "hardware", "docs")
_FILES = ("setup.cfg", "pyproject.toml", "constraints.txt", "README.md", "LICENSE")

_SET_UP = r"""
set -eu
mount -t tmpfs -o mode=755 tmpfs "$1"
cd "$1"
mkdir changed work root
mount -t overlay overlay -o "lowerdir=${2:-/},upperdir=$1/changed,workdir=$1/work" root
cp --dereference --remove-destination /etc/resolv.conf root/etc/resolv.conf
cd root
mount --rbind /dev dev
mkdir -p sys/firmware/devicetree/base boot/firmware usr/local/bin tmp mnt/project
chmod 1777 tmp
printf '%s\0' "$BOARD" >sys/firmware/devicetree/base/model
printf '%s' "$BOOT_CONFIG" >boot/firmware/config.txt
touch etc/rpi-issue
cat >usr/local/bin/dpkg <<'TEXT'
#!/bin/sh
# This board's word for its architecture; everything else is dpkg's.
case "$*" in --print-architecture) echo arm64 ;; *) exec /usr/bin/dpkg "$@" ;; esac
TEXT
chmod +x usr/local/bin/dpkg
echo ready
exec sleep infinity
"""

_BOARD_IN_SYSFS = f"""mount -t tmpfs tmpfs /sys/firmware
mkdir -p /sys/firmware/devicetree/base
printf '%s\\0' '{BOARD}' >/sys/firmware/devicetree/base/model
"""
_SCRIPT_UNIT = """[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash /root/script
ExecStopPost=/bin/systemctl poweroff --no-block
StandardOutput=file:/root/said
StandardError=inherit
Environment=HOME=/root LC_ALL=C.UTF-8 PIP_NO_COMPILE=1
[Install]
WantedBy=multi-user.target
"""


class DebianRoot:
    """A context; `OSError` says why this machine cannot make one. `lower`: another root to use."""

    def __init__(self, place: Path, lower: Path = Path("/")) -> None:
        self._place, self._lower = place, lower
        self.path = place / "root"

    def __enter__(self) -> "DebianRoot":
        self._place.mkdir(parents=True, exist_ok=True)
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", _SET_UP, "sh", self._place, self._lower],
            env={
                "BOARD": BOARD,
                "BOOT_CONFIG": BOOT_CONFIG,
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if self._holder.stdout.readline() != "ready\n":
            raise OSError(
                f"no overlay can be mounted here: {self._holder.communicate()[1].strip()}"
            )
        self._copy_project()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._holder.kill()
        self._holder.communicate()

    def command(self, *command: str) -> list[str]:
        """How to start a command inside, with a plain environment."""
        inside = ["nsenter", "--mount", f"--target={self._holder.pid}", "chroot", str(self.path)]
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return [*inside, "env", "-i", path, "HOME=/root", "LC_ALL=C.UTF-8", *command]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command inside; output and errors together."""
        return subprocess.run(
            self.command(*command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def shell(self, script: str) -> str:
        """What a script inside prints; it must succeed."""
        done = self.run("bash", "-euc", script)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def boot(self, script: str, patience_s: float) -> str:
        """What a script prints that systemd starts in this root, booted as a container.

        The container is switched off when the script ends. `OSError` where none can be booted.
        """
        self.shell(f"cat >/root/script <<'TEXT'\n{_BOARD_IN_SYSFS}{script}\nTEXT")
        self.shell(f"cat >/etc/systemd/system/script.service <<'TEXT'\n{_SCRIPT_UNIT}\nTEXT")
        self.shell("systemctl enable --quiet script.service; rm -f /etc/machine-id")
        outside = ["nsenter", "--mount", f"--target={self._holder.pid}"]
        subprocess.run([*outside, "umount", "--recursive", self.path / "dev"], check=True)
        container = ["systemd-nspawn", "--boot", "--quiet", "--register=no", "--keep-unit"]
        # It forbids what the units ask for unless it may itself have it.
        container += ["--capability=CAP_IPC_LOCK,CAP_SYS_NICE"]
        booted = subprocess.run(
            [*outside, *container, f"--directory={self.path}", f"--machine={self._place.name}"],
            capture_output=True, text=True, timeout=patience_s, check=False,
        )  # fmt: skip
        said = self.run("cat", "/root/said")
        if said.returncode:
            raise OSError(f"no container can be booted here: {booted.stdout[-500:]}{booted.stderr}")
        return said.stdout

    def written(self) -> str:
        """What differs from this machine's root: every path with its size and time."""
        look = ["find", str(self._place / "changed"), "-printf", "%P %s %T@\\n"]
        inside = ["nsenter", "--mount", f"--target={self._holder.pid}"]
        return subprocess.run([*inside, *look], capture_output=True, text=True, check=True).stdout

    def install(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installer; pip does not compile to save time."""
        return self.run(
            "env", "PIP_NO_COMPILE=1", "/mnt/project/hardware/install/install", *arguments
        )

    def _copy_project(self) -> None:
        pack = ["tar", "-c", "--exclude=__pycache__", "-C", str(ROOT), *_PARTS, *_FILES]
        unpack = self.command("tar", "-x", "--no-same-owner", "-C", "/mnt/project")
        with subprocess.Popen(pack, stdout=subprocess.PIPE) as packed:
            subprocess.run(unpack, stdin=packed.stdout, check=True)
        assert packed.returncode == 0
