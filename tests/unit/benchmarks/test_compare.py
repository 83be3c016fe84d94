"""What was seen against what was: minutes, and outages one by one."""

from __future__ import annotations

import pytest
from benchmarks.accuracy.compare import Why, compare_day, has_reading
from benchmarks.accuracy.simulated_days import ComparedDay
from drawing import HOUR, clock
from looks import PARK_ID, happened, real, seen

from park_downtime.simulator.causes import Cause, TrueStretch

OPEN = ("09:00", Cause.OPERATING)
NIGHT = ("21:00", Cause.CLOSED_FOR_THE_NIGHT)
OTHERS = [happened(OPEN, NIGHT)] * 3
ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR


def picture(day: str) -> str:
    """The twelve hours from 09:00 on, with the nights around them."""
    assert len(day) == 12 * HOUR
    return "X" * 9 * HOUR + day + "X" * 3 * HOUR


def compared(truth: list[TrueStretch], day: str) -> ComparedDay:
    return ComparedDay(
        seen(ALL_DAY, ALL_DAY, ALL_DAY, picture(day)),
        real(*OTHERS, truth),
        dict(enumerate([*OTHERS, truth], start=1)),
    )


def broken(start: str, end: str) -> list[TrueStretch]:
    return happened(OPEN, (start, Cause.BREAKDOWN), (end, Cause.OPERATING), NIGHT)


def test_an_outage_read_at_its_edges_has_no_error() -> None:
    found = compare_day(PARK_ID, compared(broken("12:00", "12:30"), "o" * 18 + "XXX" + "o" * 51))
    assert (found.real_seconds, found.seen_seconds, found.absolute_error) == (1800, 1800, 0)


def test_an_outage_read_late_at_both_ends_has_an_error_within_the_bound() -> None:
    found = compare_day(PARK_ID, compared(broken("12:01", "12:31"), "o" * 19 + "XXX" + "o" * 50))
    assert (found.absolute_error, found.beyond, found.missed, found.invented) == (0, [], [], [])


def test_a_short_outage_that_no_reading_saw_is_an_error_but_not_missed() -> None:
    found = compare_day(PARK_ID, compared(broken("12:01", "12:09"), "o" * 72))
    assert (found.real_outages, found.seen_outages, found.absolute_error) == (1, 0, 480)
    assert (found.beyond, found.missed) == ([], [])


def test_a_long_outage_without_a_counterpart_is_missed_and_unexplained() -> None:
    found = compare_day(PARK_ID, compared(broken("12:00", "12:30"), "o" * 72))
    assert [each.why for each in found.missed] == [Why.UNEXPLAINED]
    assert [(each.seconds, each.edges, each.is_one_sided) for each in found.beyond] == [(-1800, 2, True)]


def test_a_long_outage_that_never_was_is_invented() -> None:
    found = compare_day(PARK_ID, compared(happened(OPEN, NIGHT), "o" * 18 + "XXX" + "o" * 51))
    assert [each.why for each in found.invented] == [Why.UNEXPLAINED]


def test_a_ride_that_closed_with_its_park_by_one_look_only_explains_what_was_invented() -> None:
    stays, ends = happened(OPEN, NIGHT), happened(OPEN, ("17:00", Cause.CLOSED_FOR_THE_NIGHT))
    event = happened(OPEN, ("17:00", Cause.CLOSED_FOR_THE_NIGHT), ("18:00", Cause.OPERATING), NIGHT)
    truth = [stays, stays, ends, ends, ends, event]
    drawn = picture("o" * 8 * HOUR + "X" * HOUR + "o" * 3 * HOUR)
    looks = ComparedDay(seen(*[ALL_DAY] * 5, drawn), real(*truth), dict(enumerate(truth, start=1)))
    assert [each.why for each in compare_day(PARK_ID, looks).invented] == [Why.CLOSED_WITH_THE_PARK]


def test_an_opening_between_two_readings_explains_what_was_missed_before_it() -> None:
    truth = happened(
        OPEN,
        ("18:00", Cause.BREAKDOWN),
        ("20:01", Cause.OPERATING),
        ("20:09", Cause.CLOSED_EARLY),
        NIGHT,
    )
    found = compare_day(PARK_ID, compared(truth, "o" * 54 + "X" * 18))
    assert [each.why for each in found.missed] == [Why.NOT_SEEN_OPEN_AFTER]
    assert [each.is_one_sided for each in found.beyond] == [True]


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [("12:00", "12:01", True), ("12:01", "12:10", False), ("12:01", "12:11", True)],
)
def test_a_cycle_is_at_each_full_ten_minutes(start: str, end: str, holds: bool) -> None:
    assert has_reading((clock(start), clock(end))) is holds
