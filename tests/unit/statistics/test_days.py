"""Local days out of judged sessions: every hard case of the calendar, and the laws of cutting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from drawing import (
    CYCLE,
    DAY,
    HOUR,
    MIDNIGHT,
    NEW_YORK,
    Drawn,
    clock,
    day,
    readings,
    ride_in_session,
    session_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from park_downtime.model import StretchKind
from park_downtime.periods import Zone, days_touched, start_of_day
from park_downtime.statistics.days import ParkDay, RideLife, park_day
from park_downtime.statistics.measures import Measures, total
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.runs import fold

NEXT_DAY = date(2026, 7, 2)


def hours(letter: str, count: float) -> str:
    return letter * round(count * HOUR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def time_of(parts: Measures) -> int:
    """What is known of a ride by kind, without park stops."""
    return (
        parts.open_seconds
        + parts.downtime_seconds
        + parts.ongoing_seconds
        + parts.late_opening_seconds
        + parts.early_close_seconds
        + parts.did_not_operate_seconds
    )


class TestOrdinaryDay:
    """Five rides, open from 10:00 to 20:00; the first is down from 12:00 to 12:30."""

    USUAL = hours("X", 10) + hours("o", 10) + hours("X", 4)
    DOWN = hours("X", 10) + hours("o", 2) + "XXX" + hours("o", 7.5) + hours("X", 4)
    NEVER = hours("X", 24)

    def park(self, *others: str) -> ParkDay:
        return day(self.DOWN, *[self.USUAL] * 4, *others).day()

    def test_downtime_and_open_time_of_the_ride(self) -> None:
        parts = self.park().rides[1].parts
        assert (parts.open_seconds, parts.downtime_seconds) == (34200, 1800)

    def test_the_night_is_in_no_time(self) -> None:
        parts = self.park().rides[1].parts
        assert (parts.expected_seconds, parts.unknown_seconds, time_of(parts)) == (36000, 0, 36000)

    def test_the_outage(self) -> None:
        (outage,) = self.park().outages
        assert (outage.ride_id, outage.stat_date) == (1, DAY)
        assert (outage.started_at, outage.ended_at) == (clock("12:00"), clock("12:30"))
        assert (outage.seconds, outage.park_wide_seconds, outage.is_incident) == (1800, 0, True)

    def test_it_is_one_incident_and_the_longest(self) -> None:
        parts = self.park().rides[1].parts
        assert (parts.outage_count, parts.longest_outage_seconds) == (1, 1800)

    def test_first_and_last_opening(self) -> None:
        ride = self.park().rides[1]
        assert (ride.first_open, ride.last_open) == (clock("10:00"), clock("20:00"))

    def test_a_ride_that_ran_operated(self) -> None:
        parts = self.park().rides[2].parts
        assert (parts.days_operated, parts.days_not_operated) == (1, 0)

    def test_a_ride_that_never_opened_did_not(self) -> None:
        parts = self.park(self.NEVER).rides[6].parts
        assert (parts.days_operated, parts.days_not_operated) == (0, 1)
        assert (parts.did_not_operate_seconds, parts.downtime_seconds) == (36000, 0)

    def test_a_ride_of_which_nothing_is_known_is_neither(self) -> None:
        parts = self.park(hours(".", 24)).rides[6].parts
        assert (parts.days_operated, parts.days_not_operated) == (0, 0)
        assert (parts.expected_seconds, parts.unknown_seconds) == (36000, 36000)

    def test_the_park_is_the_sum_of_its_rides(self) -> None:
        parts = self.park().parts
        assert (parts.open_seconds, parts.downtime_seconds, parts.days_operated) == (
            34200 + 4 * 36000,
            1800,
            5,
        )

    def test_the_park_ran_from_opening_to_closing(self) -> None:
        park = self.park()
        assert (park.first_running, park.last_running) == (clock("10:00"), clock("20:00"))
        assert park.park.session_seconds == park.park.park_expected_seconds == 36000

    def test_one_ride_had_downtime(self) -> None:
        assert self.park().rides_with_downtime == 1

    def test_late_opening_and_early_close_stand_beside(self) -> None:
        short = hours("X", 11) + hours("o", 8) + hours("X", 5)
        parts = self.park(short).rides[6].parts
        assert (parts.late_opening_seconds, parts.early_close_seconds) == (3600, 3600)
        assert (parts.open_seconds, parts.downtime_seconds) == (28800, 0)

    def test_a_flicker_is_time_and_no_incident(self) -> None:
        five = timedelta(minutes=5)
        judged = JudgedSession(
            session_of("RRRRR", every=five), {1: ride_in_session("ooXoo", every=five)}, park_wide=()
        )
        row = park_day(DAY, NEW_YORK, [judged], [RideLife(1, MIDNIGHT)], {})
        parts = row.rides[1].parts
        assert (parts.downtime_seconds, parts.outage_count, parts.longest_outage_seconds) == (300, 0, 0)


class TestCollectorDead:
    def test_from_eleven_to_three_coverage_says_so(self) -> None:
        picture = hours("X", 9) + hours("o", 2) + hours("-", 4) + hours("o", 4) + hours("X", 5)
        row = day(*[picture] * 5).day()
        # two sessions of 2 and 4 hours, and three of the four hours between them
        assert row.park.session_seconds == 6 * 3600
        assert row.park.coverage_share == pytest.approx(6 / 9)
        assert row.rides[1].parts.coverage_share == pytest.approx(6 / 9)

    def test_nothing_is_counted_in_the_gap(self) -> None:
        usual = hours("X", 9) + hours("o", 2) + hours("-", 4) + hours("o", 4) + hours("X", 5)
        closed_around = hours("X", 9) + hours("o", 1) + hours("X", 1) + hours("-", 4) + "X" + "o" * 23
        row = day(*[usual] * 5, closed_around + hours("X", 5)).day()
        assert row.parts.downtime_seconds == 0

    def test_no_readings_for_five_hours(self) -> None:
        picture = hours("X", 9) + hours("o", 3) + hours("-", 5) + hours("o", 3) + hours("X", 4)
        parts = day(*[picture] * 5).day().rides[1].parts
        assert (parts.open_seconds, parts.unknown_seconds) == (6 * 3600, 3 * 3600)
        assert parts.days_operated == 1

    def test_a_short_gap_is_unknown_time_of_the_session(self) -> None:
        picture = hours("X", 9) + hours("o", 3) + hours("-", 2) + hours("o", 3) + hours("X", 7)
        row = day(*[picture] * 5).day()
        assert row.park.session_seconds == 8 * 3600
        assert row.rides[1].parts.coverage_share == pytest.approx(6 / 8)

    def test_a_day_without_any_reading_has_no_data(self) -> None:
        picture = hours("-", 24) + hours("X", 10) + hours("o", 4) + hours("X", 10)
        row = day(*[picture] * 5).day(DAY)
        assert (row.park.days_with_data, row.rides) == (0, {})


class TestSpecialDays:
    def test_a_park_closed_all_day_has_a_row_and_no_rides(self) -> None:
        row = day(*[hours("X", 24)] * 5).day()
        assert (row.rides, row.outages, row.park.session_seconds) == ({}, [], 0)
        assert (row.park.days_with_data, row.park.coverage_share) == (1, None)

    def test_a_storm_of_two_hours_is_a_park_stop(self) -> None:
        picture = hours("X", 10) + hours("o", 3) + hours("X", 2) + hours("o", 5) + hours("X", 4)
        row = day(*[picture] * 5).day()
        parts = row.rides[1].parts
        assert row.park.park_stop_seconds == 7200
        assert (parts.open_seconds, parts.downtime_seconds, parts.expected_seconds) == (28800, 0, 36000)

    def test_a_storm_that_leaves_half_of_the_rides_is_park_wide(self) -> None:
        hit = hours("X", 10) + hours("o", 3) + hours("X", 2) + hours("o", 5) + hours("X", 4)
        through = hours("X", 10) + hours("o", 10) + hours("X", 4)
        row = day(*[hit] * 5, *[through] * 5).day()
        assert (row.rides[1].parts.downtime_seconds, row.rides[1].parts.park_wide_seconds) == (7200, 7200)
        assert row.parts.without_park_wide().downtime_seconds == 0

    def test_two_sessions_are_added(self) -> None:
        picture = hours("X", 9) + hours("o", 4) + hours("X", 4) + hours("o", 5) + hours("X", 2)
        row = day(*[picture] * 5).day()
        ride = row.rides[1]
        assert (row.park.session_seconds, ride.parts.open_seconds) == (32400, 32400)
        assert (ride.first_open, ride.last_open) == (clock("9:00"), clock("22:00"))
        assert (ride.parts.days_operated, ride.parts.downtime_seconds) == (1, 0)

    def test_an_evening_event_does_not_make_the_other_rides_down(self) -> None:
        by_day = hours("X", 10) + hours("o", 7) + hours("X", 9)
        also_at_night = hours("X", 10) + hours("o", 7) + hours("X", 3) + hours("o", 4) + hours("X", 2)
        row = day(*[by_day] * 9, *[also_at_night] * 3).day()
        parts = row.rides[1].parts
        assert (parts.downtime_seconds, parts.early_close_seconds) == (0, 0)
        assert parts.did_not_operate_seconds == 4 * 3600
        assert (parts.days_operated, parts.days_not_operated) == (1, 0)

    def test_of_a_park_of_five_rides_four_down_are_no_downtime_of_the_park(self) -> None:
        usual = hours("X", 10) + hours("o", 8) + hours("X", 6)
        down = hours("X", 10) + hours("o", 4) + hours("X", 1) + hours("o", 3) + hours("X", 6)
        row = day(*[down] * 4, usual).day()
        assert (row.parts.downtime_seconds, row.park.park_stop_seconds) == (0, 3600)

    def test_of_a_park_of_five_rides_one_down_is(self) -> None:
        usual = hours("X", 10) + hours("o", 8) + hours("X", 6)
        down = hours("X", 10) + hours("o", 4) + hours("X", 1) + hours("o", 3) + hours("X", 6)
        assert day(down, *[usual] * 4).day().parts.downtime_seconds == 3600

    def test_an_entry_that_is_always_open_counts_only_while_the_park_runs(self) -> None:
        one_day = hours("X", 10) + hours("o", 8) + hours("X", 6)
        park = day(hours("o", 48), one_day * 2, one_day * 2)
        assert park.day(NEXT_DAY).rides[1].parts.open_seconds == 8 * 3600


class TestMidnight:
    """A park that is open until 02:00."""

    USUAL = hours("X", 10) + hours("o", 16) + hours("X", 6)
    ACROSS = hours("X", 10) + hours("o", 13.5) + hours("X", 1) + hours("o", 1.5) + hours("X", 6)

    def test_its_session_is_split(self) -> None:
        park = day(*[self.USUAL] * 5)
        seconds = [row.park.session_seconds for row in park.days(DAY, NEXT_DAY)]
        assert seconds == [14 * 3600, 2 * 3600]

    def test_an_outage_is_judged_once_and_its_time_split(self) -> None:
        park = day(self.ACROSS, *[self.USUAL] * 4)
        rows = [row.rides[1].parts.downtime_seconds for row in park.days(DAY, NEXT_DAY)]
        assert rows == [1800, 1800]

    def test_it_belongs_to_the_day_on_which_it_starts(self) -> None:
        park = day(self.ACROSS, *[self.USUAL] * 4)
        before, after = park.days(DAY, NEXT_DAY)
        assert (before.rides[1].parts.outage_count, after.rides[1].parts.outage_count) == (1, 0)
        assert before.rides[1].parts.longest_outage_seconds == 3600
        assert (len(before.outages), len(after.outages)) == (1, 0)

    def test_the_last_opening_is_of_the_evening(self) -> None:
        before, after = day(*[self.USUAL] * 5).days(DAY, NEXT_DAY)
        assert (before.rides[1].last_open, after.rides[1].last_open) == (clock("26:00"), None)

    def test_closed_at_ten_to_midnight_and_never_reopened_is_no_downtime(self) -> None:
        never = hours("X", 10) + hours("o", 13) + "o" * 5 + hours("X", 8) + "X"
        before, after = day(never, *[self.USUAL] * 4).days(DAY, NEXT_DAY)
        assert before.rides[1].parts.early_close_seconds == 600
        assert after.rides[1].parts.early_close_seconds == 7200
        assert before.rides[1].parts.downtime_seconds == after.rides[1].parts.downtime_seconds == 0

    def test_such_a_ride_did_neither_operate_nor_not_operate_after_midnight(self) -> None:
        never = hours("X", 10) + hours("o", 13) + "o" * 5 + hours("X", 8) + "X"
        parts = day(never, *[self.USUAL] * 4).day(NEXT_DAY).rides[1].parts
        assert (parts.days_operated, parts.days_not_operated) == (0, 0)

    def test_until_it_is_judged_it_is_ongoing_on_both_days(self) -> None:
        never = hours("X", 10) + hours("o", 13) + "o" * 5 + hours("X", 8) + "X"
        park = day(never, *[self.USUAL] * 4)
        ongoing = [park.day(each, clock("24:30")).rides[1].parts.ongoing_seconds for each in (DAY, NEXT_DAY)]
        assert ongoing == [600, 1800]


class TestClockChanges:
    """Parks open from 20:00 until 04:00 on the wall, over the change."""

    @staticmethod
    def night(start: datetime, open_hours: int) -> Drawn:
        usual = hours("o", open_hours) + hours("X", 4)
        return day(*[usual] * 5, start=start)

    def test_of_a_23_hour_day_the_hour_that_was_not_is_not_counted(self) -> None:
        park = self.night(at("2026-03-08T01:00"), open_hours=7)
        rows = park.days(date(2026, 3, 7), date(2026, 3, 8))
        assert [row.park.session_seconds for row in rows] == [4 * 3600, 3 * 3600]

    def test_of_a_25_hour_day_the_hour_that_came_twice_counts_twice(self) -> None:
        park = self.night(at("2026-11-01T00:00"), open_hours=9)
        rows = park.days(date(2026, 10, 31), date(2026, 11, 1))
        assert [row.park.session_seconds for row in rows] == [4 * 3600, 5 * 3600]

    def test_an_outage_over_the_spring_change_is_as_long_as_it_was(self) -> None:
        # down from 01:30 to 03:30 on the wall: one hour
        down = hours("o", 5.5) + hours("X", 1) + hours("o", 0.5) + hours("X", 4)
        park = day(down, *[hours("o", 7) + hours("X", 4)] * 4, start=at("2026-03-08T01:00"))
        assert park.day(date(2026, 3, 8)).rides[1].parts.downtime_seconds == 3600

    def test_an_outage_over_the_autumn_change_is_as_long_as_it_was(self) -> None:
        # down from 00:30 to 02:30 on the wall: three hours
        down = hours("o", 4.5) + hours("X", 3) + hours("o", 1.5) + hours("X", 4)
        park = day(down, *[hours("o", 9) + hours("X", 4)] * 4, start=at("2026-11-01T00:00"))
        assert park.day(date(2026, 11, 1)).rides[1].parts.downtime_seconds == 10800


class TestZones:
    """A ride that is down from 23:40 to 00:30 on the wall: 20 minutes before midnight, 30 after."""

    @pytest.mark.parametrize(
        ("zone", "midnight"),
        [
            ("America/Phoenix", "2026-07-02T07:00"),
            ("America/Phoenix", "2026-01-02T07:00"),  # Arizona has no summer time
            ("America/Phoenix", "2026-03-08T07:00"),
            ("America/St_Johns", "2026-07-02T02:30"),  # Newfoundland: half an hour
            ("America/St_Johns", "2026-01-02T03:30"),
            ("America/Mexico_City", "2026-07-02T06:00"),  # none since 2022
            ("America/Cancun", "2026-07-02T05:00"),
            ("America/Tijuana", "2026-07-02T07:00"),  # like California
            ("America/Tijuana", "2026-01-02T08:00"),
            ("America/Vancouver", "2026-07-02T07:00"),
        ],
    )
    def test_is_split_at_the_local_midnight(self, zone: str, midnight: str) -> None:
        start = at(midnight) - timedelta(minutes=60)
        down = "oooo" + "XX" + "XXX" + "ooo" + hours("X", 4)
        park = day(down, *["o" * 12 + hours("X", 4)] * 4, start=start, zone=zone)
        last = date.fromisoformat(midnight[:10])
        rows = park.days(last - timedelta(days=1), last)
        assert [row.rides[1].parts.downtime_seconds for row in rows] == [1200, 1800]


class TestZoneOfAParkChanges:
    """A park labelled Denver until its midnight of July 2, in truth Chicago: that day lacks an hour."""

    ZONE = Zone("America/Chicago", previous="America/Denver", changed_at=datetime(2026, 7, 2, 6, tzinfo=UTC))
    # open from 22:00 to 02:00 in Denver; down for the hour around midnight there
    DOWN = hours("o", 1.5) + hours("X", 1) + hours("o", 1.5) + hours("X", 30)
    USUAL = hours("o", 4) + hours("X", 30)

    def park(self) -> Drawn:
        start = datetime(2026, 7, 2, 4, tzinfo=UTC)
        return day(self.DOWN, *[self.USUAL] * 4, start=start, zone=self.ZONE)

    def test_the_old_day_ends_at_the_old_midnight(self) -> None:
        row = self.park().day(DAY)
        assert (row.park.session_seconds, row.rides[1].parts.downtime_seconds) == (7200, 1800)

    def test_the_new_day_begins_there_too(self) -> None:
        row = self.park().day(NEXT_DAY)
        assert (row.park.session_seconds, row.rides[1].parts.downtime_seconds) == (7200, 1800)

    def test_the_next_midnight_is_the_new_one(self) -> None:
        assert start_of_day(date(2026, 7, 3), self.ZONE) == datetime(2026, 7, 3, 5, tzinfo=UTC)


class TestLives:
    USUAL = hours("X", 10) + hours("o", 10) + hours("X", 4)

    def rows(self, life: RideLife, which: date = DAY) -> dict[int, Measures]:
        park = day(*[self.USUAL] * 5)
        found = park_day(which, NEW_YORK, park.judged(), [life], park.runs)
        return {ride_id: ride.parts for ride_id, ride in found.rides.items()}

    def test_of_a_new_ride_nothing_was_expected_before_its_first_reading(self) -> None:
        park = day(*[self.USUAL] * 4, hours(".", 15) + hours("o", 5) + hours("X", 4))
        lives = [RideLife(5, clock("15:00"))]
        parts = park_day(DAY, NEW_YORK, park.judged(), lives, park.runs).rides[5].parts
        assert (parts.expected_seconds, parts.unknown_seconds) == (18000, 0)

    def test_of_an_inactive_ride_nothing_is_expected_any_more(self) -> None:
        assert self.rows(RideLife(1, MIDNIGHT, inactive_since=clock("9:00"))) == {}

    def test_a_ride_first_seen_later_has_no_row(self) -> None:
        assert self.rows(RideLife(1, clock("33:00"))) == {}

    def test_a_ride_that_moved_away_has_its_days_until_then(self) -> None:
        leaving = RideLife(1, MIDNIGHT, inactive_since=clock("24:00"))
        assert self.rows(leaving)[1].expected_seconds == 36000

    def test_a_ride_that_moved_here_begins_with_the_day(self) -> None:
        assert self.rows(RideLife(1, clock("24:00"))) == {}

    def test_on_the_first_day_of_tracking_nothing_was_expected_before_the_first_reading(self) -> None:
        begins_at_three = hours("o", 5) + hours("X", 4)
        row = day(*[begins_at_three] * 5, start=clock("15:00")).day()
        assert (row.park.park_expected_seconds, row.park.park_unknown_seconds) == (18000, 0)


class TestWaits:
    def test_zeros_count_and_unknown_waits_do_not(self) -> None:
        park = day(*["oooo" + hours("X", 4)] * 4)
        waits = [30, 0, None, 15]
        said = [
            reading._replace(wait_minutes=wait) for reading, wait in zip(readings("oooo"), waits, strict=True)
        ]
        park.runs[1] = fold(said, ())
        parts = park.day().rides[1].parts
        assert (parts.wait_count, parts.wait_sum, parts.wait_min, parts.wait_max) == (3, 45, 0, 30)


class TestEveryMinuteOfAnEvening:
    """Rides that close one after another: today's downtime stays what it was."""

    DOWN = hours("X", 10) + hours("o", 2) + "XXX" + hours("o", 7.5)
    USUAL = hours("X", 10) + hours("o", 10)

    @pytest.mark.parametrize("cycle", range(0, 30, 2))
    def test_an_ordinary_closing_adds_no_downtime(self, cycle: int) -> None:
        evening = ["o" * late + "X" * (30 - late) for late in (0, 0, 1, 3, 4, 6, 6)]
        first, *rest = evening
        park = day(self.DOWN + first, *[self.USUAL + late for late in rest])
        assert park.day(now=clock("19:40") + cycle * CYCLE).parts.downtime_seconds == 1800


BLOCKS = st.lists(st.tuples(st.sampled_from("oooXX.-!"), st.integers(1, 40)), min_size=3, max_size=12)
ZONES = st.sampled_from(
    ["America/New_York", "America/Phoenix", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland"]
)
STARTS = st.integers(0, 143).map(lambda cycles: at("2026-03-07T20:00") + cycles * CYCLE)
ADDED_UP = (
    "open_seconds",
    "downtime_seconds",
    "park_wide_seconds",
    "ongoing_seconds",
    "late_opening_seconds",
    "early_close_seconds",
    "did_not_operate_seconds",
    "unknown_seconds",
    "expected_seconds",
    "outage_count",
)


def picture(blocks: list[tuple[str, int]], length: int) -> str:
    drawn = "".join(letter * count for letter, count in blocks)
    return drawn[:length].ljust(length, "X")


@st.composite
def parks(draw: st.DrawFn) -> tuple[list[str], datetime]:
    length = draw(st.integers(30, 250))
    first = picture(draw(BLOCKS), length)
    others = [picture(draw(BLOCKS), length).replace("!", "X").replace("-", ".") for _ in range(4)]
    return [first, *others], draw(STARTS)


def all_days(park: Drawn) -> list[ParkDay]:
    spans = [span for session in park.sessions() for span in (session.span, *session.gaps)]
    touched = set(chain.from_iterable(days_touched(start, end, park.zone) for start, end in spans))
    return park.days(*sorted(touched))


def sums(park: Drawn) -> dict[int, tuple[int, ...]]:
    rows = all_days(park)
    found = {}
    for ride_id in park.runs:
        of_ride = total(row.rides[ride_id].parts for row in rows if ride_id in row.rides)
        found[ride_id] = tuple(getattr(of_ride, name) for name in ADDED_UP)
    return found


class TestLaws:
    @given(drawn=parks(), zone=ZONES)
    @settings(max_examples=40)
    def test_clipping_to_days_loses_nothing(self, drawn: tuple[list[str], datetime], zone: str) -> None:
        pictures, start = drawn
        park = day(*pictures, start=start, zone=zone)
        for ride_id, found in sums(park).items():
            in_sessions = dict.fromkeys(StretchKind, 0)
            for judged in park.judged():
                for stretch in judged.rides[ride_id].stretches:
                    in_sessions[stretch.kind] += int((stretch.end - stretch.start).total_seconds())
            in_days = dict(zip(ADDED_UP, found, strict=True))
            for kind in (
                StretchKind.OPEN,
                StretchKind.LATE_OPENING,
                StretchKind.EARLY_CLOSE,
                StretchKind.DID_NOT_OPERATE,
                StretchKind.ONGOING,
            ):
                assert in_days[f"{kind}_seconds"] == in_sessions[kind]
            assert in_days["downtime_seconds"] == in_sessions[StretchKind.OUTAGE]

    @given(drawn=parks(), zone=ZONES)
    @settings(max_examples=40)
    def test_relabelling_a_zone_moves_days_never_time(
        self, drawn: tuple[list[str], datetime], zone: str
    ) -> None:
        pictures, start = drawn
        assert sums(day(*pictures, start=start, zone=zone)) == sums(
            day(*pictures, start=start, zone="America/Chicago")
        )

    @given(drawn=parks(), zone=ZONES)
    @settings(max_examples=40)
    def test_what_was_expected_is_known_stopped_or_unknown(
        self, drawn: tuple[list[str], datetime], zone: str
    ) -> None:
        pictures, start = drawn
        park = day(*pictures, start=start, zone=zone)
        for row in all_days(park):
            for ride in row.rides.values():
                left = ride.parts.expected_seconds - time_of(ride.parts) - ride.parts.unknown_seconds
                assert left == row.park.park_stop_seconds

    @given(drawn=parks())
    @settings(max_examples=40)
    def test_a_park_expects_of_each_ride_what_is_expected_of_it(
        self, drawn: tuple[list[str], datetime]
    ) -> None:
        pictures, start = drawn
        for row in all_days(day(*pictures, start=start)):
            for ride in row.rides.values():
                assert ride.parts.expected_seconds == row.park.park_expected_seconds
