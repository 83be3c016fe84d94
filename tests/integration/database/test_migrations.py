"""The schema is what the migrations build: on each engine equal to the metadata, from any start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, select, text

from park_downtime.database import schema
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.database.tables import park_groups, ride_names, rides
from park_downtime.database.tables import parks as parks_table

METADATA = ride_daily_stats.metadata
EARLIEST_WITH_RIDE_NAMES = "0006"


@pytest.fixture
def unmigrated(unmigrated_url: str) -> Iterator[Engine]:
    engine = make_engine(unmigrated_url)
    yield engine
    engine.dispose()


def downgrade(engine: Engine, revision: str) -> None:
    config = schema._config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, METADATA))


def test_the_migrated_schema_equals_the_metadata(engine: Engine) -> None:
    assert differences(engine) == []


def test_a_difference_would_be_seen(unmigrated: Engine) -> None:
    schema.migrate(unmigrated)
    with unmigrated.begin() as connection:
        connection.execute(text("ALTER TABLE ride_outages ADD COLUMN weather INTEGER"))
        connection.execute(text("DROP TABLE data_version"))
    assert sorted(difference[0] for difference in differences(unmigrated)) == ["add_table", "remove_column"]


def test_every_table_has_a_primary_key(engine: Engine) -> None:
    found = inspect(engine)
    without = [t for t in METADATA.tables if not found.get_pk_constraint(t)["constrained_columns"]]
    assert without == []


def test_keys_stand_in_the_order_of_the_metadata(engine: Engine) -> None:
    found = inspect(engine)
    keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in METADATA.tables}
    assert keys == {
        name: [column.name for column in table.primary_key] for name, table in METADATA.tables.items()
    }


def test_tables_without_surrogate_ids_are_clustered_on_sqlite(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        clustered = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%WITHOUT ROWID%'")
        ).scalars()
        assert set(clustered) == {
            name
            for name, table in METADATA.tables.items()
            if table.dialect_options["sqlite"]["with_rowid"] is False
        }


def test_every_table_is_innodb_and_utf8mb4_whatever_the_server_prefers(mariadb_url: str) -> None:
    engine = make_engine(mariadb_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT @@character_set_server")) == "latin1"
        kinds = connection.execute(
            text(
                "SELECT DISTINCT engine, LEFT(table_collation, 7) FROM information_schema.tables "
                "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> :mark"
            ),
            {"mark": "alembic_version"},
        ).all()
    engine.dispose()
    assert [tuple(kind) for kind in kinds] == [("InnoDB", "utf8mb4")]


def test_migrating_twice_is_once(unmigrated: Engine) -> None:
    newest = schema.newest_revision()
    assert schema.migrate(unmigrated) == (None, newest)
    assert schema.migrate(unmigrated) == (newest, newest)


def test_down_to_nothing_and_up_again(unmigrated: Engine) -> None:
    schema.migrate(unmigrated)
    downgrade(unmigrated, "base")
    assert inspect(unmigrated).get_table_names() == ["alembic_version"]
    assert inspect(unmigrated).get_view_names() == []
    schema.migrate(unmigrated)
    assert differences(unmigrated) == []


@pytest.mark.parametrize("revision", ["0004", "0013", "0019"])
def test_part_of_the_way_down_and_up_again(unmigrated: Engine, revision: str) -> None:
    schema.migrate(unmigrated)
    downgrade(unmigrated, revision)
    assert schema.current_revision(unmigrated) == revision
    schema.migrate(unmigrated)
    assert differences(unmigrated) == []


def test_an_older_database_keeps_its_rows(unmigrated: Engine) -> None:
    schema.migrate(unmigrated, EARLIEST_WITH_RIDE_NAMES)
    seen = datetime(2025, 7, 4, 12, tzinfo=UTC)
    with writing(unmigrated) as connection:
        connection.execute(park_groups.insert(), {"group_id": 1, "name": "Walt Disney Attractions"})
        connection.execute(
            text(
                "INSERT INTO parks (park_id, group_id, name, timezone, is_tracked, first_seen_at) "
                "VALUES (6, 1, 'Magic Kingdom', 'America/New_York', 1, '2025-07-04 12:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO rides (ride_id, park_id, name, first_seen_at, missed_payloads) "
                "VALUES (138, 6, 'Space Mountain', '2025-07-04 12:00:00', 0)"
            )
        )
        connection.execute(
            ride_names.insert(), {"ride_id": 138, "used_until": seen, "name": "RCA Space Mountain"}
        )
    schema.migrate(unmigrated)
    with unmigrated.connect() as connection:
        assert connection.execute(
            select(parks_table.c.name, rides.c.name, ride_names.c.name)
            .join_from(parks_table, rides, rides.c.park_id == parks_table.c.park_id)
            .join(ride_names, ride_names.c.ride_id == rides.c.ride_id)
        ).one() == ("Magic Kingdom", "Space Mountain", "RCA Space Mountain")


def test_each_revision_changes_one_thing(unmigrated: Engine) -> None:
    """MySQL cannot roll back DDL: a revision that fails in its middle could not be repeated."""
    changes: list[int] = [0]

    @event.listens_for(unmigrated, "before_cursor_execute")
    def count(*arguments: Any) -> None:
        statement = arguments[2].strip()
        if "alembic_version" in statement:
            if not statement.startswith("CREATE"):
                changes.append(0)
        elif statement.split()[0].upper() in ("CREATE", "ALTER", "DROP"):
            changes[-1] += 1

    schema.migrate(unmigrated)
    assert max(changes) == 1
    assert sum(changes) == len(list(ScriptDirectory.from_config(schema._config()).walk_revisions()))


def test_a_database_that_is_behind_is_told_what_helps(unmigrated: Engine) -> None:
    unmigrated.connect().close()  # of SQLite an empty file is there then, as of MariaDB an empty database
    with pytest.raises(schema.SchemaBehind, match=r"at revision none.*run `park-downtime migrate`"):
        schema.require_newest(unmigrated)
    schema.migrate(unmigrated, EARLIEST_WITH_RIDE_NAMES)
    with pytest.raises(schema.SchemaBehind, match=f"at revision {EARLIEST_WITH_RIDE_NAMES}"):
        schema.require_newest(unmigrated)


def test_a_migrated_database_is_accepted(engine: Engine) -> None:
    schema.require_newest(engine)


def test_a_database_of_a_newer_release_is_accepted(unmigrated: Engine) -> None:
    """Otherwise no release could be returned to after its successor has migrated."""
    schema.migrate(unmigrated)
    with unmigrated.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    schema.require_newest(unmigrated)
