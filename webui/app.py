"""The Flask application, put together."""

from flask import Flask

from rig.config import Config
from rig.handover.run_dir import RunDir
from webui import problems, security, texts
from webui.api import commands, health, live, sessions
from webui.live.hub import LiveHub
from webui.pages import routes as pages
from webui.services import KEY, Services


def create_app(config: Config, run_dir: RunDir) -> Flask:
    """The application for one rig; its hub (`live_hub`) is started by whoever serves it."""
    app = Flask(__name__)
    hub = LiveHub(run_dir, config.web.max_viewers)
    app.extensions[KEY] = Services(config, run_dir, hub)
    security.install(app, config.web.allowed_hosts)
    problems.install(app)
    texts.install(app)
    for module in (health, live, sessions, commands, pages):
        app.register_blueprint(module.blueprint)
    return app


def live_hub(app: Flask) -> LiveHub:
    """The hub that follows the rings for `app`."""
    services: Services = app.extensions[KEY]
    return services.hub
