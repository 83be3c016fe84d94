"""The databases that tests are given are empty and migrated, also after a test has used them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert, select

from park_downtime.database.engine import writing
from park_downtime.database.schema import current_revision, newest_revision
from park_downtime.database.tables import park_groups


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_gets_an_empty_database_whose_counters_start_at_one(engine: Engine, time: str) -> None:
    with writing(engine) as connection:
        assert connection.execute(select(park_groups)).all() == []
        connection.execute(insert(park_groups), {"group_id": 1, "name": time})
    assert current_revision(engine) == newest_revision()
