"""Every operation under generated requests, good and bad, with all of schemathesis' checks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import api_world
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings

from park_downtime.api import spec
from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine

# Generated requests a kind and operation; the whole takes well under a minute.
EXAMPLES = 60

schema = schemathesis.openapi.from_dict(spec.document())


@pytest.fixture(scope="module")
def app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("schemathesis")
    shutil.copyfile(migrated_sqlite, folder / "downtime.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'downtime.sqlite'}")
    api_world.fill(engine)
    yield create_app(api_world.settings_for(folder), engine, clock=lambda: api_world.NOW)
    engine.dispose()


def is_csv(answer: Any) -> bool:
    return any(kind.startswith("text/csv") for kind in answer.headers.get("content-type", []))


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_to_its_description(case: Any, app: Flask) -> None:
    # The WSGI transport does not decompress.
    answer = case.call(app=app, headers={"Accept-Encoding": "identity"})
    if answer.status_code == 200 and is_csv(answer):
        # Told by the parameter `format`: two types of one answer are more than clients can be generated from.
        assert "format=csv" in answer.request.url
    else:
        case.validate_response(answer)
