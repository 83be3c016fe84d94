"""What a feed tells of closures: nothing that flickers, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from park_downtime.model import StretchKind
from park_downtime.statistics.closure_events import Event, events_of
from park_downtime.statistics.days import DayClosure
from park_downtime.statistics.told_closures import ToldClosure

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)
INTERVAL = 600


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def told(
    kind: StretchKind,
    start: int,
    end: int,
    is_incident: bool = True,
    known: int | None = None,
    ride_id: int = 7,
) -> ToldClosure:
    closure = DayClosure(
        ride_id, kind, date(2026, 7, 1), at(start), at(end), None, 60 * (end - start), 0, is_incident
    )
    return ToldClosure(closure, at(start if known is None else known))


def happened(*closures: ToldClosure, most: int = 50) -> list[tuple[Event, int]]:
    """Events with the minutes at which they were."""
    found = events_of(closures, INTERVAL, most)
    return [(event.event, int((event.at - NOON) / timedelta(minutes=1))) for event in found]


def test_an_outage_is_two_events_the_newest_first() -> None:
    found = happened(told(StretchKind.OUTAGE, 0, 30))
    assert found == [(Event.RUNNING_AGAIN, 30), (Event.WENT_DOWN, 0)]


def test_a_ride_that_is_down_still_went_down() -> None:
    assert happened(told(StretchKind.ONGOING, 0, 10)) == [(Event.WENT_DOWN, 0)]


def test_one_closed_reading_is_no_event_yet() -> None:
    assert happened(told(StretchKind.ONGOING, 0, 0, is_incident=False)) == []


def test_nor_is_it_when_the_next_one_was_open() -> None:
    """Which is an incident by its length, and was read closed once."""
    assert happened(told(StretchKind.OUTAGE, 0, 10)) == []


def test_two_closed_readings_are() -> None:
    assert len(happened(told(StretchKind.OUTAGE, 0, 20))) == 2


def test_a_ride_that_did_not_reopen_says_so_when_its_session_was_over() -> None:
    found = happened(told(StretchKind.DID_NOT_REOPEN, 0, 120, known=600))
    assert found == [(Event.DID_NOT_REOPEN, 120)]


def test_what_had_been_told_of_it_stays_told() -> None:
    found = happened(told(StretchKind.DID_NOT_REOPEN, 0, 120, known=10))
    assert found == [(Event.DID_NOT_REOPEN, 120), (Event.WENT_DOWN, 0)]


NEWS = (StretchKind.OUTAGE, StretchKind.ONGOING, StretchKind.DID_NOT_REOPEN)


@pytest.mark.parametrize("kind", [kind for kind in StretchKind if kind not in NEWS])
def test_other_kinds_are_no_news(kind: StretchKind) -> None:
    assert happened(told(kind, 0, 60)) == []


def test_of_all_closures_the_newest_events_stand_first_and_only_so_many() -> None:
    closures = [told(StretchKind.OUTAGE, 0, 90), told(StretchKind.OUTAGE, 30, 60, ride_id=8)]
    assert happened(*closures) == [
        (Event.RUNNING_AGAIN, 90),
        (Event.RUNNING_AGAIN, 60),
        (Event.WENT_DOWN, 30),
        (Event.WENT_DOWN, 0),
    ]
    assert happened(*closures, most=1) == [(Event.RUNNING_AGAIN, 90)]


def test_that_it_went_down_is_the_same_event_before_and_after_it_reopened() -> None:
    down = told(StretchKind.ONGOING, 0, 20)
    [before] = events_of([down], INTERVAL, 50)
    over = replace(down, closure=replace(down.closure, kind=StretchKind.OUTAGE, ended_at=at(30)))
    after = events_of([over], INTERVAL, 50)[1]
    assert (after.event, after.at, after.closure.ride_id) == (before.event, before.at, before.closure.ride_id)
