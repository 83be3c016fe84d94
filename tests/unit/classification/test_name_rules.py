"""What a name says an entry is, by real names of the feed."""

from __future__ import annotations

import pytest

from park_downtime.classification.name_rules import by_name
from park_downtime.classification.park_facts import ParkKind
from park_downtime.model import Category


def category(name: str, land: str | None = None, kind: ParkKind = ParkKind.THEME) -> Category | None:
    said = by_name(name, land, kind)
    return said.category if said else None


@pytest.mark.parametrize(
    "name",
    [
        "Star Tours – The Adventures Continue",
        "The Great Movie Ride",
        "The Twilight Zone Tower of Terror™",
        "Haunted Mansion",
        "Haunted Mansion Holiday",
        "TRANSFORMERS™: The Ride-3D",
        "THE JOKER™ 4D Free Fly Coaster",
        "Walt Disney's Carousel",
        "Toy Story Midway Mania!",
        "Studio Tour",
        "Tomorrowland Transit Authority PeopleMover",
        "METROPOLIS™ Transit Authority",
        "Mater's Jingle Jamboree",
        "Pony Parade",
        "Piggy Parade",
        "Daffy Duck Stars on Parade",
        "Grand Exposition Coaster",
        "Black Bear Trail",
        "Trailblazer",
        "Kilimanjaro Safaris",
        "Living with the Land",
        "Mark Twain Riverboat",
        "Casey Jr. Circus Train",
        "The High in the Sky Seuss Trolley Train Ride!™",
        "Le Passage",
        "Houdini’s Great Escape",
        "Monsters Unchained: The Frankenstein Experiment",
        "Coast Guard Academy",
        "Penguin Trek",
        "Space Station",
        "Freak Show",
        "Gallows Pole",
        "Fleet Commander",
        "TreeTop Tower",
        "Playful Pirates",
    ],
)
def test_a_ride_is_not_lost_to_a_rule(name: str) -> None:
    assert category(name) in (None, Category.RIDE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Test Track Presented by Chevrolet Single Rider", Category.SINGLE_RIDER),
        ("Harry Potter and the Battle at the Ministry™ Single Rider", Category.SINGLE_RIDER),
        ("Matterhorn Bobsleds - Single-Rider", Category.SINGLE_RIDER),
        ("Meet Anna and Elsa at Royal Sommerhus", Category.MEET_AND_GREET),
        ("Mickey's House and Meet Mickey Mouse", Category.MEET_AND_GREET),
        ("Star Wars Launch Bay: Meet Chewbacca", Category.MEET_AND_GREET),
        ("Meet Mickey at Town Square Theater", Category.MEET_AND_GREET),
        ("Holiday Fun with Santa & Friends!", Category.MEET_AND_GREET),
        ("Impressions de France", Category.EXPERIENCE),
        ("Beauty and the Beast Sing-Along", Category.EXPERIENCE),
        ("Palais du Cinéma", Category.EXPERIENCE),
        ("Canada Far and Wide in Circle-Vision 360", Category.EXPERIENCE),
        ("Disney and Pixar Short Film Festival", Category.EXPERIENCE),
        ("Muppet*Vision 3D", Category.EXPERIENCE),
        ("Gorilla Falls Exploration Trail", Category.EXPERIENCE),
        ("Swiss Family Treehouse", Category.EXPERIENCE),
        ("Sleeping Beauty Castle Walkthrough", Category.EXPERIENCE),
        ("Looney Tunes Adventure Camp ", Category.EXPERIENCE),
        ("Rebecca Rabbit's Playground", Category.EXPERIENCE),
        ("Ollivanders™ Experience in Hogsmeade™", Category.EXPERIENCE),
        ("Festival of the Lion King", Category.SHOW),
        ("Beauty and the Beast – Live on Stage", Category.SHOW),
        ("For the First Time in Forever: A Frozen Sing-Along Celebration", Category.SHOW),
        ("Indiana Jones™ Epic Stunt Spectacular!", Category.SHOW),
        ("Monsters, Inc. Laugh Floor", Category.SHOW),
        ("Walt Disney's Enchanted Tiki Room", Category.SHOW),
        ("Neighborhood Street Party Parade", Category.SHOW),
        ("Disney Festival of Fantasy Parade", Category.SHOW),
        ("Walt Disney World Railroad - Fantasyland", Category.TRANSPORT),
        ("Disneyland Railroad Frontierland Depot", Category.TRANSPORT),
        ("Hogwarts Express™ - King's Cross Station", Category.TRANSPORT),
        ("Serengeti Express (Nairobi Station)", Category.TRANSPORT),
        ("Skyride (Germany Station)", Category.TRANSPORT),
        ("Timbertown Railway Station #2", Category.TRANSPORT),
        ("Monorail to Hotels & Car Parks", Category.TRANSPORT),
        ("Frontierland Shootin' Exposition", Category.OTHER),
        ("Entry to World of Frozen", Category.OTHER),
        ("Galacticoaster Is Coming in 2026!", Category.OTHER),
    ],
)
def test_a_name_tells(name: str, expected: Category) -> None:
    assert category(name) is expected


def test_in_a_water_park_an_entry_is_a_slide() -> None:
    assert category("Krakatau™ Aqua Coaster", None, ParkKind.WATER) is Category.WATER_SLIDE


def test_in_a_water_park_a_tree_house_is_to_splash_in() -> None:
    assert category("Tree House Island", None, ParkKind.WATER) is Category.WATER_SLIDE


def test_in_a_water_park_a_meet_is_still_a_meet() -> None:
    assert category("Meet Elmo & Friends", None, ParkKind.WATER) is Category.MEET_AND_GREET


def test_in_the_water_rides_of_a_theme_park_an_entry_is_a_slide() -> None:
    assert category("Monsoon Lagoon", "Water Rides") is Category.WATER_SLIDE


def test_a_water_park_is_told_by_the_name_too() -> None:
    assert category("Twin Chasers (Water Park)") is Category.WATER_SLIDE


def test_an_autumn_event_has_haunted_houses() -> None:
    assert category("Terrifier", "Halloween") is Category.EXPERIENCE


def test_where_guests_swim_with_animals_an_entry_is_an_experience() -> None:
    assert category("Serenity Bay", None, ParkKind.ANIMAL) is Category.EXPERIENCE


def test_a_name_that_says_nothing_is_left_to_others() -> None:
    assert by_name("Space Mountain", "Tomorrowland", ParkKind.THEME) is None
