"""An id finds its closure by the key of its row, in whatever park the ride stood, in whatever zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, park
from sqlalchemy import Engine, insert

from park_downtime.database.closure_ids import closure_of, former_of
from park_downtime.database.engine import reading, writing
from park_downtime.database.statistics_tables import former_closure_ids, ride_closures
from park_downtime.database.tables import rides
from park_downtime.model import GoneReason, StretchKind
from park_downtime.statistics.told_closures import ClosureId

EVENING = datetime(2026, 7, 2, 3, 30, tzinfo=UTC)  # on July 1st in New York
MORNING = datetime(2026, 7, 1, 22, tzinfo=UTC)  # on July 2nd in Tokyo
HOME, FORMER, FAR = 6, 7, 8
STAYED, MOVED, ABROAD = 61, 71, 81


@pytest.fixture
def filled(engine: Engine) -> Engine:
    add_parks(engine, park(HOME), park(FORMER), park(FAR, "Asia/Tokyo"))
    seen = {"first_seen_at": EVENING - timedelta(days=9), "missed_payloads": 0}
    closed = {"kind": StretchKind.OUTAGE, "seconds": 600, "park_wide_seconds": 0, "is_incident": True}
    stood = [(HOME, STAYED, date(2026, 7, 1), EVENING), (FORMER, MOVED, date(2026, 7, 1), EVENING),
             (FAR, ABROAD, date(2026, 7, 2), MORNING)]  # fmt: skip
    with writing(engine) as connection:
        for park_id, ride_id, moves_on in (
            (HOME, STAYED, None),
            (HOME, MOVED, date(2026, 7, 3)),
            (FAR, ABROAD, None),
        ):
            connection.execute(
                insert(rides).values(park_id=park_id, ride_id=ride_id, name="Ride", moves_on=moves_on, **seen)
            )
        for park_id, ride_id, day, began in stood:
            connection.execute(
                insert(ride_closures).values(
                    park_id=park_id, ride_id=ride_id, stat_date=day, started_at=began,
                    ended_at=began + timedelta(minutes=10), known_at=began, **closed,
                )
            )  # fmt: skip
    return engine


@pytest.mark.parametrize(
    ("ride_id", "began", "park_id"),
    [(STAYED, EVENING, HOME), (MOVED, EVENING, FORMER), (ABROAD, MORNING, FAR)],
)
def test_it_is_found_where_the_ride_stood(
    filled: Engine, ride_id: int, began: datetime, park_id: int
) -> None:
    with reading(filled) as connection:
        found = closure_of(connection, ClosureId(ride_id, began))
    assert found is not None
    assert (found.park_id, found.closure.ride_id, found.known_at) == (park_id, ride_id, began)


def test_a_second_later_there_is_none(filled: Engine) -> None:
    with reading(filled) as connection:
        assert closure_of(connection, ClosureId(STAYED, EVENING + timedelta(seconds=1))) is None
        assert closure_of(connection, ClosureId(99, EVENING)) is None


def test_of_one_that_was_gone_more_than_once_the_last_time_counts(filled: Engine) -> None:
    times = [EVENING + timedelta(hours=hours) for hours in (1, 2, 3)]
    with writing(filled) as connection:
        for gone_at, back_at, reason in (
            (times[0], times[1], GoneReason.CORRECTED),
            (times[2], None, GoneReason.LATE_READINGS),
        ):
            connection.execute(
                insert(former_closure_ids).values(
                    ride_id=STAYED, started_at=MORNING, park_id=HOME, known_at=MORNING,
                    gone_at=gone_at, back_at=back_at, reason=reason, moved_to=None,
                )
            )  # fmt: skip
    with reading(filled) as connection:
        found = former_of(connection, ClosureId(STAYED, MORNING))
    assert found is not None
    assert (found.gone_at, found.reason) == (times[2], GoneReason.LATE_READINGS)
