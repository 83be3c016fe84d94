"""The id of a closure that was told is answered for ever, whatever its day is judged to be later."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from recorded import Pictures, collect, recording, rows
from sqlalchemy import Engine

from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.corrections import make_correction, withdraw_correction
from park_downtime.model import Cycle, GoneReason, StretchKind
from park_downtime.timeline.voided import Voided

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
HOUR = timedelta(hours=1)
PARK, OTHER, RIDE = 6, 7, 61


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(PARK), park(OTHER))


def drawn(ride: str, others: str = "") -> list[Cycle]:
    """A ride beside three that are open all the while, or as drawn."""
    rest = others or "o" * len(ride)
    return list(recording({PARK: (ride, rest, rest, rest)}, NOON))


def told(engine: Engine) -> list[tuple[int, datetime]]:
    return [(row["ride_id"], row["started_at"]) for row in rows(engine, "ride_closures")]


def former(engine: Engine) -> list[dict[str, Any]]:
    """What is gone now."""
    return rows(engine, "former_closure_ids", back_at=None)


def at(hour: float) -> datetime:
    return NOON + hour * HOUR


class TestWhileItGoesOn:
    def test_it_has_an_id_as_soon_as_its_ride_is_down(self, engine: Engine) -> None:
        collect(engine, drawn("oooX"))
        (row,) = rows(engine, "ride_closures")
        assert (row["ride_id"], row["started_at"], row["known_at"]) == (RIDE, at(3), at(3))
        assert (row["kind"], row["seconds"]) == (StretchKind.ONGOING, 0)

    def test_it_grows_under_the_same_id(self, engine: Engine) -> None:
        collect(engine, drawn("oooXXX"))
        (row,) = rows(engine, "ride_closures")
        assert (row["started_at"], row["known_at"], row["seconds"]) == (at(3), at(3), 7200)
        assert row["is_incident"]

    def test_the_outage_that_it_becomes_has_its_id_and_was_known_then(self, engine: Engine) -> None:
        collect(engine, drawn("oooXXo"))
        (row,) = rows(engine, "ride_closures")
        assert (row["kind"], row["started_at"], row["known_at"]) == (StretchKind.OUTAGE, at(3), at(3))
        assert former(engine) == []

    def test_when_the_day_ends_with_it_it_was_no_outage(self, engine: Engine) -> None:
        collect(engine, drawn("oooXXXXXXXXX", "ooooooXXXXXX"))
        assert told(engine) == []
        (row,) = [row for row in former(engine) if row["ride_id"] == RIDE]
        assert (row["started_at"], row["known_at"]) == (at(3), at(3))
        assert (row["reason"], row["moved_to"]) == (GoneReason.NOT_AN_OUTAGE, None)

    def test_rides_that_close_with_their_park_have_none(self, engine: Engine) -> None:
        collect(engine, drawn("oooXXXXX", "oooXXXXX"))
        assert (told(engine), former(engine)) == ([], [])


class TestLateReadings:
    def late(self, engine: Engine, cycles: list[Cycle], *places: int) -> None:
        """The readings of some cycles arrive last; another park was heard in them."""
        for place, cycle in enumerate(cycles):
            if place not in places:
                collect(engine, [cycle])
        collect(engine, [cycles[place] for place in places], was_spooled=True)

    def test_that_say_open_take_a_closure_back(self, engine: Engine) -> None:
        cycles = drawn("ooXXooo")
        opened = drawn("ooooooo")
        collect(engine, [*cycles[:2], *cycles[4:]])
        assert told(engine) == []
        collect(engine, opened[2:4], was_spooled=True)
        assert (told(engine), former(engine)) == ([], [])

    def test_that_say_closed_let_it_begin_before(self, engine: Engine) -> None:
        """The reading of 14:00 came after that of 15:00: the ride was closed an hour longer than was told."""
        self.late(engine, drawn("ooXXXoo"), 2)
        assert told(engine) == [(RIDE, at(2))]
        (row,) = former(engine)
        assert (row["started_at"], row["moved_to"]) == (at(3), at(2))
        assert row["reason"] is GoneReason.LATE_READINGS

    def test_that_say_open_between_let_the_rest_be_another_one(self, engine: Engine) -> None:
        self.late(engine, drawn("ooXoXoo"), 3)
        assert told(engine) == [(RIDE, at(2)), (RIDE, at(4))]
        assert former(engine) == []


class TestCorrections:
    """Closed from 14:00 to 17:00, known since 14:00."""

    @pytest.fixture(autouse=True)
    def collected(self, engine: Engine) -> None:
        collect(engine, drawn("ooXXXoo"))

    def test_a_closure_that_is_made_unknown_says_so(self, engine: Engine) -> None:
        make_correction(engine, PARK, Voided(RIDE, at(2), at(5)), "the feed lied", at(8))
        assert told(engine) == []
        (row,) = former(engine)
        assert (row["started_at"], row["known_at"], row["gone_at"]) == (at(2), at(2), at(8))
        assert (row["reason"], row["moved_to"]) == (GoneReason.CORRECTED, None)

    def test_one_whose_beginning_is_made_unknown_begins_later(self, engine: Engine) -> None:
        make_correction(engine, PARK, Voided(RIDE, at(2), at(3)), "the feed lied", at(8))
        assert told(engine) == [(RIDE, at(3))]
        (row,) = former(engine)
        assert (row["started_at"], row["moved_to"]) == (at(2), at(3))

    def test_taken_back_the_closure_is_there_again_and_known_as_long(self, engine: Engine) -> None:
        before = rows(engine, "ride_closures")
        done = make_correction(engine, PARK, Voided(RIDE, at(2), at(3)), "the feed lied", at(8))
        withdraw_correction(engine, done.correction.correction_id, at(9))
        assert rows(engine, "ride_closures") == before
        (row,) = former(engine)
        assert (row["started_at"], row["moved_to"]) == (at(3), at(2))
        assert row["reason"] is GoneReason.CORRECTION_WITHDRAWN

    def test_the_night_keeps_what_was_said(self, engine: Engine) -> None:
        make_correction(engine, PARK, Voided(RIDE, at(2), at(3)), "the feed lied", at(8))
        before = (rows(engine, "ride_closures"), former(engine))
        aggregate_due(engine, at(24))
        aggregate_due(engine, at(25))
        assert (rows(engine, "ride_closures"), former(engine)) == before


def test_a_ride_that_came_back_while_it_went_on_is_told_as_such_again(engine: Engine) -> None:
    """Status Down or not: what was told of a closure holds, also when it comes back not judged yet."""
    collect(engine, drawn("ooXXX"))
    before = rows(engine, "ride_closures")
    done = make_correction(engine, PARK, Voided(RIDE, at(2), at(5)), "the feed lied", at(5))
    assert [row["reason"] for row in former(engine)] == [GoneReason.CORRECTED]
    withdraw_correction(engine, done.correction.correction_id, at(5))
    assert (rows(engine, "ride_closures"), former(engine)) == (before, [])


def test_no_id_that_was_told_is_ever_forgotten(engine: Engine) -> None:
    """Days drawn by chance, some readings late, and nights: after each of them every id that any moment told
    is a closure or a former one, and never both.
    """
    chance = random.Random(15)
    seen: set[tuple[int, datetime]] = set()
    for cycle in _in_some_order(chance, list(recording(_by_chance(chance, 48), NOON))):
        collect(engine, [cycle], was_spooled=True)
        aggregate_due(engine, cycle.recorded_at)
        now = set(told(engine))
        gone = {(row["ride_id"], row["started_at"]) for row in former(engine)}
        seen |= now
        assert not now & gone
        assert seen == now | gone
    assert {row["reason"] for row in former(engine)} >= {
        GoneReason.NOT_AN_OUTAGE,
        GoneReason.LATE_READINGS,
    }


def _by_chance(chance: random.Random, length: int) -> Pictures:
    """Rides that close for some hours here and there, in a park that is open ten hours a day."""
    rides = []
    for _ in range(8):
        picture, left = "", 0
        for place in range(length):
            left = chance.choice((2, 3)) if not left and chance.random() < 0.12 else max(0, left - 1)
            is_night = place % 24 >= 11 or place % 24 < 1
            picture += "X" if left or is_night else chance.choice("ooooooo.")
        rides.append(picture)
    return {PARK: tuple(rides)}


def _in_some_order(chance: random.Random, cycles: list[Cycle]) -> Iterable[Cycle]:
    """Every third is late by up to three."""
    places = {
        cycle.recorded_at: place + (chance.choice((1.5, 2.5, 3.5)) if place and place % 3 == 0 else 0)
        for place, cycle in enumerate(cycles)
    }
    return sorted(cycles, key=lambda cycle: places[cycle.recorded_at])
