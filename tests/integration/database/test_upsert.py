"""Upsert: new rows are inserted, known ones get the given columns, twice is once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, event, func, insert, select
from sqlalchemy.exc import IntegrityError

from park_downtime.database.engine import writing
from park_downtime.database.tables import park_groups, parks, ride_names, rides
from park_downtime.database.upsert import upsert

SEEN = datetime(2025, 7, 4, 12, tzinfo=UTC)


@pytest.fixture
def space_mountain(engine: Engine) -> int:
    with writing(engine) as connection:
        connection.execute(insert(park_groups), {"group_id": 1, "name": "Disney"})
        connection.execute(
            insert(parks),
            {
                "park_id": 6,
                "group_id": 1,
                "name": "Magic Kingdom",
                "timezone": "America/New_York",
                "is_tracked": True,
                "first_seen_at": SEEN,
            },
        )
        connection.execute(
            insert(rides),
            {
                "ride_id": 138,
                "park_id": 6,
                "name": "Space Mountain",
                "first_seen_at": SEEN,
                "missed_payloads": 3,
            },
        )
    return 138


def test_new_rows_are_inserted_and_known_ones_changed(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(park_groups), {"group_id": 1, "name": "Disney"})
        upsert(
            connection,
            park_groups,
            [{"group_id": 1, "name": "Walt Disney"}, {"group_id": 2, "name": "Cedar"}],
        )
        found = connection.execute(select(park_groups).order_by(park_groups.c.group_id)).all()
    assert [tuple(row) for row in found] == [(1, "Walt Disney"), (2, "Cedar")]


def test_columns_that_are_not_given_keep_their_value(engine: Engine, space_mountain: int) -> None:
    with writing(engine) as connection:
        upsert(
            connection,
            rides,
            [
                {
                    "ride_id": space_mountain,
                    "park_id": 6,
                    "name": "Hyperspace Mountain",
                    "first_seen_at": SEEN,
                    "missed_payloads": 0,
                    "inactive_since": SEEN,
                }
            ],
        )
        upsert(
            connection,
            rides,
            [
                {
                    "ride_id": space_mountain,
                    "park_id": 6,
                    "name": "Space Mountain",
                    "first_seen_at": SEEN,
                    "missed_payloads": 1,
                }
            ],
        )
        row = connection.execute(select(rides)).one()
    assert (row.name, row.missed_payloads, row.inactive_since) == ("Space Mountain", 1, SEEN)


def test_a_changed_parent_keeps_its_children(engine: Engine, space_mountain: int) -> None:
    with writing(engine) as connection:
        upsert(connection, park_groups, [{"group_id": 1, "name": "Walt Disney Attractions"}])
        assert connection.execute(select(func.count()).select_from(rides)).scalar_one() == 1


def test_twice_is_once(engine: Engine) -> None:
    rows = [{"group_id": number, "name": f"Group {number}"} for number in range(1, 4)]
    with writing(engine) as connection:
        upsert(connection, park_groups, rows)
        upsert(connection, park_groups, rows)
        assert connection.execute(select(func.count()).select_from(park_groups)).scalar_one() == 3


def test_more_rows_than_one_statement_takes(engine: Engine) -> None:
    rows = [{"group_id": number, "name": f"Group {number}"} for number in range(1, 1_202)]
    with writing(engine) as connection:
        upsert(connection, park_groups, rows)
        assert connection.execute(select(func.count()).select_from(park_groups)).scalar_one() == 1_201


def test_a_table_of_keys_only_takes_a_row_twice(engine: Engine) -> None:
    pairs = Table(
        "pairs",
        MetaData(),
        Column("left", Integer, primary_key=True, autoincrement=False),
        Column("right", Integer, primary_key=True, autoincrement=False),
        prefixes=["TEMPORARY"],
    )
    with writing(engine) as connection:
        pairs.create(connection)
        upsert(connection, pairs, [{"left": 1, "right": 2}])
        upsert(connection, pairs, [{"left": 1, "right": 2}, {"left": 1, "right": 3}])
        assert len(connection.execute(select(pairs)).all()) == 2


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine, space_mountain: int) -> None:
    orphan = {"ride_id": 999, "used_until": SEEN + timedelta(days=1), "name": "No such ride"}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        upsert(connection, ride_names, [orphan])


def test_no_rows_ask_nothing(engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    with engine.connect() as connection:
        upsert(connection, park_groups, [])
    assert asked == []
