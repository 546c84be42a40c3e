"""The installer in a Debian root file system: twice, without network, interrupted, removed."""

import os
import signal
import subprocess

import pytest

from tests.support.debian_root import BOOT_CONFIG, DebianRoot
from tests.support.rig_process import wait_for

pytestmark = pytest.mark.timeout(300)

_PYTHON = "test -x /usr/bin/python3 || { apt-get -qq update; apt-get -qq -y install python3; }"
_STAGED = "/opt/hinge-rig/versions/*"
_NO_NETWORK = (
    'Acquire::http::Proxy "http://127.0.0.1:9"; Acquire::https::Proxy "http://127.0.0.1:9";'
)


@pytest.fixture
def root(tmp_path):
    try:
        with DebianRoot(tmp_path / "debian") as root:
            root.shell(_PYTHON)
            yield root
    except OSError as error:
        pytest.skip(f"{error} (needs root rights and overlayfs)")


def system_files(root):
    """Everything that the installer answers for, with contents."""
    places = "/etc/systemd/system /etc/hinge-rig /etc/modules-load.d /etc/passwd /etc/group"
    more = "/usr/local/bin /boot/firmware"
    return root.shell(
        f"find {places} {more} -type f | sort | xargs sha256sum;"
        " find /opt/hinge-rig ! -type d -printf '%p %l %s %T@\n' | sort"
    )


def cut_network(root):
    root.shell(f"echo '{_NO_NETWORK}' >/etc/apt/apt.conf.d/99-no-network")


def test_it_is_interrupted_goes_on_runs_again_without_a_change_and_leaves_nothing(root):
    before = root.shell("find /etc/systemd/system /boot /usr/local/bin /opt | sort")
    interrupted_it_says_how_far_it_got(root)
    first = root.install()
    assert first.returncode == 0, first.stdout
    assert "restart now, the boot configuration changed: sudo reboot" in first.stdout
    assert "hinge-rig, version" in root.shell("hinge-rig --version")
    assert 'platform = "pi"' in root.shell("cd /root && hinge-rig config")
    assert "gpio" in root.shell("id hinge-rig")
    enabled = root.shell("ls /etc/systemd/system/*.wants")
    assert "hinge-rig.target" in enabled
    assert "hinge-rig-backup.timer" in enabled
    verified = root.run("systemd-analyze", "verify", *installed_units(root))
    assert (verified.returncode, verified.stdout) == (0, "")

    files = system_files(root)
    again = root.install()
    assert again.returncode == 0, again.stdout
    assert "is there already" in again.stdout
    assert system_files(root) == files

    no_update_without_network(root, files)
    root.shell("echo mine >>/etc/hinge-rig/rig.toml && touch /var/lib/hinge-rig/recording")
    gone = root.install("--uninstall")
    assert gone.returncode == 0, gone.stdout
    assert root.shell("cat /boot/firmware/config.txt") == BOOT_CONFIG
    assert root.shell("find /etc/systemd/system /boot /usr/local/bin /opt | sort") == before
    assert "mine" in root.shell("cat /etc/hinge-rig/rig.toml; ls /var/lib/hinge-rig/recording")
    root.install("--uninstall", "--purge")
    root.shell("! id hinge-rig; ! ls /etc/hinge-rig /var/lib/hinge-rig")


def interrupted_it_says_how_far_it_got(root):
    """And leaves no half version."""
    said = ""
    with subprocess.Popen(
        root.command("/mnt/project/hardware/install/install"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as started:
        for line in started.stdout:
            said += line
            if "install: programs" in line:
                wait_for(lambda: root.run("sh", "-c", f"ls {_STAGED}/venv/bin/pip").returncode == 0)
                os.killpg(started.pid, signal.SIGINT)
    assert started.returncode == 130
    assert "stopped during: programs" in said
    assert "done before that: Debian packages" in said
    assert "no rig is installed yet; run this again to go on" in said
    assert (
        root.shell("ls /opt/hinge-rig/versions; ls /etc/systemd/system | grep -c hinge || true")
        == "0\n"
    )


def installed_units(root):
    return root.shell("ls /etc/systemd/system/hinge-rig*").split()


def no_update_without_network(root, files):
    """A newer version that cannot be fetched: told, and the installed one is untouched."""
    root.shell("sed -i 's/^__version__ = .*/__version__ = \"99.0\"/' /mnt/project/rig/__init__.py")
    cut_network(root)
    stopped = root.install()
    assert stopped.returncode == 1
    assert "the package lists could not be fetched: is the network up?" in stopped.stdout
    assert "nothing was changed" in stopped.stdout
    root.shell("rm /etc/apt/apt.conf.d/99-no-network")
    no_index = ["env", "PIP_CONFIG_FILE=/dev/null", "PIP_INDEX_URL=http://127.0.0.1:9/"]
    stopped = root.run(*no_index, "PIP_RETRIES=0", "/mnt/project/hardware/install/install")
    assert stopped.returncode == 1
    assert "Python packages could not be installed: is the network up?" in stopped.stdout
    assert "done before that: Debian packages" in stopped.stdout
    assert "the installed rig is 0." in stopped.stdout
    assert system_files(root) == files


def test_a_dry_run_shows_every_step_and_writes_nothing(root):
    before = root.written()
    shown = root.install("--dry-run", "--kiosk")
    assert shown.returncode == 0, shown.stdout
    for text in (
        "apt-get",
        "venv",
        "useradd",
        "rig.toml",
        "config.txt",
        "kiosk",
        "systemctl enable",
    ):
        assert text in shown.stdout, text
    assert "dry run: nothing was changed" in shown.stdout
    assert root.written() == before
