"""Which driver a database URL gets."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from sqlalchemy.engine import make_url

from park_downtime.database import engine
from park_downtime.database.engine import with_driver


def test_sqlite_is_left_as_it_is() -> None:
    assert with_driver(make_url("sqlite:///parks.sqlite")) == make_url("sqlite:///parks.sqlite")


@pytest.mark.parametrize("kind", ["mysql", "mariadb"])
def test_pymysql_where_mysqlclient_is_not_installed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    assert (
        str(with_driver(make_url(f"{kind}://host/parks"))) == f"{kind}+pymysql://host/parks?charset=utf8mb4"
    )


def test_mysqlclient_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: find_spec("pymysql"))
    assert with_driver(make_url("mysql://host/parks")).drivername == "mysql+mysqldb"


def test_a_driver_that_was_named_is_kept() -> None:
    assert with_driver(make_url("mysql+pymysql://host/parks")).drivername == "mysql+pymysql"


def test_the_character_set_is_ours_whatever_the_url_says() -> None:
    assert with_driver(make_url("mysql://host/parks?charset=latin1")).query["charset"] == "utf8mb4"
