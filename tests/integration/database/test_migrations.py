"""The schema is what the migrations build: on each engine equal to the metadata, from any start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from databases import create_database, drop_database
from sqlalchemy import Engine, event, inspect, text

from park_downtime.database import schema
from park_downtime.database.engine import make_engine
from park_downtime.database.migrations import steps
from park_downtime.database.statistics_tables import ride_daily_stats

METADATA = ride_daily_stats.metadata
COMPRESSED = " `PAGE_COMPRESSED`='1'"
"""Of MariaDB alone, so that only migrations say it: the metadata speak to every engine."""


@pytest.fixture
def unmigrated(unmigrated_url: str) -> Iterator[Engine]:
    engine = make_engine(unmigrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def from_metadata(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Engine]:
    """A database on the same server as `engine` that the metadata built, without any migration."""
    if engine.dialect.name == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('tmp_path') / 'from_metadata.sqlite'}"
    else:
        server = request.getfixturevalue("mariadb_server_url")
        name = f"from_metadata_{request.getfixturevalue('worker')}"
        url = create_database(server, name)
        request.addfinalizer(lambda: drop_database(server, name))
    built = make_engine(url)
    METADATA.create_all(built)
    yield built
    built.dispose()


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, METADATA))


def described(engine: Engine) -> dict[str, list[str]]:
    """What the database itself says of each table and its indexes, line by line, in one order."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'view'")
            found = {row.name: row.sql for row in connection.execute(query)}
            # A column's place in its line is no property of the table.
            found = {name: sql.replace(", ", ", \n") for name, sql in found.items()}
        else:
            found = {
                name: str(connection.execute(text(f"SHOW CREATE TABLE {name}")).one()[1]).replace(
                    COMPRESSED, ""
                )
                for name in METADATA.tables
            }
    found.pop("alembic_version", None)
    return {
        name: sorted(line.strip(" \t,") for line in sql.splitlines() if line.strip())
        for name, sql in found.items()
    }


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})


class Stopped(Exception):
    """The process ended here."""


@contextmanager
def ending_before(engine: Engine, statement: int) -> Iterator[list[str]]:
    """Let statements that change the schema through, up to the one with this number (from 0)."""
    done: list[str] = []

    def count(*arguments: Any) -> None:
        sql = arguments[2].strip()
        if sql.startswith(("CREATE", "ALTER", "DROP")) and "alembic_version" not in sql:
            if len(done) == statement:
                raise Stopped
            done.append(sql)

    event.listen(engine, "before_cursor_execute", count)
    yield done
    event.remove(engine, "before_cursor_execute", count)


def test_the_migrated_schema_equals_the_metadata(engine: Engine) -> None:
    assert differences(engine) == []


def test_the_database_says_the_same_of_migrations_and_metadata(engine: Engine, from_metadata: Engine) -> None:
    """Also what no comparison of Alembic looks at: keys, names of constraints, engines, clustering."""
    assert described(engine) == described(from_metadata)


def test_a_difference_would_be_seen(unmigrated: Engine) -> None:
    schema.migrate(unmigrated)
    with unmigrated.begin() as connection:
        connection.execute(text("ALTER TABLE ride_closures ADD COLUMN weather INTEGER"))
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


def test_mariadb_compresses_the_pages_of_what_is_kept_for_ever(mariadb_url: str) -> None:
    engine = make_engine(mariadb_url)
    compressed = (
        "SELECT table_name FROM information_schema.tables WHERE create_options LIKE '%page_compressed%'"
    )
    with engine.connect() as connection:
        found = set(connection.scalars(text(f"{compressed} AND table_schema = DATABASE()")))
    engine.dispose()
    assert found == {
        *(
            f"{of}_{period}_stats"
            for of in ("ride", "park")
            for period in ("daily", "weekly", "monthly", "yearly")
        ),
        *("ride_closures", "former_closure_ids", "park_operating_sessions", "rank_intervals"),
    }


def test_migrating_twice_is_once(unmigrated: Engine) -> None:
    newest = schema.newest_revision()
    assert schema.migrate(unmigrated) == (None, newest)
    with ending_before(unmigrated, 0):
        assert schema.migrate(unmigrated) == (newest, newest)


def test_a_migration_that_was_stopped_after_any_step_goes_on(unmigrated: Engine) -> None:
    """MySQL cannot roll back DDL: what is done stays, and is skipped. SQLite takes all of it back."""
    stays = unmigrated.dialect.name != "sqlite"
    stops, is_over = 0, False
    while not is_over:
        with ending_before(unmigrated, 1 if stays else stops + 1):
            try:
                schema.migrate(unmigrated)
                is_over = True
            except Stopped:
                stops += 1
                assert schema.current_revision(unmigrated) != schema.newest_revision()
                is_one_done = schema.current_revision(unmigrated) is not None
                assert inspect(unmigrated).has_table("park_groups") == (stays or is_one_done)
    assert stops >= len(METADATA.tables) + sum(len(table.indexes) for table in METADATA.tables.values())
    assert differences(unmigrated) == []
    assert inspect(unmigrated).get_view_names() == ["ride_status_changes"]


def test_a_table_of_another_program_is_no_step_that_was_done(unmigrated: Engine) -> None:
    with unmigrated.begin() as connection:
        connection.execute(text("CREATE TABLE parks (park_id INTEGER PRIMARY KEY, benches INTEGER)"))
    with pytest.raises(schema.SchemaBehind, match="another table parks than this program needs"):
        schema.migrate(unmigrated)


def test_a_column_is_added_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a table of its own: the database is shared with the tests after this one."""
    with engine.connect() as connection:
        operations = Operations(MigrationContext.configure(connection))
        monkeypatch.setattr(steps, "op", operations)
        connection.execute(text("DROP TABLE IF EXISTS benches"))
        steps.create_table("benches", sa.Column("bench_id", sa.Integer(), primary_key=True))
        for _ in range(2):
            steps.add_column("benches", sa.Column("colour", sa.String(20)))
        names = [column["name"] for column in inspect(connection).get_columns("benches")]
        connection.execute(text("DROP TABLE benches"))
    assert names == ["bench_id", "colour"]


def test_a_database_that_is_behind_is_told_what_helps(unmigrated: Engine) -> None:
    unmigrated.connect().close()  # of SQLite an empty file is there then, as of MariaDB an empty database
    with pytest.raises(schema.SchemaBehind, match=r"at revision none.*run `park-downtime migrate`"):
        schema.require_newest(unmigrated)


@pytest.mark.parametrize("ask", [schema.migrate, schema.require_newest])
@pytest.mark.parametrize("revision", ["0001", "0038", "0039"])
def test_a_database_of_release_0_1_is_told_how_it_is_carried_over(
    unmigrated: Engine, ask: Callable[[Engine], object], revision: str
) -> None:
    set_revision(unmigrated, revision)
    with pytest.raises(schema.SchemaBehind) as refused:
        ask(unmigrated)
    assert str(refused.value) == (
        f"the database is at revision {revision} of release 0.1, and the schema starts anew with 0.2: "
        "to carry it over run `park-downtime export FILE --with-readings` with the release that made it, "
        "then with this one, on a new empty database, `park-downtime migrate` and "
        "`park-downtime import FILE`"
    )
    assert schema.current_revision(unmigrated) == revision
    assert inspect(unmigrated).get_table_names() == ["alembic_version"]


@pytest.mark.parametrize("ask", [schema.migrate, schema.require_newest])
@pytest.mark.parametrize("revision", ["0100", "0100_00000000", "0100_ffffffff"])
def test_a_database_of_another_form_of_the_schema_is_told_how_it_is_carried_over(
    unmigrated: Engine, ask: Callable[[Engine], object], revision: str
) -> None:
    set_revision(unmigrated, revision)
    with pytest.raises(schema.SchemaBehind) as refused:
        ask(unmigrated)
    assert str(refused.value) == (
        f"the database is at revision {revision}, another form of the schema than the "
        f"{schema.newest_revision()} that this program needs: "
        "to carry it over run `park-downtime export FILE --with-readings` with the version that made it, "
        "then with this one, on a new empty database, `park-downtime migrate` and "
        "`park-downtime import FILE`"
    )
    assert schema.current_revision(unmigrated) == revision
    assert inspect(unmigrated).get_table_names() == ["alembic_version"]


@pytest.mark.parametrize(
    ("revision", "waits"),
    [(None, True), ("0038", True), ("0100_00000000", True), ("0101", False), ("9999", False)],
)
def test_which_databases_wait_for_a_migration(revision: str | None, waits: bool) -> None:
    """Asked by deploy-backend.sh, which backs them up before it tries."""
    assert schema.waits_for_migration(revision) is waits


def test_a_migrated_database_waits_for_none() -> None:
    assert schema.waits_for_migration(schema.newest_revision()) is False


def test_a_migrated_database_is_accepted(engine: Engine) -> None:
    schema.require_newest(engine)


def test_a_database_of_a_newer_release_is_accepted(unmigrated: Engine) -> None:
    """Otherwise no release could be returned to after its successor has migrated."""
    schema.migrate(unmigrated)
    set_revision(unmigrated, "9999")
    schema.require_newest(unmigrated)
    assert schema.migrate(unmigrated) == ("9999", "9999")


def test_the_revisions_are_those_that_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    found = ScriptDirectory.from_config(config)
    assert (found.get_heads(), found.get_bases()) == ([schema.newest_revision()], [schema.first_revision()])
