"""The command socket: one JSON line each way."""

import socketserver
import threading
from pathlib import Path
from typing import Final

from rig.errors import RingError
from rig.handover.commands import Command, Reply, not_done
from rig.handover.message import decoded, encoded
from rig.handover.refusals import refused
from rig.recorder.commands.inbox import Inbox

_LONGEST_LINE: Final = 64 * 1024
_PATIENCE_S: Final = 10.0


class _Connection(socketserver.StreamRequestHandler):
    """One request and its reply."""

    timeout = _PATIENCE_S
    server: "_Server"

    def handle(self) -> None:
        try:
            reply = self._reply(self.rfile.readline(_LONGEST_LINE))
            self.wfile.write(encoded(reply) + b"\n")
        except OSError:
            return  # the other side is gone; whatever was done stays done

    def _reply(self, line: bytes) -> Reply:
        try:
            command = decoded(line, Command, "the line")
            return self.server.inbox.put(command).result(_PATIENCE_S)
        except RingError as error:
            refusal = refused("not_understood", problem=str(error))
        except TimeoutError:
            refusal = refused("too_busy")
        return not_done(None, refusal)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
    inbox: Inbox


class CommandServer:
    """Listens from construction until `close`; takes the place of a dead recorder's socket."""

    def __init__(self, path: Path, inbox: Inbox) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._server = _Server(str(path), _Connection)
        self._server.inbox = inbox
        path.chmod(0o600)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name="commands"
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and take the socket away."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._path.unlink(missing_ok=True)
