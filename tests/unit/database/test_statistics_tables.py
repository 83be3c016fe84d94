"""A measure's column: what its name, default and metadata make of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sqlalchemy import Column
from sqlalchemy.dialects import mysql

from park_downtime.database.statistics_tables import OF_ANYTHING, OF_RIDE_UP_TO_A_MONTH, Widths
from park_downtime.statistics.measures import GREATEST, LATER, Measures


@dataclass
class Later:
    short_outage_count: int = field(default=0, metadata=LATER)
    wet_seconds: int = field(default=0, metadata=GREATEST | LATER)
    visitors: int = 0


def columns(kind: type[Later | Measures], widths: Widths = OF_ANYTHING) -> dict[str, Column[int]]:
    return {each.name: widths.column(each) for each in fields(kind)}


def largest(column: Column[int]) -> int:
    """What fits on MySQL and MariaDB."""
    return {
        "TINYINT UNSIGNED": 2**8 - 1,
        "SMALLINT": 2**15 - 1,
        "SMALLINT UNSIGNED": 2**16 - 1,
        "MEDIUMINT UNSIGNED": 2**24 - 1,
    }[column.type.compile(mysql.dialect())]


def test_a_measure_that_came_later_has_a_default_for_the_release_before_it() -> None:
    later = columns(Later)
    assert [later[name].server_default is not None for name in later] == [True, True, False]


def test_those_that_archives_of_0_1_lack_have_one() -> None:
    with_default = [name for name, column in columns(Measures).items() if column.server_default is not None]
    assert with_default == ["late_start_seconds", "did_not_reopen_seconds", "park_wide_outage_count"]


def test_a_month_of_the_most_that_can_be_said_of_a_ride_fits() -> None:
    """A cycle each minute, a month of 31 days in which the clocks are put back, waits of 300 minutes."""
    minutes = 31 * 24 * 60 + 60
    most = {
        **{name: minutes * 60 for name in columns(Measures) if name.endswith("_seconds")},
        **dict.fromkeys(("outage_count", "park_wide_outage_count", "status_changes", "wait_count"), minutes),
        **dict.fromkeys(("days_operated", "days_not_operated"), 31),
        "wait_sum": minutes * 300,
        "wait_min": 300,
        "wait_max": 300,
    }
    found = columns(Measures, OF_RIDE_UP_TO_A_MONTH)
    assert most.keys() == found.keys()
    assert [name for name, column in found.items() if largest(column) < most[name]] == []
