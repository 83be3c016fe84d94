"""The closure that a ride's page says is not over."""

from __future__ import annotations

from drawing import clock

from park_downtime.api.resources.ride_details import lasting_closure
from park_downtime.model import StretchKind
from park_downtime.timeline.closures import Stretch

OPEN, ONGOING, UNKNOWN = StretchKind.OPEN, StretchKind.ONGOING, StretchKind.UNKNOWN
LETTERS = {"o": OPEN, "G": ONGOING, ".": UNKNOWN}


def hours(picture: str) -> list[Stretch]:
    """One letter an hour from midnight on."""
    return [
        Stretch(LETTERS[letter], clock(f"{hour}:00"), clock(f"{hour + 1}:00"))
        for hour, letter in enumerate(picture)
    ]


def test_it_is_what_came_after_the_last_opening() -> None:
    assert lasting_closure(hours("oGoG")) == [(clock("3:00"), clock("4:00"))]


def test_what_is_unknown_inside_does_not_end_it() -> None:
    assert lasting_closure(hours("oG.G")) == [
        (clock("1:00"), clock("2:00")),
        (clock("3:00"), clock("4:00")),
    ]


def test_a_ride_that_is_open_again_is_in_none() -> None:
    assert lasting_closure(hours("oGo")) == []


def test_one_that_began_yesterday_lasts_too() -> None:
    assert lasting_closure(hours("GG"))[0] == (clock("0:00"), clock("1:00"))
