"""The name rules, alone, on every real name of the feed that was recorded beside the checkout."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from park_downtime.classification.name_rules import by_name
from park_downtime.classification.park_facts import kind_of, park_facts
from park_downtime.model import Category
from park_downtime.simulator.catalogue import Kind, catalogue

NO_RIDES = {
    Category.TRANSPORT: [
        "6 Walt Disney World Railroad - Fantasyland",
        "16 Disneyland Monorail",
        "16 Disneyland Railroad",
        "23 Skyride (England Station)",
        "23 Skyride (Germany Station)",
        "23 Skyride (France Station)",
        "24 Serengeti Express (Nairobi Station)",
        "24 Serengeti Express (Stanleyville Station)",
        "24 Skyride (Egypt Station)",
        "24 Skyride (Jungala Station)",
        "34 Boomtown Depot",
        "36 Tommy G. Robertson Railroad",
        "38 Scenic Railway County Fair",
        "38 Scenic Railway Hometown Square",
        "39 Fiesta Texas Railroad",
        "45 Sky Ride",
        "50 Sky Ride East",
        "50 Sky Ride West",
        "50 Cedar Point and Lake Erie Railroad",
        "50 Cedar Point and Lake Erie Railroad - Frontier",
        "57 Delta Flyer (Skyride)",
        "57 Eagles Flight (Skyride)",
        "60 K.I. and Miami Valley Railroad - Rivertown Station",
        "65 Hogwarts™ Express - King's Cross Station",
        "65 Hogwarts™ Express - First Train",
        "70 Timbertown Railway",
        "299 Minifigure Skyflyer - Brick Street Station",
        "299 Minifigure Skyflyer - LEGO® Pirates Station",
    ],
    Category.EXPERIENCE: [
        "8 Dino-Sue",
        "8 Zootopia: Better Zoogether!",
        "33 Acme Fun Factory",
        "34 Casa Magnetica",
        "36 Bugs Bunny Fort Fun",
        "38 Big Top Terror",
        "38 NEW! The Estate at Wretched Meadows",
        "65 Terrifier",
        "65 WWE Presents: The Horrors of the Wyatt Sicks",
        "65 Dolls: Let’s Play Dead",
        "65 JASON UN1V3RSE",
        "65 Five Nights At Freddy’s",
        "65 Fallout",
        "65 El Artista: A Spanish Haunting",
        "65 Gálkn: Monsters of the North",
        "65 Grave of Flesh",
        "65 Hatchet and Chains: Demon Bounty Hunters",
        "66 Kung Fu Panda Adventure",
        "66 Monstruos 3",
        "66 Terrifier",
        "66 Jason Universe",
        "66 Fallout",
        "66 Five Nights at Freddy's",
        "66 WWE Wyatt Sicks",
        "66 Poltergeist",
        "66 Chainsaw Man",
        "282 Forgotten Freaks",
        "282 Midnight Mausoleum",
        "282 Devil’s Hollow",
        "282 Cadaver Castle",
        "316 Fun Fair",
        "316 Grandpa Pig's Greenhouse",
        "334 Bowser Jr. Challenge",
    ],
    Category.OTHER: [
        "16 Frontierland Shootin' Exposition",
        "17 Games of Pixar Pier",
        "279 NEW IN 2026! Space-Themed Land",
        "280 Galacticoaster Is Coming in 2026!",
    ],
    Category.SHOW: [
        "16 Walt Disney - A Magical Life",
    ],
}
RIDES = [
    "5 Journey Into Imagination With Figment",
    "5 Living with the Land",
    "6 Tomorrowland Transit Authority PeopleMover",
    "17 Mater's Jingle Jamboree",
    "21 Flamingo Paddle Boats",
    "21 Penguin Trek",
    "32 Tweety’s Escape",
    "33 Foghorn’s Seaport Railway",
    "33 Merlin’s Seaside Tours",
    "33 Safari Jeep Tours",
    "35 Tweety’s Tweehouse",
    "36 Daffy Duck Stars on Parade",
    "36 Tweety Twee House",
    "38 Tot’s Livery",
    "42 Elmer’s Around the World in 80 Seconds",
    "42 Taz’s Film Works",
    "43 Tweety’s Clubhouse",
    "45 Storytown Train",
    "45 Spruce’s Wilderness Bus Tours",
    "66 Studio Tour",
    "279 Driving School - NOW OPEN!",
    "279 Dune Raiders",
    "280 Coast Guard Academy",
    "280 Driving School",
    "280 Rescue Academy",
    "281 Darien Lake Railway",
    "282 Casino",
    "299 Brick Party",
    "299 Coast Guard Academy",
    "299 Driving School",
    "299 Fire Academy",
]


@dataclass(frozen=True)
class Named:
    park_id: int
    name: str
    rough: str
    category: Category

    def __str__(self) -> str:
        return f"{self.park_id} {self.name}"


def category(park_id: int, name: str, land: str | None) -> Category:
    said = by_name(name, land, kind_of(park_id))
    return Category.RIDE if said is None or said.category is None else said.category


@pytest.fixture(scope="module")
def named(shared_data: Path) -> list[Named]:
    with (shared_data / "rides_reference.csv").open(encoding="utf-8", newline="") as file:
        return [
            Named(
                int(row["park_id"]),
                row["ride_name"].strip(),
                row["category_in_source"],
                category(int(row["park_id"]), row["ride_name"], row["land"] or None),
            )
            for row in csv.DictReader(file)
        ]


def test_so_many_names_are_of_each_category(named: list[Named]) -> None:
    assert dict(Counter(one.category.value for one in named)) == {
        "ride": 1280,
        "show": 12,
        "experience": 125,
        "transport": 35,
        "meet_and_greet": 5,
        "other": 4,
        "water_slide": 111,
    }


@pytest.mark.parametrize("category", NO_RIDES)
def test_what_another_project_takes_for_a_ride_and_we_do_not(named: list[Named], category: Category) -> None:
    """Each of these was looked at."""
    found = [str(one) for one in named if one.rough == "ATTRACTION" and one.category is category]
    assert found == NO_RIDES[category]


def test_nothing_else_is_lost(named: list[Named]) -> None:
    lost = [one for one in named if one.rough == "ATTRACTION" and not one.category.is_counted]
    assert len(lost) == sum(len(names) for names in NO_RIDES.values())


def test_what_another_project_takes_for_no_ride_and_we_do(named: list[Named]) -> None:
    """Each of these was looked at: small trains and boats, children's rides, a coaster."""
    assert [str(one) for one in named if one.rough != "ATTRACTION" and one.category is Category.RIDE] == RIDES


def test_every_north_american_park_of_the_feed_has_its_facts(shared_data: Path) -> None:
    groups = json.loads((shared_data / "parks.json").read_text(encoding="utf-8"))
    parks = {
        park["id"] for group in groups for park in group["parks"] if park["continent"] == "North America"
    }
    assert parks - set(park_facts()) == set()


def test_our_zones_differ_from_the_feeds_where_the_feed_is_wrong(shared_data: Path) -> None:
    groups = json.loads((shared_data / "parks.json").read_text(encoding="utf-8"))
    zones = {park["id"]: park["timezone"] for group in groups for park in group["parks"]}
    differing = {
        park_id: (zones[park_id], facts.timezone)
        for park_id, facts in park_facts().items()
        if park_id in zones and zones[park_id] != facts.timezone
    }
    assert differing == {
        22: ("America/Denver", "America/Chicago"),
        47: ("America/Toronto", "America/Mexico_City"),
        306: ("America/Denver", "America/Chicago"),
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.SINGLE_RIDER, Category.SINGLE_RIDER), (Kind.WATER_SLIDE, Category.WATER_SLIDE)],
)
def test_lines_and_slides_of_water_parks_in_the_simulated_feed_are_known(
    kind: Kind, expected: Category
) -> None:
    missed = [
        f"{park.park_id} {ride.name}"
        for park in catalogue()
        for ride in park.rides
        if ride.kind is kind
        and (kind is Kind.SINGLE_RIDER or park.is_water_park)
        and category(park.park_id, ride.name, ride.land) is not expected
    ]
    assert missed == []


def test_every_entry_of_the_simulated_feed_called_meet_is_one() -> None:
    missed = [
        ride.name
        for park in catalogue()
        for ride in park.rides
        if ride.name.startswith("Meet ")
        and category(park.park_id, ride.name, ride.land) is not Category.MEET_AND_GREET
    ]
    assert missed == []
