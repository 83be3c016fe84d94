"""Every operation under generated requests, good and bad, with all of schemathesis' checks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import api_world
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from park_downtime.api import spec
from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine
from park_downtime.named_periods import MOVING, WHOLE, period_of

# Generated requests a kind and operation; the whole takes well under a minute.
EXAMPLES = 60
OF_ONE = "of one park or ride only"

schema = schemathesis.openapi.from_dict(spec.document())


@pytest.fixture(scope="module")
def app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("schemathesis")
    shutil.copyfile(migrated_sqlite, folder / "downtime.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'downtime.sqlite'}")
    api_world.fill(engine)
    yield create_app(api_world.settings_for(folder), engine, clock=lambda: api_world.NOW)
    engine.dispose()


def period_names() -> st.SearchStrategy[str]:
    days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
    return st.one_of(
        st.sampled_from([period.name for period in MOVING]),
        days.map(date.isoformat),
        st.builds(lambda kind, day: period_of(kind, day).name, st.sampled_from(list(WHOLE)), days),
        st.builds(lambda day, more: f"{day}..{day + timedelta(days=more)}", days, st.integers(0, 365)),
    )


schemathesis.openapi.format("period", period_names())


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
        # What only one park or ride may be asked for is told by the two parameters together.
        is_of_one = answer.status_code == 400 and OF_ONE in answer.json()["error"]["message"]
        case.validate_response(answer, excluded_checks=[positive_data_acceptance] if is_of_one else [])
