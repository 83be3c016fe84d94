"""The mark of made-up data: set once, never taken back."""

from __future__ import annotations

from cycles import NOON
from sqlalchemy import Engine

from park_downtime.database.engine import reading, writing
from park_downtime.database.version import (
    bump_version,
    current_version,
    is_simulated,
    mark_simulated,
)


def is_marked(engine: Engine) -> bool:
    with reading(engine) as connection:
        return is_simulated(connection)


def version(engine: Engine) -> int:
    with reading(engine) as connection:
        return current_version(connection)[0]


def mark(engine: Engine) -> None:
    with writing(engine) as connection:
        mark_simulated(connection)


def test_an_empty_database_is_not_marked(engine: Engine) -> None:
    assert not is_marked(engine)


def test_real_cycles_do_not_mark(engine: Engine) -> None:
    with writing(engine) as connection:
        bump_version(connection, NOON)
    assert not is_marked(engine)


def test_an_empty_database_can_be_marked(engine: Engine) -> None:
    mark(engine)
    assert is_marked(engine)


def test_real_cycles_afterwards_leave_the_mark(engine: Engine) -> None:
    mark(engine)
    with writing(engine) as connection:
        bump_version(connection, NOON)
    assert is_marked(engine)


def test_the_mark_is_news_once(engine: Engine) -> None:
    with writing(engine) as connection:
        bump_version(connection, NOON)
    mark(engine)
    assert version(engine) == 2
    mark(engine)
    assert version(engine) == 2
