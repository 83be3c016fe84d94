"""What a payload changes about a park's rides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from park_downtime.collection.ride_changes import RideChanges, decide, decide_late
from park_downtime.collection.ride_moves import Listing
from park_downtime.database.rides import RideRow
from park_downtime.model import Category, Land, RideReading, State
from park_downtime.timeline.presence import PRESENT, Presence

AT = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
TODAY = date(2026, 5, 3)
EARLIER = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
LAND = Land(70, "Fantasyland")
MISSING = Presence(EARLIER, 12, None)
DUMBO = RideRow(9, 6, "Dumbo", None, Category.RIDE, PRESENT)
MAY_4 = date(2026, 5, 4)
MOVING = replace(DUMBO, presence=MISSING, next_park_id=7, moves_on=MAY_4)
LISTED = Listing(listed_cycles=144, accepted_cycles=144, is_named_at_home=False)


def said(ride_id: int = 9, name: str | None = "Dumbo", land: Land | None = None) -> RideReading:
    return RideReading(ride_id, name, land, State.OPEN, 5, False, AT)


def changes(
    *readings: RideReading,
    known: RideRow,
    park_id: int = 6,
    today: date = TODAY,
    listings: Mapping[int, Listing] | None = None,
) -> RideChanges:
    return decide(
        park_id,
        today,
        AT,
        {r.ride_id: r for r in readings},
        {known.ride_id: known},
        {LAND: 1},
        listings or {},
    )


def test_a_ride_heard_as_before_changes_nothing() -> None:
    assert changes(said(), known=DUMBO) == RideChanges(own={9: DUMBO})


def test_a_new_ride_is_added_and_classified() -> None:
    found = changes(said(), said(10, "Peter Pan", LAND), known=DUMBO)
    assert found.new == [RideRow(10, 6, "Peter Pan", 1, None, PRESENT)]
    assert found.to_classify == {10}


def test_an_entry_without_a_name_is_no_new_ride() -> None:
    assert changes(said(), said(10, None), known=DUMBO).new == []


def test_an_entry_without_a_name_says_that_the_ride_is_there() -> None:
    found = changes(said(name=None), known=replace(DUMBO, presence=MISSING))
    assert found.own[9] == DUMBO


def test_a_renamed_ride_keeps_the_former_name_and_is_classified_again() -> None:
    found = changes(said(name="Dumbo the Flying Elephant"), known=DUMBO)
    assert found.former_names == {9: "Dumbo"}
    assert found.own[9].name == "Dumbo the Flying Elephant"
    assert found.to_classify == {9}


def test_a_name_that_was_cut_when_stored_is_no_new_name() -> None:
    assert changes(said(name="x" * 300), known=replace(DUMBO, name="x" * 255)).changed == []


def test_a_ride_moves_between_lands() -> None:
    found = changes(said(land=LAND), known=DUMBO)
    assert [row.land_key for row in found.changed] == [1]


def test_a_missing_ride_is_counted_as_missed() -> None:
    found = changes(said(10, "Peter Pan"), known=DUMBO)
    assert found.own[9].presence == Presence(AT, 1, None)


def test_an_empty_payload_says_nothing() -> None:
    assert changes(known=DUMBO).changed == []


def test_a_ride_returns() -> None:
    gone = replace(DUMBO, presence=Presence(EARLIER, 100, EARLIER))
    assert changes(said(), known=gone).own[9].presence == PRESENT


class TestMoveToAnotherPark:
    def test_a_ride_of_another_park_stays_there_unless_a_day_is_judged(self) -> None:
        found = changes(said(), known=replace(DUMBO, presence=MISSING), park_id=7)
        assert found == RideChanges(foreign={9})

    def test_a_ride_whose_day_is_not_over_is_announced_and_still_foreign(self) -> None:
        found = changes(said(), known=DUMBO, park_id=7, listings={9: LISTED})
        assert found.foreign == {9}
        assert [(row.park_id, row.next_park_id, row.moves_on) for row in found.changed] == [
            (6, 7, date(2026, 5, 4))
        ]

    def test_after_that_day_it_belongs_to_the_new_park(self) -> None:
        found = changes(said(land=LAND), known=MOVING, park_id=7, today=MAY_4, listings={9: LISTED})
        assert found.own[9] == replace(DUMBO, park_id=7, land_key=1, moves_on=MAY_4)
        assert found.to_classify == {9}

    def test_the_day_of_its_arrival_is_remembered(self) -> None:
        arrived = replace(DUMBO, moves_on=date(2026, 5, 1))
        assert changes(said(), known=arrived).changed == []

    def test_a_ride_back_in_its_own_park_does_not_move(self) -> None:
        assert changes(said(), known=MOVING).own[9] == DUMBO


def test_late_readings_rename_nothing() -> None:
    found = decide_late(6, {9: said(name="Flying Elephant")}, {9: DUMBO}, {})
    assert found == RideChanges(own={9: DUMBO})


def test_late_readings_can_tell_of_an_unknown_ride() -> None:
    assert [row.ride_id for row in decide_late(6, {10: said(10, "Peter Pan")}, {9: DUMBO}, {}).new] == [10]
