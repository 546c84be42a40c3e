"""What the pages and the API work with, made once per application."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final, cast

from flask import abort, current_app

from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.records import SessionDetail
from webui.live.hub import LiveHub
from webui.texts import text

KEY: Final = "hinge_rig"


@dataclass(frozen=True)
class Services:
    """The rig as the web process sees it."""

    config: Config
    run_dir: RunDir
    hub: LiveHub

    @contextmanager
    def history(self) -> Iterator[History]:
        """The database as it is now, open to read for as long as the context lasts."""
        with closing(Database.open_reader(self.config.state_dir)) as database:
            yield History(database)

    def session_or_404(self, session_id: str) -> SessionDetail:
        """A session that must be there for the request to make sense."""
        with self.history() as history:
            detail = history.session(session_id)
        if detail is None:
            abort(404, text("error.noSession"))
        return detail


def services() -> Services:
    """The services of the application that handles this request."""
    return cast(Services, current_app.extensions[KEY])
