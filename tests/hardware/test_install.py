"""The installer in a Debian root file system: twice, without network, interrupted, removed."""

import os
import signal
import subprocess

import pytest

from tests.support.debian_root import BOOT_CONFIG, DebianRoot
from tests.support.rig_process import wait_for

pytestmark = pytest.mark.timeout(600)

_PYTHON = "test -x /usr/bin/python3 || { apt-get -qq update; apt-get -qq -y install python3; }"
_PLACES = "find /etc/systemd/system /boot /usr/local/bin /opt | sort"
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


def test_it_survives_all_that_goes_wrong_updates_and_leaves_nothing_when_it_goes(root):
    before = root.shell(_PLACES)
    without_network_nothing_is_changed(root)
    interrupted_it_says_how_far_it_got(root)
    installed_everything_is_there(root)
    installed_again_nothing_changes(root)
    an_update_without_network_leaves_the_old_version(root)
    an_update_puts_the_new_version_beside_the_old_one(root)
    removed_only_recordings_and_settings_stay(root, before)


def without_network_nothing_is_changed(root):
    root.shell(f"echo '{_NO_NETWORK}' >/etc/apt/apt.conf.d/99-no-network")
    stopped = root.install()
    assert stopped.returncode == 1
    assert "the package lists could not be fetched: is the network up?" in stopped.stdout
    assert "install: nothing was changed" in stopped.stdout
    root.shell("rm /etc/apt/apt.conf.d/99-no-network")


def interrupted_it_says_how_far_it_got(root):
    """And leaves no half version."""
    said = ""
    # whoever started the tests may ignore SIGINT, as shells do for what runs in the background
    heeding = ["env", "--default-signal=INT"]
    with subprocess.Popen(
        [*heeding, *root.command("/mnt/project/hardware/install/install")],
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
    assert root.shell("ls /opt/hinge-rig/versions; find /etc/systemd -name 'hinge*'") == ""


def installed_everything_is_there(root):
    done = root.install()
    assert done.returncode == 0, done.stdout
    assert "restart now, the boot configuration changed: sudo reboot" in done.stdout
    assert "hinge-rig, version" in root.shell("hinge-rig --version")
    assert 'platform = "pi"' in root.shell("cd /root && hinge-rig config")
    assert {"gpio", "i2c"} <= set(root.shell("id -nG hinge-rig").split())
    enabled = root.shell("ls /etc/systemd/system/*.wants")
    assert "hinge-rig.target" in enabled
    assert "hinge-rig-backup.timer" in enabled
    units = root.shell("ls /etc/systemd/system/hinge-rig*").split()
    verified = root.run("systemd-analyze", "verify", *units)
    assert (verified.returncode, verified.stdout) == (0, "")


def installed_again_nothing_changes(root):
    files = system_files(root)
    again = root.install()
    assert again.returncode == 0, again.stdout
    assert "is there already" in again.stdout
    assert system_files(root) == files


def an_update_without_network_leaves_the_old_version(root):
    files = system_files(root)
    root.shell("sed -i 's/^__version__ = .*/__version__ = \"99.0\"/' /mnt/project/rig/__init__.py")
    no_index = ["env", "PIP_CONFIG_FILE=/dev/null", "PIP_INDEX_URL=http://127.0.0.1:9/"]
    stopped = root.run(*no_index, "PIP_RETRIES=0", "/mnt/project/hardware/install/install")
    assert stopped.returncode == 1
    assert "Python packages could not be installed: is the network up?" in stopped.stdout
    assert "done before that: Debian packages" in stopped.stdout
    assert "the installed rig is 0." in stopped.stdout
    assert system_files(root) == files


def an_update_puts_the_new_version_beside_the_old_one(root):
    root.shell("echo '# mine' >>/etc/hinge-rig/rig.toml")
    updated = root.install()
    assert updated.returncode == 0, updated.stdout
    assert "installed: version 99.0" in updated.stdout
    assert "version 99.0" in root.shell("hinge-rig --version")
    assert len(root.shell("ls /opt/hinge-rig/versions").split()) == 2
    assert "# mine" in root.shell("cat /etc/hinge-rig/rig.toml")


def removed_only_recordings_and_settings_stay(root, before):
    root.shell("touch /var/lib/hinge-rig/recording")
    gone = root.install("--uninstall")
    assert gone.returncode == 0, gone.stdout
    assert root.shell("cat /boot/firmware/config.txt") == BOOT_CONFIG
    assert root.shell(_PLACES) == before
    root.shell("grep mine /etc/hinge-rig/rig.toml; ls /var/lib/hinge-rig/recording")
    assert root.install("--uninstall", "--purge").returncode == 0
    root.shell("! id hinge-rig; ! ls /etc/hinge-rig /var/lib/hinge-rig")


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
