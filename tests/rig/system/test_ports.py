"""Listening on loopback only, and naming who holds a port."""

import os
import socket
from contextlib import closing

import pytest

from rig.errors import BusyError, RigError
from rig.system.ports import listen, port_holder


def test_whoever_listens_is_named():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert f"(pid {os.getpid()})" in port_holder(listener.getsockname()[1])


def test_nobody_is_named_for_a_free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert port_holder(port) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "rig.example"])
def test_any_address_but_loopback_is_refused_with_the_reason(host):
    with pytest.raises(RigError, match="until access control exists"):
        listen(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_loopback_is_listened_on(host):
    with closing(listen(host, 0)) as listener:
        assert listener.getsockname()[1] > 0


def test_a_port_that_is_taken_is_told_with_who_holds_it():
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(BusyError, match=rf"port {port} is taken by .* \(pid \d+\)"):
            listen("127.0.0.1", port)


def test_a_port_that_needs_rights_is_told(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(RigError, match="Permission denied"):
        listen("127.0.0.1", 80)
