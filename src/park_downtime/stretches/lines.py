"""A day of the archive as lines of CSV, one a stretch, and back.

No value holds a comma or a quote: ids, instants, numbers, names of zones and of our own categories.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import attrgetter

from park_downtime.model import Category, DoubtKind, State
from park_downtime.stretches.archived_day import ArchivedDay, ArchivedRide
from park_downtime.timeline.doubts import Doubt
from park_downtime.timeline.runs import ParkRun, Run

COLUMNS = (
    "park_id",
    "local_date",
    "kind",
    "ride_id",
    "started_at",
    "ended_at",
    "interval_seconds",
    "reading_count",
    "recognised_at",
    "note",
)
HEADER = ",".join(COLUMNS) + "\n"


class Kind(StrEnum):
    """What a line is of; MEANINGS has it in words."""

    DAY = "day"
    RIDE = "ride"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    NOT_RUNNING = "not_running"
    STANDSTILL = "standstill"
    LEFT_OPEN = "left_open"
    READING = "reading"


MEANINGS = {
    Kind.DAY: "the first line of each day: it was closed",
    Kind.RIDE: (
        "a counted ride known by then, from its first reading in the park until it turned inactive or left "
        "(no end: neither)"
    ),
    Kind.OPEN: "a stretch of a ride, counted or not, in which the feed said that it is open",
    Kind.CLOSED: "one in which the feed said that it is closed",
    Kind.RUNNING: "a stretch in which the park ran",
    Kind.NOT_RUNNING: "one in which it did not",
    Kind.STANDSTILL: "a doubt over the park that reaches into the day: its feed stood still",
    Kind.LEFT_OPEN: "the same: rides were left open after closing",
    Kind.READING: "when a cycle was, on a day that a correction makes unknown in part: stretches are cut so",
}


class LineUnreadable(ValueError):
    """A line is not one of ours; the message says which."""


_STATES = {State.OPEN: Kind.OPEN, State.CLOSED: Kind.CLOSED}
_STATE_OF = {kind: state for state, kind in _STATES.items()}
_RUNNING = {True: Kind.RUNNING, False: Kind.NOT_RUNNING}
_DOUBTS = {DoubtKind.STANDSTILL: Kind.STANDSTILL, DoubtKind.LEFT_OPEN: Kind.LEFT_OPEN}
_DOUBT_OF = {kind: doubt for doubt, kind in _DOUBTS.items()}


def lines_of(day: ArchivedDay) -> str:
    """In an order of their own, so that the same day is the same text whoever writes it."""
    begin = f"{day.park_id},{day.day},"
    return "".join(f"{begin}{rest}\n" for rest in _lines(day))


def _lines(day: ArchivedDay) -> Iterator[str]:
    yield f"{Kind.DAY},,,,,,,{day.timezone}"
    for ride in sorted(day.rides, key=attrgetter("ride_id")):
        since, until = _text(ride.first_seen), _text(ride.inactive_since)
        yield f"{Kind.RIDE},{ride.ride_id},{since},{until},,,,{ride.category}"
    for doubt in sorted(day.doubts, key=attrgetter("recognised_at", "kind")):
        span = f"{_text(doubt.started_at)},{_text(doubt.ended_at)}"
        yield f"{_DOUBTS[doubt.kind]},,{span},,,{_text(doubt.recognised_at)},"
    for at in sorted(day.readings):
        yield f"{Kind.READING},,{_text(at)},,,,,"
    for of_park in sorted(day.park_runs, key=attrgetter("started_at")):
        span = f"{_text(of_park.started_at)},{_text(of_park.last_reading_at)}"
        yield f"{_RUNNING[of_park.is_running]},,{span},{of_park.interval_seconds},,,"
    for run in sorted(day.runs, key=attrgetter("ride_id", "started_at")):
        span = f"{_text(run.started_at)},{_text(run.last_reading_at)}"
        yield f"{_STATES[run.state]},{run.ride_id},{span},{run.interval_seconds},{run.reading_count},,"


def _text(at: datetime | None) -> str:
    return "" if at is None else f"{at.isoformat()[:19]}Z"


def day_of(lines: Iterable[str]) -> ArchivedDay:
    """The day that the lines tell of. Raises LineUnreadable."""
    day: ArchivedDay | None = None
    for row in csv.reader(lines):
        try:
            if day is None:
                day = _first(row)
            else:
                _ADD[Kind(row[2])](day, row)
        except (ValueError, KeyError, IndexError) as error:
            raise LineUnreadable(f"{','.join(row)!r}: {error}") from error
    if day is None:
        raise LineUnreadable("a day without lines")
    return day


def _first(row: list[str]) -> ArchivedDay:
    if row[2] != Kind.DAY:
        raise ValueError("the first line of a day does not say so")
    return ArchivedDay(int(row[0]), date.fromisoformat(row[1]), row[9], [], [], [], [], [])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _maybe(text: str) -> datetime | None:
    return _instant(text) if text else None


def _add_ride(day: ArchivedDay, row: list[str]) -> None:
    day.rides.append(ArchivedRide(int(row[3]), Category(row[9]), _instant(row[4]), _maybe(row[5])))


def _add_run(day: ArchivedDay, row: list[str]) -> None:
    run = Run(
        ride_id=int(row[3]),
        local_date=day.day,
        state=_STATE_OF[Kind(row[2])],
        started_at=_instant(row[4]),
        last_reading_at=_instant(row[5]),
        interval_seconds=int(row[6]),
        reading_count=int(row[7]),
        wait_count=0,
        wait_sum=0,
        wait_min=None,
        wait_max=None,
    )
    day.runs.append(run)


def _add_park_run(day: ArchivedDay, row: list[str]) -> None:
    is_running = row[2] == Kind.RUNNING
    day.park_runs.append(ParkRun(day.day, _instant(row[4]), _instant(row[5]), int(row[6]), is_running))


def _add_doubt(day: ArchivedDay, row: list[str]) -> None:
    kind = _DOUBT_OF[Kind(row[2])]
    day.doubts.append(Doubt(kind, _instant(row[4]), _instant(row[8]), _maybe(row[5])))


def _add_reading(day: ArchivedDay, row: list[str]) -> None:
    day.readings.append(_instant(row[4]))


_ADD: dict[Kind, Callable[[ArchivedDay, list[str]], None]] = {
    Kind.RIDE: _add_ride,
    Kind.OPEN: _add_run,
    Kind.CLOSED: _add_run,
    Kind.RUNNING: _add_park_run,
    Kind.NOT_RUNNING: _add_park_run,
    Kind.STANDSTILL: _add_doubt,
    Kind.LEFT_OPEN: _add_doubt,
    Kind.READING: _add_reading,
}
