"""A measure's column: what its name, default and metadata make of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sqlalchemy import Column, Integer, SmallInteger

from park_downtime.database.statistics_tables import column_of
from park_downtime.statistics.measures import GREATEST, LATER, WIDE, Measures


@dataclass
class Later:
    short_outage_count: int = field(default=0, metadata=LATER)
    wet_seconds: int = field(default=0, metadata=GREATEST | LATER)
    visitors: int = field(default=0, metadata=WIDE)


def columns(kind: type[Later | Measures]) -> dict[str, Column[int]]:
    return {each.name: column_of(each, Integer(), SmallInteger()) for each in fields(kind)}


def test_a_measure_that_came_later_has_a_default_for_the_release_before_it() -> None:
    later = columns(Later)
    assert [later[name].server_default is not None for name in later] == [True, True, False]


def test_those_that_archives_of_0_1_lack_have_one() -> None:
    with_default = [name for name, column in columns(Measures).items() if column.server_default is not None]
    assert with_default == ["late_start_seconds", "did_not_reopen_seconds"]


def test_a_count_that_grows_is_wide_from_its_first_day() -> None:
    later = columns(Later)
    assert [type(column.type) for column in later.values()] == [SmallInteger, Integer, Integer]
