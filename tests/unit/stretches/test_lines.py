"""A day of the archive as CSV: what a reader of the published files meets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import Category, DoubtKind, State
from park_downtime.stretches.archived_day import ArchivedDay, ArchivedRide
from park_downtime.stretches.lines import COLUMNS, LineUnreadable, day_of, lines_of
from park_downtime.timeline.doubts import Doubt
from park_downtime.timeline.runs import ParkRun, Run

DAY = date(2026, 7, 1)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, 1, hour, minute, tzinfo=UTC)


def run(ride_id: int, state: State, start: datetime, end: datetime, wait: int | None = None) -> Run:
    waits = (0, 0, None, None) if wait is None else (1, wait, wait, wait)
    return Run(ride_id, DAY, state, start, end, 600, 1 + (end - start) // timedelta(minutes=10), *waits)


A_DAY = ArchivedDay(
    park_id=6,
    day=DAY,
    timezone="America/New_York",
    rides=[
        ArchivedRide(61, Category.RIDE, at(1), None),
        ArchivedRide(60, Category.WATER_SLIDE, at(1), at(9)),
    ],
    runs=[
        run(61, State.OPEN, at(16), at(17, 30), wait=25),
        run(61, State.CLOSED, at(14), at(15, 50)),
        run(7, State.OPEN, at(14), at(17, 30)),
    ],
    park_runs=[ParkRun(DAY, at(14), at(17, 30), 600, True), ParkRun(DAY, at(4), at(13, 50), 600, False)],
    doubts=[
        Doubt(DoubtKind.LEFT_OPEN, at(17), at(20), None),
        Doubt(DoubtKind.STANDSTILL, at(10), at(12), at(13)),
    ],
    readings=[at(4, 10), at(4)],
)
TEXT = """\
6,2026-07-01,day,,,,,,,America/New_York
6,2026-07-01,ride,60,2026-07-01T01:00:00Z,2026-07-01T09:00:00Z,,,,water_slide
6,2026-07-01,ride,61,2026-07-01T01:00:00Z,,,,,ride
6,2026-07-01,standstill,,2026-07-01T10:00:00Z,2026-07-01T13:00:00Z,,,2026-07-01T12:00:00Z,
6,2026-07-01,left_open,,2026-07-01T17:00:00Z,,,,2026-07-01T20:00:00Z,
6,2026-07-01,reading,,2026-07-01T04:00:00Z,,,,,
6,2026-07-01,reading,,2026-07-01T04:10:00Z,,,,,
6,2026-07-01,not_running,,2026-07-01T04:00:00Z,2026-07-01T13:50:00Z,600,,,
6,2026-07-01,running,,2026-07-01T14:00:00Z,2026-07-01T17:30:00Z,600,,,
6,2026-07-01,open,7,2026-07-01T14:00:00Z,2026-07-01T17:30:00Z,600,22,,
6,2026-07-01,closed,61,2026-07-01T14:00:00Z,2026-07-01T15:50:00Z,600,12,,
6,2026-07-01,open,61,2026-07-01T16:00:00Z,2026-07-01T17:30:00Z,600,10,,
"""


def test_a_day_reads_like_a_table() -> None:
    assert lines_of(A_DAY) == TEXT


def test_every_line_has_every_column() -> None:
    assert {len(line.split(",")) for line in TEXT.splitlines()} == {len(COLUMNS)}


def test_it_is_read_again_but_for_the_waits() -> None:
    day = day_of(TEXT.splitlines())
    assert (day.park_id, day.day, day.timezone) == (6, DAY, "America/New_York")
    assert day.rides == sorted(A_DAY.rides, key=lambda ride: ride.ride_id)
    assert day.park_runs == A_DAY.park_runs[::-1]
    assert day.doubts == A_DAY.doubts[::-1]
    assert day.readings == A_DAY.readings[::-1]
    assert day.runs[2] == run(61, State.OPEN, at(16), at(17, 30))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("6,2026-07-01,open,61,2026-07-01T14:00:00Z,2026-07-01T15:50:00Z,600,,,", "invalid literal for int"),
        ("6,2026-07-01,open,61,half past two,2026-07-01T15:50:00Z,600,9,,", "half past two"),
        ("6,2026-07-01,perhaps,61,2026-07-01T14:00:00Z,,,,,", "perhaps"),
        ("6,2026-07-01,day,,,,,,,America/New_York", "day"),
        ("6,2026-07-01,open", "list index out of range"),
    ],
)
def test_a_line_that_is_not_ours_is_told(line: str, why: str) -> None:
    with pytest.raises(LineUnreadable, match=why):
        day_of([TEXT.splitlines()[0], line])


def test_a_day_begins_with_its_own_line() -> None:
    with pytest.raises(LineUnreadable, match="does not say so"):
        day_of(TEXT.splitlines()[1:])


_instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: instant.replace(microsecond=0)
)
_runs = st.builds(
    Run,
    ride_id=st.integers(1, 99_999),
    local_date=st.just(DAY),
    state=st.sampled_from([State.OPEN, State.CLOSED]),
    started_at=_instants,
    last_reading_at=_instants,
    interval_seconds=st.integers(60, 3600),
    reading_count=st.integers(1, 1440),
    wait_count=st.just(0),
    wait_sum=st.just(0),
    wait_min=st.none(),
    wait_max=st.none(),
)


@given(st.lists(_runs, unique_by=lambda run: (run.ride_id, run.started_at)))
def test_whatever_was_kept_comes_back(runs: list[Run]) -> None:
    day = day_of(lines_of(ArchivedDay(6, DAY, "Europe/Paris", runs=runs)).splitlines())
    assert day.runs == sorted(runs, key=lambda run: (run.ride_id, run.started_at))
