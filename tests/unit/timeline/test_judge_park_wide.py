"""When so many rides are in an outage at once that it was the park's (DESIGN, Park-wide)."""

from __future__ import annotations

from drawing import clock, ride_in_session

from park_downtime.timeline.judge import park_wide_spans
from park_downtime.timeline.spans import Span


def wide(*pictures: str) -> list[Span]:
    return park_wide_spans(
        ride_in_session(picture, ride_id=number) for number, picture in enumerate(pictures)
    )


def test_three_of_twelve_are_a_quarter() -> None:
    assert wide(*["ooXXoo"] * 3, *["oooooo"] * 9) == [(clock("0:20"), clock("0:40"))]


def test_three_of_thirteen_are_less() -> None:
    assert wide(*["ooXXoo"] * 3, *["oooooo"] * 10) == []


def test_two_are_never_park_wide() -> None:
    assert wide("ooXXoo", "ooXXoo", "oooooo") == []


def test_only_the_instants_at_which_enough_are_down_together() -> None:
    assert wide("oXXXoo", "ooXXXo", "oooXXo", "oooooo") == [(clock("0:30"), clock("0:40"))]


def test_a_ride_that_has_not_opened_yet_does_not_count() -> None:
    # twelve of the thirteen had opened
    assert wide(*["ooXXoo"] * 3, *["oooooo"] * 9, "XXXXoo") == [(clock("0:20"), clock("0:40"))]


def test_a_ride_that_had_its_last_opening_does_not_count() -> None:
    assert wide(*["ooXXoo"] * 3, *["oooooo"] * 9, "ooXXXX") == [(clock("0:20"), clock("0:40"))]


def test_a_ride_that_did_not_operate_does_not_count() -> None:
    assert wide(*["ooXXoo"] * 3, *["oooooo"] * 9, "XXXXXX") == [(clock("0:20"), clock("0:40"))]


def test_late_openings_and_early_closes_are_no_outages() -> None:
    assert wide(*["XXoooo"] * 5, *["ooooXX"] * 5) == []


def test_two_storms_are_two_spans() -> None:
    assert wide(*["oXoooXo"] * 4) == [
        (clock("0:10"), clock("0:20")),
        (clock("0:50"), clock("1:00")),
    ]


def test_unknown_time_of_a_closure_is_not_park_wide() -> None:
    assert wide("oXXXXXo", "oXXXXXo", "oX...Xo") == [
        (clock("0:10"), clock("0:20")),
        (clock("0:50"), clock("1:00")),
    ]
