"""A database that asks for patience: asked again at once where it says so, 503 within seconds elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import api_world
import pytest
from api_world import MakeApp
from sqlalchemy import Engine, text

from park_downtime.api.resources import lists
from park_downtime.database.availability import TryAgain
from park_downtime.database.engine import Patience, make_engine
from park_downtime.database.entries import entries

SHORT = Patience(connect_seconds=3, pool_seconds=1, busy_seconds=1, silence_seconds=20, statement_seconds=1)


@pytest.mark.parametrize(("times", "status"), [(1, 200), (2, 200), (3, 503)])
def test_a_table_that_was_altered_meanwhile_is_asked_again(
    filled: Engine, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, times: int, status: int
) -> None:
    real = entries
    asked: list[int] = []

    def altered_meanwhile(*asked_for: Any) -> Any:
        asked.append(1)
        if len(asked) <= times:
            raise TryAgain("Table definition has changed, please retry transaction")
        return real(*asked_for)

    monkeypatch.setattr(lists, "entries", altered_meanwhile)
    assert make_app(filled).test_client().get("/api/rides").status_code == status


@pytest.fixture
def altered(mariadb_url: str) -> Iterator[None]:
    """Somebody holds `rides`, as an alteration of the table would."""
    engine = make_engine(mariadb_url)
    with engine.connect() as holder:
        holder.execute(text("LOCK TABLES rides WRITE"))
        yield
        holder.execute(text("UNLOCK TABLES"))
    engine.dispose()


def test_a_table_that_is_being_altered_is_503_and_not_waited_for(
    mariadb_url: str, make_app: MakeApp, request: pytest.FixtureRequest
) -> None:
    engine = make_engine(mariadb_url, SHORT)
    api_world.fill(engine)
    request.getfixturevalue("altered")
    answer = make_app(engine).test_client().get("/api/rides")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert answer.headers["Retry-After"] == "5"
    engine.dispose()
