"""Applications over the drawn parks of `api_world`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import api_world
import pytest
from api_world import MakeApp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api import app as factory
from park_downtime.api.caching import data_version
from park_downtime.api.pages import dashboard
from park_downtime.database.engine import make_engine

PATIENCE_SECONDS = 60.0


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may need longer than a visitor has for the first look at the version."""
    monkeypatch.setattr(data_version, "LONGEST_WAIT_SECONDS", PATIENCE_SECONDS)


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """An application over an engine; further words are settings."""

    def make(engine: Engine, now: object = api_world.NOW, **settings: str) -> Flask:
        return factory.create_app(
            api_world.settings_for(tmp_path, **settings),
            engine,
            clock=lambda: now,  # type: ignore[arg-type,return-value]
        )

    return make


@pytest.fixture(scope="session")
def filled_file(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn parks in a file, made once and only copied."""
    file = tmp_path_factory.mktemp("filled") / "filled.sqlite"
    shutil.copyfile(migrated_sqlite, file)
    engine = make_engine(f"sqlite:///{file}")
    api_world.fill(engine)
    engine.dispose()
    return file


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copyfile(filled_file, tmp_path / "filled.sqlite")
    engine = make_engine(f"sqlite:///{tmp_path / 'filled.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def client(filled: Engine, make_app: MakeApp) -> FlaskClient:
    return make_app(filled).test_client()


@pytest.fixture
def empty_client(sqlite_engine: Engine, make_app: MakeApp) -> FlaskClient:
    """Before anything was collected."""
    return make_app(sqlite_engine).test_client()


@pytest.fixture
def without_dashboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda _: None)
