"""The night holds the edges of a day against what was seen on the days before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from api_world import settings_for
from cycles import add_parks, park
from recorded import collect, recording, rows
from sqlalchemy import Engine, update

from park_downtime.api.app import create_app
from park_downtime.database.edges import edges_between, save_edges
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import all_parks
from park_downtime.database.sessions import save_sessions
from park_downtime.database.statistics_tables import ride_daily_stats, ride_period_totals
from park_downtime.database.totals import rebuild_totals
from park_downtime.jobs.aggregate import aggregate_day, aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.judging.moment import moment
from park_downtime.model import Cycle, PeriodTotal, StretchKind
from park_downtime.reports.park_day import day_timeline
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.sessions import Session

PARK = 6
DAY = date(2026, 7, 1)
EVERY = timedelta(minutes=10)
NINE = datetime(2026, 7, 1, 13, tzinfo=UTC)  # in New York
START = NINE - timedelta(minutes=20)
NEXT_NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)
LENGTH = 8 * 3600
RIDES = [61, 62, 63, 64, 65]
NIGHT = "X" * 24
PUNCTUAL = "XX" + "o" * 48 + NIGHT
LATE = "XX" + "X" * 5 + "o" * 43 + NIGHT
GONE_EARLY = "XX" + "o" * 42 + "X" * 6 + NIGHT


def usual_day(days_before: int) -> SessionEdges:
    start = NINE - timedelta(days=days_before)
    end = start + timedelta(seconds=LENGTH)
    return SessionEdges(start, end, dict.fromkeys(RIDES, 0), dict.fromkeys(RIDES, LENGTH))


def remember(engine: Engine, days: Iterable[int] = range(1, 7)) -> None:
    """Days on which all rides opened and closed with the park."""
    past = [usual_day(number) for number in days]
    with writing(engine) as connection:
        zone = all_parks(connection)[PARK].zone
        save_sessions(
            connection,
            PARK,
            zone,
            [Session(day.started_at, day.ends_at, day.ends_at - EVERY, False, True, (), ()) for day in past],
        )
        save_edges(connection, PARK, past)


def drawn_day(*pictures: str) -> list[Cycle]:
    """With a reading of the evening before: the first day of observation says nothing of habits."""
    before = recording({PARK: ("X",) * len(pictures)}, START - timedelta(days=1), EVERY)
    return [*before, *recording({PARK: pictures}, START, EVERY)]


@pytest.fixture
def judged(engine: Engine) -> Engine:
    add_parks(engine, park(PARK))
    collect(engine, drawn_day(LATE, GONE_EARLY, PUNCTUAL, PUNCTUAL, PUNCTUAL))
    remember(engine)
    return engine


def close(engine: Engine, now: datetime = NEXT_NIGHT) -> None:
    aggregate_due(engine, now)


def parts_of(engine: Engine, ride_id: int, *names: str) -> tuple[int, ...]:
    (row,) = rows(engine, "ride_daily_stats", ride_id=ride_id, stat_date=DAY)
    return tuple(row[f"{name}_seconds"] for name in names)


def closures(engine: Engine) -> list[tuple[Any, ...]]:
    return [
        (row["ride_id"], row["kind"], row["started_at"], row["due_at"], row["seconds"])
        for row in rows(engine, "ride_closures", stat_date=DAY)
    ]


CALLED = [
    (61, StretchKind.LATE_START, NINE, NINE, 3000),
    (62, StretchKind.DID_NOT_REOPEN, NINE + timedelta(hours=7), NINE + timedelta(hours=8), 3600),
]


def test_the_day_itself_says_nothing_of_habits(judged: Engine) -> None:
    assert parts_of(judged, 61, "late_opening", "late_start", "downtime") == (3000, 0, 0)
    assert parts_of(judged, 62, "early_close", "did_not_reopen", "downtime") == (3600, 0, 0)
    assert closures(judged) == []


def test_the_night_tells_late_starts_and_what_did_not_reopen(judged: Engine) -> None:
    close(judged)
    assert parts_of(judged, 61, "late_opening", "late_start", "downtime") == (0, 3000, 0)
    assert parts_of(judged, 62, "early_close", "did_not_reopen", "downtime") == (0, 3600, 0)
    assert closures(judged) == CALLED
    (of_park,) = rows(judged, "park_daily_stats", stat_date=DAY)
    assert (of_park["late_start_seconds"], of_park["did_not_reopen_seconds"]) == (3000, 3600)
    assert (of_park["downtime_seconds"], of_park["method_version"]) == (0, 2)


def test_closing_the_day_again_gives_the_same(judged: Engine) -> None:
    close(judged)
    tables = (
        "ride_daily_stats",
        "park_daily_stats",
        "ride_closures",
        "ride_edges",
        "park_operating_sessions",
    )
    before = {name: rows(judged, name) for name in tables}
    aggregate_day(judged, DAY, NEXT_NIGHT + timedelta(hours=3))
    assert {name: rows(judged, name) for name in tables} == before


def seven_days(engine: Engine, ride_id: int) -> dict[str, Any]:
    (row,) = rows(engine, "ride_period_totals", ride_id=ride_id, period=PeriodTotal.CURRENT_7)
    return row


def test_only_rides_whose_day_has_changed_are_summed_again(judged: Engine) -> None:
    close(judged)
    before = seven_days(judged, 61)
    assert before["late_start_seconds"] == 3000
    day, total = ride_daily_stats, ride_period_totals
    with writing(judged) as connection:
        connection.execute(
            update(day).where(day.c.ride_id == 61, day.c.stat_date == DAY).values(late_start_seconds=1)
        )
        rebuild_totals(connection, [PARK], DAY + timedelta(days=1))
        connection.execute(update(total).where(total.c.ride_id == 63).values(open_seconds=1))
    assert seven_days(judged, 61)["late_start_seconds"] == 1
    aggregate_day(judged, DAY, NEXT_NIGHT + timedelta(hours=3))
    assert seven_days(judged, 61) == before
    assert seven_days(judged, 63)["open_seconds"] == 1


def test_the_days_edges_are_kept_for_the_days_to_come(judged: Engine) -> None:
    close(judged)
    with reading(judged) as connection:
        *_, last = edges_between(connection, PARK, NINE - timedelta(days=60), NINE + timedelta(days=1))
    assert last == SessionEdges(
        NINE,
        NINE + timedelta(seconds=LENGTH),
        {61: 3000, 62: 0, 63: 0, 64: 0, 65: 0},
        {61: LENGTH, 62: 7 * 3600, 63: LENGTH, 64: LENGTH, 65: LENGTH},
    )


def test_the_picture_of_the_day_says_what_its_figures_say(judged: Engine) -> None:
    close(judged)
    with reading(judged) as connection:
        parks = moment(connection)
        drawn = day_timeline(connection, parks.parks[PARK], DAY, parks)
    assert [one.stretch.kind for one in drawn.rides[61]] == [StretchKind.LATE_START, StretchKind.OPEN]
    assert [one.stretch.kind for one in drawn.rides[62]] == [StretchKind.OPEN, StretchKind.DID_NOT_REOPEN]
    assert drawn.figures.rides[61].parts.late_start_seconds == 3000


def test_a_late_reading_is_judged_by_the_next_night(judged: Engine) -> None:
    close(judged)
    at = NINE + timedelta(hours=4, minutes=5)
    (late,) = recording({PARK: ("o", "o", "o", "o", "X")}, at, EVERY)
    collect(judged, [late])
    assert parts_of(judged, 61, "late_opening", "late_start") == (3000, 0)
    close(judged, NEXT_NIGHT + timedelta(hours=1))
    assert parts_of(judged, 61, "late_opening", "late_start") == (0, 3000)


def test_an_earlier_moment_knows_what_the_night_had_said(sqlite_engine: Engine) -> None:
    add_parks(sqlite_engine, park(PARK))
    collect(sqlite_engine, drawn_day(LATE, GONE_EARLY, PUNCTUAL, PUNCTUAL, PUNCTUAL))
    remember(sqlite_engine)
    close(sqlite_engine)
    for at, known in ((NEXT_NIGHT - timedelta(minutes=30), []), (NEXT_NIGHT + timedelta(minutes=30), CALLED)):
        collect(sqlite_engine, recording({PARK: ("X",) * 5}, at, EVERY))
        then = AsOfDatabase(sqlite_engine, at)
        with then.reading() as connection:
            engine = connection.engine
            assert closures(engine) == known


def test_edges_are_kept_for_seventy_days(judged: Engine) -> None:
    close(judged)
    remember(judged, range(7, 90))
    report = prune(judged, NEXT_NIGHT)
    oldest = min(row["started_at"] for row in rows(judged, "ride_edges"))
    assert report.edges == 89 - 69
    assert oldest > NEXT_NIGHT - timedelta(days=70)


def test_the_rides_page_says_what_was_late_and_when_it_usually_opens(judged: Engine, tmp_path: Path) -> None:
    close(judged)
    collect(judged, recording({PARK: ("X",) * 5}, NEXT_NIGHT, EVERY))
    asked = create_app(settings_for(tmp_path), judged, clock=lambda: NEXT_NIGHT).test_client()
    ride = asked.get("/api/rides/61/details?period=7days").get_json()["data"]
    assert (ride["usual_opening"], ride["usual_closing"], ride["not_operated_since"]) == (
        "09:00",
        "17:00",
        None,
    )
    assert ride["edges"] == [
        {
            "outage_id": "61-1782910800",
            "kind": "late_start",
            "started_at": "2026-07-01T13:00:00Z",
            "due_at": "2026-07-01T13:00:00Z",
            "ended_at": "2026-07-01T13:50:00Z",
            "minutes": 50.0,
        }
    ]
    assert ride["outages"] == []
    figures = ride["statistics"]
    assert (figures["downtime_hours"], figures["late_start_hours"], figures["lost_hours"]) == (0, 0.83, 0.83)
    (of_park,) = asked.get("/api/parks/downtime?period=7days").get_json()["data"]
    assert (of_park["total_downtime_hours"], of_park["lost_hours"]) == (0, 1.83)
    assert (of_park["late_start_hours"], of_park["did_not_reopen_hours"]) == (0.83, 1.0)
