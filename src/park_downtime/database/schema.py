"""Bring a database to the newest revision, and tell which one it is at.

Which revisions there are is read from their files as text: Alembic takes 10 MB and a fifth of a second, and
only a migration needs it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from park_downtime.database.revisions import is_another_form, is_before

MIGRATIONS = Path(__file__).parent / "migrations"
_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)


class SchemaBehind(Exception):
    """The database has not been migrated to what this program needs."""


@lru_cache(maxsize=1)
def _revisions() -> list[str]:
    """Oldest first: files are named by their numbers, which rise."""
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    return [found[1] for file in files if (found := _REVISION.search(file.read_text("utf-8")))]


def newest_revision() -> str:
    if not _revisions():
        raise SchemaBehind("this installation contains no migrations")
    return _revisions()[-1]


def first_revision() -> str | None:
    """The one that makes an empty database: what is below it was made before numbering started anew."""
    return next(iter(_revisions()), None)


def current_revision(engine: Engine) -> str | None:
    """The database's revision; None before the first migration."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def waits_for_migration(current: str | None) -> bool:
    """Whether a database at that revision is empty, or behind this program, or goes no way on from there."""
    newest = newest_revision()
    return current is None or is_before(current, newest) or is_another_form(current, newest)


def migrate(engine: Engine) -> tuple[str | None, str | None]:
    """Bring an empty database or one of ours to the newest revision; answers those before and after.

    Twice is once, and what a newer release has migrated stays as it is. Raises SchemaBehind, with
    nothing changed, where no revision leads on from the one it is at.
    """
    from alembic import command
    from alembic.config import Config

    before = current_revision(engine)
    _require_way_on(before)
    if waits_for_migration(before):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return before, current_revision(engine)


def missing_file(engine: Engine) -> Path | None:
    """The SQLite file that is not there: to connect would make an empty one in silence."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return None if Path(name).exists() else Path(name)


def require_newest(engine: Engine) -> None:
    """Raises SchemaBehind, naming the command that helps.

    A database that a newer release has migrated is fine: revisions only add, so that a release can be
    returned to.
    """
    missing = missing_file(engine)
    if missing is not None:
        raise SchemaBehind(
            f"there is no database {missing}: run `park-downtime migrate` (`run` does it by itself)"
        )
    current, newest = current_revision(engine), newest_revision()
    _require_way_on(current)
    if waits_for_migration(current):
        raise SchemaBehind(
            f"the database is at revision {current or 'none'}, this program needs {newest}: "
            "run `park-downtime migrate`"
        )


def _require_way_on(current: str | None) -> None:
    if current is None:
        return
    first = first_revision()
    if first is not None and is_before(current, first):
        raise SchemaBehind(
            f"the database is at revision {current} of release 0.1, and the schema starts anew with 0.2: "
            f"{_carried_over('release')}"
        )
    for known in _revisions():
        if is_another_form(current, known):
            raise SchemaBehind(
                f"the database is at revision {current}, another form of the schema than the {known} "
                f"that this program needs: {_carried_over('version')}"
            )


def _carried_over(by: str) -> str:
    return (
        f"to carry it over run `park-downtime export FILE --with-readings` with the {by} that made it, "
        "then with this one, on a new empty database, `park-downtime migrate` and "
        "`park-downtime import FILE`"
    )
