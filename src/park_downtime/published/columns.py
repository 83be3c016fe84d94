"""Every column of the open data set with its type, unit and meaning, by which the set describes itself.

The same words stand in docs/data-model.md, which is written from here, and in the API's description.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from park_downtime.statistics.measures import HOW_JUDGED, MEANINGS, MEASURE_NAMES, PARK_MEASURE_NAMES
from park_downtime.stretches.lines import COLUMNS as STRETCH_COLUMNS
from park_downtime.stretches.lines import MEANINGS as KINDS_OF_STRETCHES


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: a type of Frictionless; `unit`: empty where a value has none."""

    name: str
    kind: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """`name`: of the file, `key`: the columns that tell its rows apart; empty: none do."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


_OF_PARKS = [name for name in PARK_MEASURE_NAMES if name not in HOW_JUDGED]
_WAITS = ("wait_sum", "wait_min", "wait_max")


def _measure(name: str) -> Column:
    unit = "s" if name.endswith("_seconds") else "min" if name in _WAITS else ""
    return Column(name, "integer", unit, MEANINGS[name])


_SECONDS = {
    "seconds": (
        "known closed time of the closure while the park ran, of a late start from `due_at` on, of a ride "
        "that did not reopen until then"
    ),
    "interval_seconds": "the cadence in force then: how long a reading holds",
}
_COUNTS = {
    "rides_with_downtime": "counted rides of the park with downtime",
    "method_version": "the version of the rules that made the row",
    "reading_count": "readings in the stretch that said something",
    "tier": "how much it matters: 1 major, 2 standard, 3 minor; none: not classified, counts as 2",
}
_IDS = {"park_id": "id of the park at Queue-Times", "ride_id": "id of the ride at Queue-Times"}
_DATES = {
    "stat_date": "the park's local day of the statistics",
    "local_date": "the park's local day, in the zone that its `day` line names",
}
_INSTANTS = {
    "first_open_at": "first open reading of the ride in the sessions that began that day",
    "last_open_at": "last open reading of the ride in these sessions, which may be after midnight",
    "first_running_at": "first running reading of the park",
    "last_running_at": "last running reading of the park",
    "started_at": "where it begins",
    "ended_at": "where it ends, not included",
    "due_at": "when a ride was to open, or to close, by its own habit; none of an outage",
    "recognised_at": "the reading by which a doubt was recognised",
    "first_seen_at": "when it first came from the feed",
}
_TRUTHS = {
    "is_partial": "the first day of observation, or one that was only partly seen",
    "is_incident": "whether the outage counts in `outage_count`: shorter ones count as time only",
}
_TEXTS = {
    "name": "the current name",
    "country": "where the park is; none where neither the feed nor our facts say it",
    "city": "the town that the park is in or near",
    "state_province": "the state or province of the park",
    "timezone": "IANA zone of the park's local days",
    "operator": "who runs the park",
    "land": "the themed area; none of a ride that stands in none",
    "category": "what the entry is; only rides and water slides are counted",
    "kind": "whether it is an outage, a late start, or did not reopen",
    "note": "of `day` the time zone, of `ride` the category",
}
_NUMBERS = {"latitude": "degrees north", "longitude": "degrees east"}
_KINDS = (
    (_SECONDS, "integer", "s"),
    (_COUNTS, "integer", ""),
    (_IDS, "integer", ""),
    (_DATES, "date", ""),
    (_INSTANTS, "datetime", "UTC"),
    (_TRUTHS, "boolean", ""),
    (_TEXTS, "string", ""),
    (_NUMBERS, "number", "deg"),
)
COLUMNS = {
    **{name: _measure(name) for name in (*MEASURE_NAMES, *_OF_PARKS)},
    **{
        name: Column(name, kind, unit, meaning)
        for meanings, kind, unit in _KINDS
        for name, meaning in meanings.items()
    },
}


_OF_STRETCHES = {
    "kind": "what the line is of. "
    + ". ".join(f"{kind}: {meaning}" for kind, meaning in KINDS_OF_STRETCHES.items()),
    "started_at": "where it begins, of a stretch its first reading",
    "ended_at": "where it ends, of a stretch its last reading; none: it lasted when the day was closed",
}
"""What means something else there: an archived day says what was read, and no end that was worked out."""


def meaning_of(name: str) -> str:
    """Of a column that is published, or of any measure."""
    return COLUMNS[name].meaning if name in COLUMNS else MEANINGS[name]


def _table(name: str, title: str, columns: Iterable[str], *key: str) -> PublishedTable:
    return PublishedTable(name, title, tuple(COLUMNS[column] for column in columns), key)


PARKS = _table(
    "parks",
    "Parks",
    [
        *("park_id", "name", "country", "state_province", "city", "latitude", "longitude", "timezone"),
        *("operator", "first_seen_at"),
    ],
    "park_id",
)
RIDES = _table("rides", "Rides", ["ride_id", "park_id", "name", "land", "category", "tier"], "ride_id")
PARK_DAYS = _table(
    "park_days",
    "Days of parks: sums of their counted rides, and how the park was observed",
    [
        *("park_id", "stat_date", *MEASURE_NAMES, *_OF_PARKS, "rides_with_downtime"),
        *("first_running_at", "last_running_at", "is_partial", "method_version"),
    ],
    "park_id",
    "stat_date",
)
RIDE_DAYS = _table(
    "ride_days",
    "Days of counted rides",
    ["park_id", "stat_date", "ride_id", *MEASURE_NAMES, "first_open_at", "last_open_at"],
    "park_id",
    "stat_date",
    "ride_id",
)
OUTAGES = _table(
    "outages",
    "Outages, late starts, and rides that did not reopen",
    [
        *("park_id", "stat_date", "ride_id", "kind", "started_at", "ended_at", "due_at", "seconds"),
        *("park_wide_seconds", "is_incident"),
    ],
    *("park_id", "stat_date", "ride_id", "started_at", "kind"),
)
STRETCHES = PublishedTable(
    "stretches",
    "Open, closed and doubted stretches as the feed said them, without waits: what any method can judge from",
    tuple(
        replace(COLUMNS[name], meaning=_OF_STRETCHES.get(name, COLUMNS[name].meaning))
        for name in STRETCH_COLUMNS
    ),
    (),
)
OF_A_MONTH = (PARK_DAYS, RIDE_DAYS, OUTAGES)
