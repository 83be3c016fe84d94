"""The feed's list of parks to rows: new, corrected, tracked, removed, returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from cycles import NOON, RIDES, cycle, said
from sqlalchemy import Engine

from park_downtime.classification.park_facts import ParkFacts, ParkKind
from park_downtime.collection.store import store_cycle
from park_downtime.collection.sync_parks import (
    ParkListDoubtful,
    SyncedParks,
    sync_parks,
    tracked_parks,
)
from park_downtime.config.settings import Settings, load
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.model import FeedPark

KINGDOM = FeedPark(
    6, "Magic Kingdom™", "United States", "North America", 28.4, -81.6, "America/New_York", 2, "Disney"
)
SEAWORLD = FeedPark(
    23, "SeaWorld", "United States", "North America", 29.4, -98.7, "America/Denver", 3, "SeaWorld"
)
PARIS = FeedPark(4, "Parc Disneyland", "France", "Europe", 48.9, 2.8, "Europe/Paris", 2, "Disney")
FEED = (KINGDOM, SEAWORLD, PARIS)
FACTS = {
    23: ParkFacts(
        park_id=23,
        name="SeaWorld",
        kind=ParkKind.THEME,
        city="San Antonio",
        state_province="Texas",
        country="United States",
        operator="United Parks",
        timezone="America/Chicago",
        latitude=None,
        longitude=None,
    )
}
NOTHING_KNOWN: Mapping[int, ParkFacts] = {}


def settings(**values: str) -> Settings:
    return load({"DATABASE_URL": "sqlite://", **values})


def refresh(
    engine: Engine,
    *listed: FeedPark,
    facts: Mapping[int, ParkFacts] = NOTHING_KNOWN,
    days: int = 0,
    tracking: Settings | None = None,
) -> SyncedParks:
    with writing(engine) as connection:
        at = NOON + timedelta(days=days)
        return sync_parks(connection, listed, facts, tracking or settings(), at)


def parks(engine: Engine) -> dict[int, ParkRow]:
    with reading(engine) as connection:
        return all_parks(connection)


def tracked(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        return [park.park_id for park in tracked_parks(connection)]


def test_parks_of_the_continent_are_tracked(engine: Engine) -> None:
    assert refresh(engine, *FEED) == SyncedParks(in_feed=3, tracked=2, new=3, removed=0)
    assert tracked(engine) == [6, 23]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"TRACKED_CONTINENTS": "*"}, [4, 6, 23]),
        ({"TRACKED_CONTINENTS": "europe"}, [4]),
        ({"TRACKED_CONTINENTS": "*", "TRACKED_COUNTRIES": "France"}, [4]),
        ({"TRACKED_PARKS": "4,23"}, [4, 23]),
    ],
)
def test_settings_say_what_is_tracked(engine: Engine, values: dict[str, str], expected: list[int]) -> None:
    refresh(engine, *FEED, tracking=settings(**values))
    assert tracked(engine) == expected


def test_our_facts_correct_the_feed_where_they_speak(engine: Engine) -> None:
    refresh(engine, *FEED, facts=FACTS)
    park = parks(engine)[23]
    assert (park.city, park.operator, park.timezone) == ("San Antonio", "United Parks", "America/Chicago")
    assert parks(engine)[6].timezone == "America/New_York"


def test_a_corrected_zone_holds_at_once_where_nothing_was_collected(engine: Engine) -> None:
    refresh(engine, *FEED)
    refresh(engine, *FEED, facts=FACTS, days=1)
    assert parks(engine)[23].timezone == "America/Chicago"


def test_a_corrected_zone_holds_from_the_next_midnight_where_readings_are(engine: Engine) -> None:
    refresh(engine, *FEED)
    store_cycle(engine, cycle(NOON, {23: (said(1),)}), RIDES)
    refresh(engine, *FEED, facts=FACTS)
    midnight = NOON + timedelta(hours=14)  # in Denver, where noon in New York is 10 o'clock
    park = parks(engine)[23]
    assert (park.timezone, park.next_timezone, park.zone_changes_at) == (
        "America/Denver", "America/Chicago", midnight,
    )  # fmt: skip
    store_cycle(engine, cycle(midnight, {23: (said(1),)}), RIDES)
    park = parks(engine)[23]
    assert (park.timezone, park.previous_timezone, park.zone_changed_at) == (
        "America/Chicago", "America/Denver", midnight,
    )  # fmt: skip


def test_a_park_that_left_the_list_is_no_longer_tracked(engine: Engine) -> None:
    refresh(engine, *FEED)
    refresh(engine, KINGDOM, PARIS, days=1)
    assert parks(engine)[23].removed_at == NOON + timedelta(days=1)
    assert tracked(engine) == [6]


def test_a_park_that_returns_is_the_same_park(engine: Engine) -> None:
    refresh(engine, *FEED)
    refresh(engine, KINGDOM, PARIS, days=1)
    refresh(engine, *FEED, days=2)
    park = parks(engine)[23]
    assert (park.removed_at, park.is_tracked, park.first_seen_at) == (None, True, NOON)


def test_a_renamed_park_is_renamed(engine: Engine) -> None:
    refresh(engine, *FEED)
    refresh(engine, replace(KINGDOM, name="Magic Kingdom 🏰"), SEAWORLD, PARIS, days=1)
    assert parks(engine)[6].name == "Magic Kingdom 🏰"


def test_a_list_that_lost_most_parks_is_not_believed(engine: Engine) -> None:
    refresh(engine, *FEED)
    with pytest.raises(ParkListDoubtful, match="lacks 2 of the 3 parks"):
        refresh(engine, KINGDOM, days=1)
    assert tracked(engine) == [6, 23]


def test_parks_that_were_never_heard_do_not_speak_for_the_list(engine: Engine) -> None:
    refresh(engine, *FEED)
    never_there = [replace(KINGDOM, park_id=900 + number) for number in range(20)]
    with writing(engine) as connection:
        sync_parks(connection, (*FEED, *never_there), NOTHING_KNOWN, settings(), NOON, is_believed=True)
    store_cycle(engine, cycle(NOON, {6: (said(1),), 23: (said(2),)}), RIDES)
    refresh(engine, *FEED, days=1)
    assert tracked(engine) == [6, 23]


def test_parks_that_return_are_not_new(engine: Engine) -> None:
    refresh(engine, *FEED)
    store_cycle(engine, cycle(NOON, {6: (said(1),), 23: (said(2),)}), RIDES)
    refresh(engine, KINGDOM, PARIS, days=1)
    assert refresh(engine, *FEED, days=2).in_feed == 3


def test_half_as_many_again_is_believed(engine: Engine) -> None:
    refresh(engine, *FEED, replace(PARIS, park_id=99))
    more = (replace(PARIS, park_id=100), replace(PARIS, park_id=101))
    assert refresh(engine, *FEED, replace(PARIS, park_id=99), *more, days=1).new == 2
