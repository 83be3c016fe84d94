"""Troubles at the edges of a ride's day, told from official hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from benchmarks.accuracy.hindsight import RideDay, Trouble, TroubleSpans, ride_days, troubles
from benchmarks.accuracy.official_hours import OfficialHours, instant

NEW_YORK = "America/New_York"
FIRST = date(2017, 7, 1)


def at(clock: str, day: date = FIRST) -> datetime:
    return instant(day, clock, NEW_YORK)


def official(day: date, extra_open: str = "09:00", extra_close: str = "21:00") -> OfficialHours:
    return OfficialHours(at("09:00", day), at("21:00", day), at(extra_open, day), at(extra_close, day))


def opened(day: date, first: str, last: str) -> RideDay:
    """Closed from 07:00 on and until 25:00, but for the time in between."""
    return RideDay(
        at(first, day), at(last, day), ((at("07:00", day), at(first, day)), (at(last, day), at("25:00", day)))
    )


def in_a_row(*edges: tuple[str, str]) -> dict[date, RideDay]:
    days = [FIRST + timedelta(days=place) for place in range(len(edges))]
    return {day: opened(day, *own) for day, own in zip(days, edges, strict=True)}


def told(days: dict[date, RideDay], hours: dict[date, OfficialHours] | None = None) -> TroubleSpans:
    """Of the last day."""
    return troubles(days, hours or {day: official(day) for day in days})[max(days)]


def clocks(days: dict[date, RideDay], found: TroubleSpans, kind: Trouble) -> list[tuple[str, str]]:
    zone_offset = timedelta(hours=4)
    midnight = datetime(max(days).year, max(days).month, max(days).day, tzinfo=UTC) + zone_offset
    return [(str(start - midnight)[:-3], str(end - midnight)[:-3]) for start, end in found[kind]]


def test_a_late_start_begins_where_the_ride_usually_opens() -> None:
    days = in_a_row(("9:10", "21:00"), ("9:10", "21:00"), ("10:00", "21:00"))
    assert clocks(days, told(days), Trouble.LATE_START) == [("9:10", "10:00")]


def test_a_ride_that_usually_opens_before_the_park_is_due_with_the_park() -> None:
    days = in_a_row(("8:50", "21:00"), ("8:50", "21:00"), ("9:30", "21:00"))
    assert clocks(days, told(days), Trouble.LATE_START) == [("9:00", "9:30")]


def test_less_than_fifteen_minutes_at_an_edge_say_nothing() -> None:
    days = in_a_row(("9:00", "21:00"), ("9:00", "21:00"), ("9:14", "20:46"))
    assert told(days) == {Trouble.OUTAGE: [], Trouble.LATE_START: [], Trouble.DID_NOT_REOPEN: []}


def test_a_ride_did_not_reopen_from_its_last_opening_until_it_usually_closes_that_month() -> None:
    days = in_a_row(("9:00", "20:30"), ("9:00", "20:30"), ("9:00", "18:00"))
    assert clocks(days, told(days), Trouble.DID_NOT_REOPEN) == [("18:00", "20:30")]


def test_another_month_has_another_usual_closing() -> None:
    june = {date(2017, 6, day): opened(date(2017, 6, day), "9:00", "20:00") for day in (28, 29, 30)}
    days = june | in_a_row(("9:00", "21:00"), ("9:00", "21:00"), ("9:00", "20:00"))
    assert clocks(days, told(days), Trouble.DID_NOT_REOPEN) == [("20:00", "21:00")]


def test_extra_hours_are_a_rides_own_if_it_usually_takes_part_in_them() -> None:
    days = in_a_row(("8:00", "23:00"), ("8:00", "23:00"), ("8:40", "21:40"))
    found = told(days, {day: official(day, "08:00", "23:00") for day in days})
    assert clocks(days, found, Trouble.LATE_START) == [("8:00", "8:40")]
    assert clocks(days, found, Trouble.DID_NOT_REOPEN) == [("21:40", "23:00")]


def test_extra_hours_are_nothing_to_a_ride_that_usually_leaves_them_out() -> None:
    days = in_a_row(("9:00", "21:00"), ("9:00", "21:00"), ("9:00", "21:00"))
    found = told(days, {day: official(day, "07:00", "25:00") for day in days})
    assert found == {Trouble.OUTAGE: [], Trouble.LATE_START: [], Trouble.DID_NOT_REOPEN: []}


def test_a_closure_between_two_openings_is_an_outage_however_short() -> None:
    day = RideDay(at("9:00"), at("21:00"), ((at("12:00"), at("12:10")),))
    assert troubles({FIRST: day}, {FIRST: official(FIRST)})[FIRST][Trouble.OUTAGE] == [
        (at("12:00"), at("12:10"))
    ]


def test_readings_after_midnight_belong_to_the_evening_before() -> None:
    days = ride_days([(at("23:50"), True), (at("24:00"), True), (at("24:10"), False)], 600, NEW_YORK)
    assert days == {FIRST: RideDay(at("23:50"), at("24:10"), ((at("24:10"), at("24:20")),))}


def test_what_no_reading_holds_is_not_known_to_be_closed() -> None:
    said = [(at("9:00"), True), (at("9:10"), False), (at("11:00"), True)]
    assert ride_days(said, 600, NEW_YORK)[FIRST].closed == ((at("9:10"), at("9:20")),)


def test_a_day_on_which_a_ride_never_opened_is_no_trouble() -> None:
    assert ride_days([(at("9:00"), False), (at("9:10"), False)], 600, NEW_YORK) == {}
