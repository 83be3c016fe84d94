"""A fault is one line where the database refused; where we were wrong its traceback is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from park_downtime.database.availability import unforeseen
from park_downtime.database.engine import make_engine


def refused() -> OperationalError:
    with create_engine("sqlite://").connect() as connection, pytest.raises(OperationalError) as raised:
        connection.execute(text("SELECT :word FROM nowhere"), {"word": "secret of a stranger"})
    return raised.value


def test_what_the_database_refused_needs_no_traceback() -> None:
    assert unforeseen(refused()) is None


def test_our_own_mistake_keeps_its_traceback() -> None:
    mistake = KeyError("x")
    assert unforeseen(mistake) is mistake


def test_parameters_are_in_no_error_of_the_database(tmp_path: object) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/d.sqlite")
    with engine.connect() as connection, pytest.raises(SQLAlchemyError) as raised:
        connection.execute(text("SELECT nothing(:word)"), {"word": "secret of a stranger"})
    assert "secret of a stranger" not in str(raised.value)
