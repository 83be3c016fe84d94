"""The log of closures: the newest first over all parks, page by page, without reading everything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from sqlalchemy import Engine, insert

from park_downtime.database import outage_log
from park_downtime.database.engine import reading, writing
from park_downtime.database.outage_log import Wanted, count_logged, logged
from park_downtime.database.statistics_tables import ride_closures, ride_daily_stats
from park_downtime.database.tables import rides
from park_downtime.model import StretchKind
from park_downtime.periods import DateRange
from park_downtime.statistics.days import LOST
from park_downtime.statistics.measures import Measures

JULY = DateRange(date(2026, 7, 1), date(2026, 7, 31))
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)
PARK, OTHER = 6, 7
KINDS = (*LOST, StretchKind.ONGOING)
Ids = list[tuple[int, int]]


def row(ride_id: int, hour: float, park_id: int = PARK, **given: Any) -> dict[str, Any]:
    began = NOON + timedelta(hours=hour)
    return {
        "park_id": park_id,
        "stat_date": began.date(),
        "ride_id": ride_id,
        "started_at": began,
        "kind": StretchKind.OUTAGE,
        "ended_at": began + timedelta(minutes=30),
        "seconds": 1800,
        "park_wide_seconds": 0,
        "is_incident": True,
        "known_at": began,
        **given,
    }


@pytest.fixture
def filled(engine: Engine) -> Engine:
    add_parks(engine, park(PARK), park(OTHER))
    late, ongoing = StretchKind.LATE_START, StretchKind.ONGOING
    with writing(engine) as connection:
        connection.execute(
            insert(ride_closures),
            [
                row(61, 0),
                row(62, 1, park_wide_seconds=900),
                row(71, 1, OTHER),
                row(61, 2, kind=late),
                row(72, 24, OTHER, kind=ongoing),
                row(61, 48),
                row(62, 24 * 31),  # in August
            ],
        )
    return engine


def asked(**given: Any) -> Wanted:
    return Wanted(**{"parks": {JULY: [PARK, OTHER]}, "kinds": KINDS, **given})


def ids(engine: Engine, wanted: Wanted, offset: int = 0, limit: int = 100) -> Ids:
    """Rides and the hours at which they closed."""
    with reading(engine) as connection:
        found = logged(connection, wanted, offset, limit)
    return [(one.closure.ride_id, int((one.closure.started_at - NOON) / timedelta(hours=1))) for one in found]


def count(engine: Engine, wanted: Wanted) -> int:
    with reading(engine) as connection:
        return count_logged(connection, wanted)


ALL: Ids = [(61, 48), (72, 24), (61, 2), (71, 1), (62, 1), (61, 0)]


def test_all_kinds_of_all_parks_stand_in_one_order(filled: Engine) -> None:
    assert ids(filled, asked()) == ALL
    assert count(filled, asked()) == 6


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_its_pages_are_the_whole(filled: Engine, limit: int) -> None:
    pages = [ids(filled, asked(), offset, limit) for offset in range(0, 8, limit)]
    assert [one for page in pages for one in page] == ALL


def test_a_row_has_what_was_judged_and_since_when_it_is_known(filled: Engine) -> None:
    with reading(filled) as connection:
        [late] = logged(connection, asked(kinds=(StretchKind.LATE_START,)), 0, 10)
    assert (late.park_id, late.known_at) == (PARK, NOON + timedelta(hours=2))
    assert (late.closure.kind, late.closure.seconds) == (StretchKind.LATE_START, 1800)


def test_of_one_park(filled: Engine) -> None:
    wanted = asked(parks={JULY: [OTHER]})
    assert ids(filled, wanted) == [(72, 24), (71, 1)]
    assert count(filled, wanted) == 2


def test_of_one_kind(filled: Engine) -> None:
    assert ids(filled, asked(kinds=(StretchKind.ONGOING,))) == [(72, 24)]


def test_without_what_was_park_wide(filled: Engine) -> None:
    """At least half of it."""
    wanted = asked(with_park_wide=False)
    assert ids(filled, wanted) == [one for one in ALL if one != (62, 1)]
    assert count(filled, wanted) == 5


def test_a_period_has_other_dates_where_it_is_another_day(filled: Engine) -> None:
    first, second = (DateRange(date(2026, 7, day), date(2026, 7, day)) for day in (1, 2))
    assert ids(filled, asked(parks={first: [PARK], second: [OTHER]})) == [(72, 24), (61, 2), (62, 1), (61, 0)]


def test_without_a_park_there_is_nothing(filled: Engine) -> None:
    assert (ids(filled, asked(parks={})), count(filled, asked(parks={}))) == ([], 0)


def test_no_more_is_reached_or_counted_than_a_bound(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage_log, "REACHABLE", 3)
    assert count(filled, asked()) == 4
    assert ids(filled, asked(), 2, 100) == ALL[2:3]
    assert ids(filled, asked(), 3, 100) == []


class TestOfARide:
    @pytest.fixture
    def moved(self, filled: Engine) -> Engine:
        """Ride 61 went from the second park to the first on July 3rd."""
        seen = {"name": "Ride", "first_seen_at": NOON, "missed_payloads": 0}
        own = {"ride_id": 61, "park_id": OTHER, "stat_date": date(2026, 7, 1), "days_operated": 1}
        parts = {name: 0 for name, part in Measures.__dataclass_fields__.items() if part.default is not None}
        with writing(filled) as connection:
            connection.execute(
                insert(rides).values(ride_id=61, park_id=PARK, moves_on=date(2026, 7, 3), **seen)
            )
            connection.execute(insert(ride_daily_stats).values({**parts, **own}))
            connection.execute(insert(ride_closures).values(row(61, 4, OTHER)))
        return filled

    def test_in_whatever_park_it_stood(self, moved: Engine) -> None:
        wanted = asked(parks={JULY: [PARK]}, ride_id=61)
        assert ids(moved, wanted) == [(61, 48), (61, 4), (61, 2), (61, 0)]
        assert count(moved, wanted) == 4

    def test_while_it_stood_in_one(self, moved: Engine) -> None:
        assert ids(moved, asked(parks={JULY: [OTHER]}, ride_id=61, park_id=OTHER)) == [(61, 4)]
