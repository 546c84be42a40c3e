import os
import socket

from webui.port_holder import port_holder


def test_whoever_listens_is_named():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert f"(pid {os.getpid()})" in port_holder(listener.getsockname()[1])


def test_nobody_is_named_for_a_free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert port_holder(port) == ""
