"""What is kept ready is of one version of the data, and of no other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from cycles import NOON
from sqlalchemy import Engine

from park_downtime.database.engine import reading, writing
from park_downtime.database.ready_columns import keep_ready, read_ready
from park_downtime.database.version import bump_version, current_version

KEPT: dict[str, Sequence[object]] = {"ride_ids": [7, 9], "names": ["Comet", "Log"]}


def kept(engine: Engine, names: Sequence[str]) -> list[list[object]] | None:
    with reading(engine) as connection:
        found = read_ready(connection, names)
    return None if found is None else [column.values() for column in found]


@pytest.fixture
def ready(engine: Engine) -> Engine:
    with writing(engine) as connection:
        bump_version(connection, NOON)
        keep_ready(connection, current_version(connection)[0], KEPT)
    return engine


def test_columns_come_in_the_order_asked_for(ready: Engine) -> None:
    assert kept(ready, ["names", "ride_ids"]) == [["Comet", "Log"], [7, 9]]


def test_none_is_ready_once_the_version_has_risen(ready: Engine) -> None:
    with writing(ready) as connection:
        bump_version(connection)
    assert kept(ready, ["ride_ids"]) is None


def test_none_is_ready_where_one_is_missing(ready: Engine) -> None:
    assert kept(ready, ["ride_ids", "tiers"]) is None


def test_what_is_kept_again_takes_the_place_of_what_was(ready: Engine) -> None:
    with writing(ready) as connection:
        bump_version(connection)
        keep_ready(connection, current_version(connection)[0], KEPT | {"ride_ids": [9]})
    assert kept(ready, ["ride_ids"]) == [[9]]


def test_what_an_older_reader_kept_is_not_ready(ready: Engine) -> None:
    with writing(ready) as connection:
        before, _ = current_version(connection)
        bump_version(connection)
        keep_ready(connection, before, KEPT)
    assert kept(ready, ["ride_ids"]) is None
