"""Three users with least rights: the API reads, the jobs write rows, migrations alone change tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from deployed_site import Site
from deployment import ROLES
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.keys import add_usage, create_key
from park_downtime.jobs.prune import prune

REFUSED = "denied"


class Roles(dict[str, Engine]):
    """An engine for each role."""


@pytest.fixture(scope="module")
def roles(site: Site) -> Iterator[Roles]:
    engines = Roles({role: make_engine(site.deployment.database_url(role)) for role in ROLES})
    yield engines
    for engine in engines.values():
        engine.dispose()


def attempt(engine: Engine, statement: str) -> str:
    """The database's refusal, or an empty text; nothing stays."""
    with engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except SQLAlchemyError as error:
            return str(error)
        finally:
            connection.rollback()
    return ""


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads(roles: Roles, role: str) -> None:
    assert attempt(roles[role], "SELECT * FROM ride_status_changes LIMIT 1") == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parks SET name = 'x'",
        "DELETE FROM ride_daily_stats",
        "INSERT INTO park_groups VALUES (9, 'x')",
        "UPDATE api_keys SET revoked_at = NULL",
        "DELETE FROM api_usage",
        "CREATE TABLE api_usage_2 (a INT PRIMARY KEY)",
        "DROP TABLE api_usage",
        "ALTER TABLE api_usage ADD COLUMN a INT",
    ],
)
def test_the_api_writes_nothing_but_the_use_of_keys(roles: Roles, statement: str) -> None:
    assert REFUSED in attempt(roles["api"], statement)


def test_the_api_counts_the_use_of_keys(roles: Roles) -> None:
    hour = utc_now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    with writing(roles["jobs"]) as connection:
        key_id, _ = create_key(connection, "Ann", hour)
    for _ in range(2):
        with writing(roles["api"]) as connection:
            add_usage(connection, {(key_id, hour): 3})
    with roles["api"].connect() as connection:
        counted = connection.scalar(
            text("SELECT request_count FROM api_usage WHERE key_id = :id"), {"id": key_id}
        )
    assert counted == 6


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (a INT PRIMARY KEY)",
        "ALTER TABLE parks ADD COLUMN weather INT",
        "DROP TABLE ride_closures",
        "TRUNCATE TABLE ride_closures",
        "CREATE INDEX more ON parks (name)",
    ],
)
def test_the_jobs_change_no_table(roles: Roles, statement: str) -> None:
    assert REFUSED in attempt(roles["jobs"], statement)


def test_the_jobs_may_delete_what_is_old(roles: Roles) -> None:
    assert prune(roles["jobs"], utc_now()).parks_held_back == 0


@pytest.mark.parametrize("role", ROLES)
def test_nobody_sees_the_databases_of_others(roles: Roles, role: str) -> None:
    with roles[role].connect() as connection:
        seen = set(connection.scalars(text("SHOW DATABASES")))
        own = connection.scalar(text("SELECT DATABASE()"))
    assert seen == {own, "information_schema"}


def test_setting_up_again_keeps_the_passwords(site: Site, mariadb_server_url: str, worker: str) -> None:
    before = {role: site.deployment.database_url(role) for role in ROLES}
    site.deployment.set_up_database(mariadb_server_url, f"site_{worker}", worker)
    assert {role: site.deployment.database_url(role) for role in ROLES} == before


def test_no_password_is_printed(site: Site, mariadb_server_url: str, worker: str) -> None:
    arguments = ("--database", f"site_{worker}", "--users", worker)
    said = site.deployment.script("setup-database.sh", "--dry-run", *arguments)
    passwords = [site.deployment.database_url(role).split(":")[2].split("@")[0] for role in ROLES]
    assert [secret for secret in passwords if secret in said.stdout + said.stderr] == []
    assert "IDENTIFIED BY '***'" in said.stdout
