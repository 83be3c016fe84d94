"""How likely a closed ride is to be back: asked with every cycle, learnt every night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, park
from recorded import collect, recording, rows
from sqlalchemy import Engine

from park_downtime.database.edges import save_edges
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import all_parks
from park_downtime.database.reopening import odds_before, save_odds, votes_since
from park_downtime.database.ride_status import StatusRow, statuses
from park_downtime.database.sessions import save_sessions
from park_downtime.jobs.aggregate import aggregate_day, aggregate_due
from park_downtime.jobs.corrections import make_correction
from park_downtime.jobs.prune import prune
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.model import Cycle, Status
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.reopening import SHIPPED, Cell, Votes
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.voided import Voided

PARK = 6
DAY = date(2026, 7, 1)
EVERY = timedelta(minutes=10)
NINE = datetime(2026, 7, 1, 13, tzinfo=UTC)  # in New York
START = NINE - timedelta(minutes=20)
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)
LENGTH = 8 * 3600
RIDES = [61, 62, 63, 64, 65]
OUTAGE = "XX" + "o" * 6 + "XXX" + "o" * 39 + "X" * 24
GONE_EARLY = "XX" + "o" * 42 + "X" * 6 + "X" * 24
PUNCTUAL = "XX" + "o" * 48 + "X" * 24
PICTURES = (OUTAGE, GONE_EARLY, PUNCTUAL, PUNCTUAL, PUNCTUAL)
LONG_BEFORE = {Cell(0, 180, False): Votes(1, 1), Cell(10, 180, False): Votes(1, 1)}
TOWARDS_THE_END = {
    Cell(0, 60, False): Votes(1, 0),
    Cell(10, 20, False): Votes(1, 0),
    Cell(30, 20, False): Votes(1, 0),
    Cell(30, -20, False): Votes(1, 0),
}


def feed(until: datetime = NIGHT) -> list[Cycle]:
    return [each for each in recording({PARK: PICTURES}, START, EVERY) if each.recorded_at <= until]


def remember(engine: Engine, sessions: int = 3) -> None:
    """Days on which all rides were seen to close at 17:00."""
    with writing(engine) as connection:
        zone = all_parks(connection)[PARK].zone
        for number in range(1, sessions + 1):
            start = NINE - timedelta(days=number)
            end = start + timedelta(seconds=LENGTH)
            save_sessions(connection, PARK, zone, [Session(start, end, end - EVERY, False, True, (), ())])
            save_edges(connection, PARK, [SessionEdges(start, end, {}, dict.fromkeys(RIDES, LENGTH))])


def at_clock(hours: int, minutes: int) -> datetime:
    """By the clock of New York on the day."""
    return NINE + timedelta(hours=hours - 9, minutes=minutes)


def said(engine: Engine, ride_id: int, at: datetime) -> tuple[Status, datetime | None, int | None]:
    with reading(engine) as connection:
        row: StatusRow = statuses(connection, at)[ride_id]
    return row.status, row.down_since, row.back_today_percentage


def votes(engine: Engine) -> dict[Cell, Votes]:
    with reading(engine) as connection:
        return votes_since(connection, NINE - timedelta(days=1))


class TestLive:
    @pytest.fixture
    def park_6(self, sqlite_engine: Engine) -> Engine:
        add_parks(sqlite_engine, park(PARK))
        return sqlite_engine

    def ask(self, engine: Engine, ride_id: int, at: datetime) -> tuple[Status, datetime | None, int | None]:
        collect(engine, feed(at))
        return said(engine, ride_id, at)

    def test_long_before_its_usual_closing_it_is_down_and_likely_back(self, engine: Engine) -> None:
        add_parks(engine, park(PARK))
        remember(engine)
        assert self.ask(engine, 61, at_clock(10, 10)) == (Status.DOWN, at_clock(10, 0), 95)

    def test_towards_its_usual_closing_it_is_down_as_long_as_that_is_likely(self, park_6: Engine) -> None:
        remember(park_6)
        assert self.ask(park_6, 62, at_clock(16, 20)) == (Status.DOWN, at_clock(16, 0), 55)

    def test_then_it_is_closed_and_says_how_likely(self, park_6: Engine) -> None:
        remember(park_6)
        assert self.ask(park_6, 62, at_clock(16, 30)) == (Status.CLOSED, None, 25)

    def test_without_a_habit_it_is_down_and_nobody_knows_how_likely(self, park_6: Engine) -> None:
        remember(park_6, sessions=2)
        assert self.ask(park_6, 62, at_clock(16, 30)) == (Status.DOWN, at_clock(16, 0), None)

    def test_what_runs_has_no_chance(self, park_6: Engine) -> None:
        remember(park_6)
        assert self.ask(park_6, 61, at_clock(10, 30)) == (Status.RUNNING, None, None)

    def test_the_cycle_asks_the_table_of_the_last_night(self, park_6: Engine) -> None:
        remember(park_6)
        with writing(park_6) as connection:
            save_odds(connection, at_clock(5, 0), {**SHIPPED, Cell(10, 180, False): 0.4}, {})
        assert self.ask(park_6, 61, at_clock(10, 10)) == (Status.CLOSED, None, 40)


class TestNight:
    @pytest.fixture
    def closed(self, engine: Engine) -> Engine:
        add_parks(engine, park(PARK))
        collect(engine, feed())
        remember(engine)
        aggregate_due(engine, NIGHT)
        return engine

    @pytest.fixture
    def day(self, sqlite_engine: Engine) -> Engine:
        add_parks(sqlite_engine, park(PARK))
        collect(sqlite_engine, feed())
        remember(sqlite_engine)
        return sqlite_engine

    def test_it_counts_how_closures_ended(self, closed: Engine) -> None:
        assert votes(closed) == LONG_BEFORE | TOWARDS_THE_END

    def test_closing_the_day_again_counts_nothing_twice(self, closed: Engine) -> None:
        before = rows(closed, "reopening_votes")
        aggregate_day(closed, DAY, NIGHT + timedelta(hours=3))
        assert rows(closed, "reopening_votes") == before

    def test_the_next_cycles_read_what_it_learnt(self, closed: Engine) -> None:
        with reading(closed) as connection:
            assert odds_before(connection, NIGHT) == SHIPPED
            learned = odds_before(connection, NIGHT + EVERY)
        assert learned[Cell(10, 180, False)] == pytest.approx((1 + 20 * 0.973) / 21)
        assert learned[Cell(30, 20, False)] == pytest.approx(20 * 0.237 / 21)
        assert learned[Cell(180, 180, True)] == 0.785

    def test_late_readings_take_the_votes_back_until_the_day_is_closed_again(self, day: Engine) -> None:
        aggregate_due(day, NIGHT)
        collect(day, recording({PARK: ("X", "o", "o", "o", "o")}, at_clock(13, 5), EVERY))
        assert votes(day) == {}
        aggregate_due(day, NIGHT + timedelta(hours=1))
        assert votes(day)[Cell(0, 180, False)] == Votes(2, 2)

    def test_what_was_made_unknown_has_no_vote(self, day: Engine) -> None:
        aggregate_due(day, NIGHT)
        lie = Voided(62, at_clock(15, 0), at_clock(18, 0))
        make_correction(day, PARK, lie, "an entry left behind", NIGHT + timedelta(hours=1))
        assert votes(day) == LONG_BEFORE

    def test_votes_are_kept_as_long_as_edges_and_tables_of_eight_nights(self, day: Engine) -> None:
        aggregate_due(day, NIGHT)
        with writing(day) as connection:
            for hours in range(12, 9 * 24 + 1, 12):
                save_odds(connection, NIGHT + timedelta(hours=hours), SHIPPED, {})
        report = prune(day, NIGHT + timedelta(days=9))
        made = sorted({row["made_at"] for row in rows(day, "reopening_odds")})
        assert len({each.date() for each in made}) == 8
        assert made[0] == NIGHT + timedelta(days=2)
        assert (report.odds, report.votes) == (4 * 60, 0)
        assert prune(day, NIGHT + timedelta(days=71)).votes == 6

    def test_an_earlier_moment_reads_the_table_of_its_own_night(self, day: Engine) -> None:
        aggregate_due(day, NIGHT)
        tables = []
        for at in (NIGHT - timedelta(minutes=5), NIGHT + timedelta(minutes=5)):
            with AsOfDatabase(day, at).reading() as connection:
                tables.append(odds_before(connection, NIGHT + timedelta(days=3)))
        assert tables[0] == SHIPPED
        assert tables[1][Cell(10, 180, False)] > SHIPPED[Cell(10, 180, False)]
