"""Everything recorded of the real feed passes validation, and says what we know it says."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from park_downtime.feed.park_list import read_park_list
from park_downtime.feed.readings import read_payload
from park_downtime.model import ParkReadings, RideReading, State
from park_downtime.timeline.stamps import Stamp, believed, newest_stamp, stands_still


def entries(body: bytes) -> list[dict[str, Any]]:
    top = json.loads(body)
    found: list[dict[str, Any]] = [ride for land in top["lands"] for ride in land["rides"]]
    return found + list(top["rides"])


def recorded(shared_data: Path, name: str) -> bytes:
    return (shared_data / "fixtures" / name).read_bytes()


def read(body: bytes, name: str) -> ParkReadings:
    """As if fetched a minute after the newest entry: the feed's own cadence is five."""
    newest = max(datetime.fromisoformat(entry["last_updated"]) for entry in entries(body))
    return first_read(body, name, newest + timedelta(minutes=1))


def first_read(body: bytes, name: str, at: datetime) -> ParkReadings:
    """As of a park of which nothing had been read before."""
    found = read_payload(int(name.partition("_")[0]), body, at)
    newest = newest_stamp(found.readings)
    assert newest is not None
    is_old = stands_still([Stamp(at, newest)], 600)
    return replace(found, readings=believed(found.readings, newest, is_old=is_old, are_entries_judged=True))


def of(found: ParkReadings, state: State) -> list[RideReading]:
    return [reading for reading in found.readings if reading.state is state]


def named(found: ParkReadings, state: State) -> set[str | None]:
    return {reading.name for reading in of(found, state)}


def index(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "fixtures" / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_recorded_payload_is_accepted_whole(shared_data: Path) -> None:
    wrong = {}
    for row in index(shared_data):
        body = recorded(shared_data, row["file"])
        found = read(body, row["file"])
        ids = {entry["id"] for entry in entries(body)}
        told = {reading.ride_id for reading in found.readings}
        if (told, found.odd_entries, found.dropped_waits) != (ids, 0, 0):
            wrong[row["file"]] = found
    assert wrong == {}


def test_no_recorded_payload_says_open_more_often_than_it_was_indexed(shared_data: Path) -> None:
    more = [
        row["file"]
        for row in index(shared_data)
        if len(of(read(recorded(shared_data, row["file"]), row["file"]), State.OPEN)) > int(row["open"])
    ]
    assert more == []


@pytest.mark.parametrize(
    ("name", "opened", "closed", "unknown"),
    [
        ("12_gardaland_2025-09-21_most_open.json", 33, 3, 0),
        ("12_gardaland_2025-09-21_none_open.json", 0, 36, 0),
        ("12_gardaland_2025-12-14_few_open.json", 1, 35, 0),
        ("16_disneyland_2024-12-14_top_level_ride.json", 46, 6, 0),
        ("2_thorpe_park_2025-07-05.rebuilt.json", 21, 3, 0),
        ("5_epcot_2023-11-02.json", 19, 0, 0),
        ("1_alton_towers_2025-06-10_night_frozen_ride.rebuilt.json", 0, 35, 0),
        ("334_epic_2026-01-07_night.rebuilt.json", 0, 12, 7),
        ("64_islands_2026-01-08_night.rebuilt.json", 0, 21, 5),
    ],
)
def test_open_closed_and_unknown(
    shared_data: Path, name: str, opened: int, closed: int, unknown: int
) -> None:
    found = read(recorded(shared_data, name), name)
    assert [len(of(found, state)) for state in (State.OPEN, State.CLOSED, State.UNKNOWN)] == [
        opened,
        closed,
        unknown,
    ]


def test_a_ride_frozen_for_seven_days_stays_closed_and_is_flagged(shared_data: Path) -> None:
    name = "1_alton_towers_2025-06-10_night_frozen_ride.rebuilt.json"
    flagged = [reading for reading in read(recorded(shared_data, name), name).readings if reading.is_stale]
    assert [(reading.name, reading.state) for reading in flagged] == [
        ("Postman Pat Parcel Post", State.CLOSED)
    ]


def test_rides_frozen_closed_for_five_hours_stay_closed_and_are_flagged(shared_data: Path) -> None:
    name = "12_gardaland_2026-01-06_ten_rides_frozen_5h.json"
    flagged = [reading for reading in read(recorded(shared_data, name), name).readings if reading.is_stale]
    assert [reading.state for reading in flagged] == [State.CLOSED] * 10
    assert {str(reading.last_updated) for reading in flagged} == {"2026-01-06 11:14:18+00:00"}


def test_twenty_five_minutes_after_they_froze_nothing_is_flagged_yet(shared_data: Path) -> None:
    name = "12_gardaland_2026-01-06_ten_rides_frozen_first.json"
    assert not any(reading.is_stale for reading in read(recorded(shared_data, name), name).readings)


def test_single_riders_frozen_open_for_days_are_unknown_at_noon(shared_data: Path) -> None:
    name = "64_islands_2026-01-07_midday.rebuilt.json"
    assert named(read(recorded(shared_data, name), name), State.UNKNOWN) == {
        "Hagrid's Magical Creatures Motorbike Adventure™ Single Rider",
        "The Amazing Adventures of Spider-Man® Single Rider",
    }


def test_what_is_frozen_open_at_night_is_unknown(shared_data: Path) -> None:
    name = "64_islands_2026-01-08_night.rebuilt.json"
    assert named(read(recorded(shared_data, name), name), State.UNKNOWN) == {
        "Harry Potter and the Forbidden Journey™ Single Rider",
        "Ollivanders™ Experience in Hogsmeade™",
        "Hagrid's Magical Creatures Motorbike Adventure™ Single Rider",
        "The Amazing Adventures of Spider-Man® Single Rider",
        "The Incredible Hulk Coaster® Single Rider",
    }


def test_a_payload_fetched_hours_after_it_was_written_is_unknown(shared_data: Path) -> None:
    name = "5_epcot_2023-11-02.json"
    found = first_read(recorded(shared_data, name), name, datetime(2023, 11, 3, 4, 0, tzinfo=UTC))
    assert {reading.state for reading in found.readings} == {State.UNKNOWN}


def test_the_same_name_in_two_lands_is_two_rides(shared_data: Path) -> None:
    name = "4_dlp_2026-08-22_same_name_in_two_lands.rebuilt.json"
    found = read(recorded(shared_data, name), name)
    stations = [ride for ride in found.readings if ride.name == "Disneyland Railroad Main Street Station"]
    assert len({ride.ride_id for ride in stations}) == len({ride.land for ride in stations}) == 2


def test_every_name_comes_through_as_it_was_recorded(shared_data: Path) -> None:
    changed = [
        (row["file"], name)
        for row in index(shared_data)
        for name in {entry["name"] for entry in entries(recorded(shared_data, row["file"]))}
        - {reading.name for reading in read(recorded(shared_data, row["file"]), row["file"]).readings}
    ]
    assert changed == []


def test_trademarks_and_accents_survive(shared_data: Path) -> None:
    found = read(recorded(shared_data, "28_wdsp_2024-05-23.json"), "28_wdsp_2024-05-23.json")
    assert {"Slinky® Dog Zigzag Spin", "Armageddon : les Effets Spéciaux"} <= {
        ride.name for ride in found.readings
    }


def test_the_park_list_of_2023_is_read_whole(shared_data: Path) -> None:
    parks = read_park_list((shared_data / "parks.json").read_bytes()).parks
    assert len(parks) == 120
    assert len({park.group_id for park in parks}) == 15
    assert len([park for park in parks if park.continent == "North America"]) == 69
    assert [park.name for park in parks if park.latitude is None or park.longitude is None] == []
