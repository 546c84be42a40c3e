"""The installer on a booted system: services, watchdog, update, a bad update, removal.

Boots a copy of this Debian (thrown away afterwards) as a container with its own systemd; needs root
rights, overlayfs and the package systemd-container. The rig is the simulated one. Real time
is shown only: a machine that may not raise limits itself cannot grant it.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.support.debian_root import DebianRoot

_SCRIPT = r"""
cd /mnt/project
units="hinge-rig-sampler hinge-rig-recorder hinge-rig-web"
said() { echo "$1: ${*:2}"; }
states() { systemctl is-active $units | sort | uniq -c | xargs; }
health() {
    for _ in $(seq 60); do
        /usr/bin/python3 -c 'import json, sys, urllib.request as r
sys.exit(json.load(r.urlopen("http://127.0.0.1:8000/api/v1/health"))["status"] != "ok")' \
            2>/dev/null && echo ok && return
        sleep 0.5
    done
    echo "not ok"
}
pid() { systemctl show --value --property MainPID "hinge-rig-$1"; }
restarts() { systemctl show --value --property NRestarts "hinge-rig-$1"; }
version() { sed -i "s/^__version__ = .*/__version__ = \"$1\"/" rig/__init__.py; }
release() { basename "$(readlink /opt/hinge-rig/current)" | cut -d - -f 1; }

said "after the boot" "$(states), health $(health)"
said "real time" "$(chrt -p "$(pid sampler)" | sed 's/.*: //' | paste -sd ' '), $(
    journalctl -o cat -t hinge-rig | grep -c 'sampler: warning') warnings"
said "timer" "$(systemctl is-active hinge-rig-backup.timer)"
kill -STOP "$(pid sampler)" && sleep 6
said "sampler held up" "restarted $(restarts sampler) time, $(states), health $(health)"
kill -KILL "$(pid recorder)" && sleep 3
said "recorder killed" "restarted $(restarts recorder) time, $(states), health $(health)"
systemctl start hinge-rig-backup.service
said "backup" "$(systemctl show --value --property Result hinge-rig-backup.service), $(
    ls /var/lib/hinge-rig/backups | wc -l) made"

version 7.0.0
hardware/install/install
said "update" "status $?, version $(release), $(states), health $(health)"
version 8.0.0
sed -i 's/^def run_sampler.*/&\n    raise OSError("no such chips")/' rig/sampler/process.py
hardware/install/install
said "bad update" "status $?, version $(release), $(states), health $(health)"
hardware/install/install --uninstall
status=$?
left=$(find /opt /etc/systemd/system -maxdepth 1 -name "hinge-rig*" | wc -l)
said "removed" "status $status, $(states), $left files left"
"""
_SYSTEM = """test -e /sbin/init || {
    apt-get -qq update
    apt-get -qq -y --no-install-recommends install systemd-sysv dbus
}"""
_EXPECTED = {
    "after the boot": "3 active, health ok",
    "timer": "active",
    "sampler held up": "restarted 1 time, 3 active, health ok",
    "recorder killed": "restarted 1 time, 3 active, health ok",
    "backup": "success, 1 made",
    "update": "status 0, version 7.0.0, 3 active, health ok",
    "bad update": "status 1, version 7.0.0, 3 active, health ok",
    "removed": "status 0, 3 inactive, 0 files left",
}


def main(arguments: list[str]) -> None:
    """Print what happened; exit status 1 if it is not what should."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench install", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="all that was said")
    parser.add_argument(
        "--root", type=Path, default=Path("/"), help="another Debian, as debootstrap makes it"
    )
    asked = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as place,
        DebianRoot(Path(place) / "debian", asked.root) as root,
    ):
        root.shell(_SYSTEM)  # a bare Debian has none
        start_s = time.monotonic()
        first = root.install()
        print(f"install: status {first.returncode}, {time.monotonic() - start_s:.0f} s")
        root.shell('sed -i \'s/"pi"/"sim"/\' /etc/hinge-rig/rig.toml')
        said = root.boot(_SCRIPT, 400)
    if asked.verbose:
        print(first.stdout, said)
    found = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    for name in (*_EXPECTED, "real time"):
        print(f"{name}: {found.get(name)}")
    wrong = [name for name, text in _EXPECTED.items() if found.get(name) != text]
    sys.exit(f"not as expected: {', '.join(wrong)}" if wrong else 0)
