"""Entries are the same whether they are read ride by ride or table by table."""

from __future__ import annotations

import api_world
import pytest
from sqlalchemy import Engine

from park_downtime.database import counted_rides, entries
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks


@pytest.fixture
def filled(engine: Engine) -> Engine:
    api_world.fill(engine)
    return engine


def test_of_few_and_of_many_parks(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(filled) as connection:
        parks = [park_id for park_id, park in all_parks(connection).items() if park.is_tracked]
        of_few = [entries.entries(connection, parks[:count]) for count in range(1, len(parks) + 1)]
        monkeypatch.setattr(entries, "FEW_PARKS", 0)
        assert [entries.entries(connection, parks[:count]) for count in range(1, len(parks) + 1)] == of_few
        assert entries.entries(connection) == of_few[-1]
    assert len(of_few[-1]) > len(of_few[0]) > 0


def test_and_those_of_them_that_are_counted(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> list[set[counted_rides.CountedRide]]:
        found = [counted_rides.counted_rides(connection, parks[:count]) for count in range(len(parks) + 1)]
        return [{rides[place] for place in range(len(rides))} for rides in found]

    with reading(filled) as connection:
        parks = [*all_parks(connection)]
        of_few = read()
        monkeypatch.setattr(counted_rides, "FEW_PARKS", -1)
        assert read() == of_few
    assert len(of_few[-1]) > 0
