"""What the pages and the API work with, made once per application."""

from dataclasses import dataclass
from typing import Final, cast

from flask import current_app

from rig.config import Config
from rig.handover.run_dir import RunDir
from webui.live.hub import LiveHub

KEY: Final = "hinge_rig"


@dataclass(frozen=True)
class Services:
    """The rig as the web process sees it."""

    config: Config
    run_dir: RunDir
    hub: LiveHub


def services() -> Services:
    """The services of the application that handles this request."""
    return cast(Services, current_app.extensions[KEY])
