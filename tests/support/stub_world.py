"""Made-up parks and rides for the dashboard's tests: the same every time, in the shapes of openapi.yaml."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

LONGEST = "Adventureland Treehouse inspired by Walt Disney's Swiss Family Robinson"
MARKUP = "<img src=x onerror=alert(1)>"
PARKS = [
    ("Maple Harbour Park", "Orlando", "Florida", "America/New_York"),
    ("Sunset Pier", "Anaheim", "California", "America/Los_Angeles"),
    ("Great Prairie Adventure", "Gurnee", "Illinois", "America/Chicago"),
    ("La Ronde du Lac", "Montréal", "Quebec", "America/Toronto"),
    ("Copper Canyon", "Denver", "Colorado", "America/Denver"),
]
RIDES = ["Comet", "Log Chute", "Midnight Mansion", "Carousel of Tides", "Thunder Gulch", "Pirate Swing"]
TIER_LABELS = {1: "Tier 1 (Major)", 2: "Tier 2 (Standard)", 3: "Tier 3 (Minor)", None: None}
STATUSES = ["Running", "Running", "Running", "Down", "Closed", "Unknown"]

Row = dict[str, Any]


def instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class World:
    """Change its fields and the next answer is another: `version` is what the ETags are made of.

    `is_first_closed_reading`: what is down was seen so only at `as_of`.
    `standing_still_since`: the feed of park 1 does.
    `trends_compared`: that many could be compared, and none of them changed.
    """

    park_count: int = 12
    rides_per_park: int = 8
    version: int = 1
    is_stale: bool = False
    is_simulated: bool = False
    is_first_closed_reading: bool = False
    trends_compared: int | None = None
    standing_still_since: datetime | None = None
    is_corrected: bool = False
    as_of: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(minutes=4))

    def cycle(self) -> None:
        """Ten minutes later: a new version, in which the first ride is down for longer."""
        self.version += 1
        self.as_of += timedelta(minutes=1)

    def feed(self, park_id: int) -> list[Row]:
        if park_id != 1 or self.standing_still_since is None:
            return []
        return [
            {
                "park_id": 1,
                "standing_still_since": instant(self.standing_still_since),
                "stamp_offset_minutes": -4.0,
                "listed_missing": 2,
            }
        ]

    def parks(self) -> list[Row]:
        return [self._park(number) for number in range(1, self.park_count + 1)]

    def rides(self) -> list[Row]:
        return [
            self._ride(park, number) for park in self.parks() for number in range(1, self.rides_per_park + 1)
        ]

    def _park(self, number: int) -> Row:
        chance = random.Random(number)
        name, city, state, zone = PARKS[(number - 1) % len(PARKS)]
        name = name if number <= len(PARKS) else f"{name} {number}"
        is_open = number % 4 != 0
        downtime = round(40 / number + chance.random(), 2)
        return {
            "park_id": number,
            "park_name": name,
            "city": city,
            "state": state,
            "timezone": zone,
            "is_open_now": None if self.is_stale else is_open,
            "downtime": downtime + self.version - 1,
            "last_active": instant(self.as_of if is_open else self.as_of - timedelta(hours=11)),
            "coverage": 71.4 if number == 3 else 99.2,
            "trend": None if number == 5 else round(chance.uniform(-40, 40), 2),
            "url": f"https://queue-times.com/parks/{number}",
        }

    def _ride(self, park: Row, number: int) -> Row:
        ride_id = park["park_id"] * 1000 + number
        chance = random.Random(ride_id)
        names = {1001: LONGEST, 1002: MARKUP}
        status = STATUSES[ride_id % len(STATUSES)] if park["is_open_now"] else "Closed"
        if self.is_stale:
            status = "Unknown"
        minutes = 0 if self.is_first_closed_reading else 20 + ride_id % 90 + 10 * self.version
        tier = (None, 1, 2, 3, 3, 2)[ride_id % 6]
        return {
            "ride_id": ride_id,
            "ride_name": names.get(ride_id, f"{RIDES[ride_id % len(RIDES)]} {ride_id}"),
            "park": park,
            "tier": tier,
            "tier_label": TIER_LABELS[tier],
            "category": "show" if number == self.rides_per_park else "ride",
            "is_counted": number != self.rides_per_park,
            "status": status,
            "minutes": minutes,
            "down_since": instant(self.as_of - timedelta(minutes=minutes)) if status == "Down" else None,
            "back_today": 95 - ride_id % 9 * 5 if status == "Down" and ride_id % 7 else None,
            "wait": ride_id % 19 * 5 if status == "Running" else None,
            "downtime": round(chance.uniform(0, 12), 2),
            "url": f"{park['url']}/rides/{ride_id}",
        }
