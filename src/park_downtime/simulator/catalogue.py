"""The parks and rides of the simulated feed: the real ones of North America, as the feed states them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

INVENTED_IDS_FROM = 900_001
"""Rides from here up have real names but ids of our own: their ids in the feed are not known to us."""

SINGLE_RIDER_SUFFIX = " Single Rider"


class Kind(StrEnum):
    RIDE = "ride"
    WATER_SLIDE = "water_slide"
    SHOW = "show"
    MEET = "meet"
    EXPERIENCE = "experience"
    TRANSPORT = "transport"
    SINGLE_RIDER = "single_rider"


class Habit(StrEnum):
    """What sets an entry apart from the others of its kind."""

    NONE = ""
    ALWAYS_OPEN = "always_open"  # says open day and night
    AUTUMN_NIGHTS = "autumn_nights"  # a haunted house: only at evening events
    NEVER = "never"  # announced, not built


class Calendar(StrEnum):
    YEAR_ROUND = "year_round"
    CLOSED_WINTER_WEEKDAYS = "closed_winter_weekdays"
    SUMMER = "summer"
    WATER_SUMMER = "water_summer"
    WATER_YEAR_ROUND = "water_year_round"


@dataclass(frozen=True, slots=True)
class SimulatedRide:
    ride_id: int
    name: str
    land: str | None  # None: listed outside any land
    kind: Kind
    habit: Habit = Habit.NONE
    parent_id: int | None = None  # of a single-rider line: the ride whose state it repeats


@dataclass(frozen=True, slots=True)
class SimulatedPark:
    """`timezone` is what the feed states; `local_timezone` is where the park really is."""

    park_id: int
    name: str
    group_id: int
    group_name: str
    country: str
    continent: str
    latitude: float
    longitude: float
    timezone: str
    local_timezone: str
    calendar: Calendar
    has_late_nights: bool
    has_evening_events: bool
    rides: tuple[SimulatedRide, ...]

    @property
    def is_water_park(self) -> bool:
        return self.calendar in (Calendar.WATER_SUMMER, Calendar.WATER_YEAR_ROUND)


@cache
def catalogue() -> tuple[SimulatedPark, ...]:
    """Every North American park, by id."""
    rides = _rides_by_park()
    return tuple(
        SimulatedPark(
            park_id=int(row["park_id"]),
            name=row["name"],
            group_id=int(row["group_id"]),
            group_name=row["group_name"],
            country=row["country"],
            continent=row["continent"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            timezone=row["timezone"],
            local_timezone=row["local_timezone"],
            calendar=Calendar(row["calendar"]),
            has_late_nights=row["late_nights"] == "yes",
            has_evening_events=row["evening_event"] == "yes",
            rides=rides[int(row["park_id"])],
        )
        for row in _rows("parks.csv")
    )


def _rides_by_park() -> dict[int, tuple[SimulatedRide, ...]]:
    rows = list(_rows("rides.csv"))
    ids = {(row["park_id"], row["name"]): int(row["ride_id"]) for row in rows}
    rides: defaultdict[int, list[SimulatedRide]] = defaultdict(list)
    for row in rows:
        kind = Kind(row["kind"])
        parent = (row["park_id"], row["name"].removesuffix(SINGLE_RIDER_SUFFIX))
        rides[int(row["park_id"])].append(
            SimulatedRide(
                ride_id=int(row["ride_id"]),
                name=row["name"],
                land=row["land"] or None,
                kind=kind,
                habit=Habit(row["habit"]),
                parent_id=ids[parent] if kind is Kind.SINGLE_RIDER else None,
            )
        )
    return {park_id: tuple(entries) for park_id, entries in rides.items()}


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(file_name).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text))
