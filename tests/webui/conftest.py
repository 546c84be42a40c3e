from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rig.config import Config, load_config
from rig.handover.run_dir import RunDir
from tests.support.feeder import FedRig
from webui.app import create_app
from webui.live.hub import LiveHub


@pytest.fixture
def run_dir(tmp_path) -> RunDir:
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    return run_dir


@pytest.fixture
def rig(run_dir) -> Iterator[FedRig]:
    rig = FedRig(run_dir)
    yield rig
    rig.close()


@pytest.fixture
def hub(run_dir) -> Iterator[LiveHub]:
    """A hub that follows the rings of `run_dir`; two places beside the kiosk's."""
    hub = LiveHub(run_dir, max_viewers=3)
    hub.start()
    yield hub
    hub.close()


@pytest.fixture
def config(tmp_path) -> Config:
    state_dir = tmp_path / "state"
    state_dir.mkdir()
    return load_config(
        environment={},
        overrides={"paths.state_dir": str(state_dir), "web.allowed_hosts": ["rig.example"]},
    )


@pytest.fixture
def app(config, run_dir) -> Flask:
    app = create_app(config, run_dir)
    app.testing = True
    return app


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()
