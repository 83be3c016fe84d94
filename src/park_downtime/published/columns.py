"""Every column of the open data set with its type, unit and meaning, by which the set describes itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from park_downtime.statistics.measures import HOW_JUDGED, MEASURE_NAMES, PARK_MEASURE_NAMES
from park_downtime.stretches.lines import COLUMNS as STRETCH_COLUMNS


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


_SECONDS = {
    "open_seconds": "known open time",
    "downtime_seconds": "time of outages: closed, with open readings before and after in the same session",
    "park_wide_seconds": "the part of it in which many rides of the park were down at once",
    "ongoing_seconds": "closed after having been open, in a session that is not over: not judged yet",
    "late_start_seconds": "closed before the ride's first opening of the session, beyond its own habit",
    "late_opening_seconds": "otherwise closed before its first opening",
    "did_not_reopen_seconds": "closed after its last opening of the session, before it usually closes",
    "early_close_seconds": "otherwise closed after its last",
    "did_not_operate_seconds": "closed all session long",
    "unknown_seconds": "not observed; in no numerator and no denominator",
    "expected_seconds": (
        "time in which the ride could have been observed: its park's sessions and gaps at their edges"
    ),
    "longest_outage_seconds": "the longest outage that ended in the period",
    "session_seconds": "length of the park's sessions",
    "park_stop_seconds": "time inside sessions in which the park was observed not running",
    "park_expected_seconds": "the park's own expected time",
    "park_unknown_seconds": "the part of it that was not observed; coverage is 1 - unknown / expected",
    "seconds": (
        "known closed time of the closure while the park ran, of a late start from `due_at` on, of a ride "
        "that did not reopen until then"
    ),
    "interval_seconds": "the cadence in force then: how long a reading holds",
}
_COUNTS = {
    "outage_count": "incidents: outages that are no mere flicker, counted on the day they start",
    "park_wide_outage_count": "those of them of which at least half was park-wide",
    "status_changes": "changes between open and closed",
    "days_operated": "1 where the ride had an open reading",
    "days_not_operated": "1 where it had known readings and none was open",
    "days_with_data": "1 where the park was heard",
    "wait_count": "known waits of open readings",
    "rides_with_downtime": "counted rides of the park that were down that day",
    "method_version": "the version of the rules that made the row",
    "reading_count": "readings in the stretch that said something",
    "tier": "how much it matters: 1 major, 2 standard, 3 minor; empty: not classified, counts as 2",
}
_MINUTES = {
    "wait_sum": "the sum of those waits, zeros included",
    "wait_min": "the shortest of them",
    "wait_max": "the longest of them",
}
_IDS = {"park_id": "id of the park at Queue-Times", "ride_id": "id of the ride at Queue-Times"}
_DATES = {
    "stat_date": "the park's local day of the statistics",
    "local_date": "the park's local day, in the zone that the day's `day` line names",
}
_INSTANTS = {
    "first_open_at": "first open reading of the ride in the sessions that began that day",
    "last_open_at": "last one, which may be after midnight",
    "first_running_at": "first running reading of the park that day",
    "last_running_at": "last one",
    "started_at": "where it begins",
    "ended_at": "where it ends; of a stretch the last reading",
    "due_at": "when a ride was to open, or to close, by its own habit; empty of an outage",
    "recognised_at": "of a doubt: the reading with which it was recognised",
    "first_seen_at": "when it first came from the feed",
}
_TRUTHS = {
    "is_partial": "the first day of observation, or one that was only partly seen",
    "is_incident": "whether the outage counts in `outage_count`",
}
_TEXTS = {
    "name": "the current name",
    "country": "where the park is; empty where nobody says it",
    "city": "the town it is in or near",
    "state_province": "the state or province",
    "timezone": "IANA zone of the park's local days",
    "operator": "who runs the park",
    "land": "the themed area; empty of a ride that stands in none",
    "category": "what the entry is; only rides and water slides are counted",
    "kind": "what the row is of: a closure, or a stretch of a ride or its park",
    "note": "of `day` the time zone, of `ride` the category",
}
_NUMBERS = {"latitude": "degrees north", "longitude": "degrees east"}
_KINDS = (
    (_SECONDS, "integer", "s"),
    (_COUNTS, "integer", ""),
    (_MINUTES, "integer", "min"),
    (_IDS, "integer", ""),
    (_DATES, "date", ""),
    (_INSTANTS, "datetime", "UTC"),
    (_TRUTHS, "boolean", ""),
    (_TEXTS, "string", ""),
    (_NUMBERS, "number", "deg"),
)
COLUMNS = {
    name: Column(name, kind, unit, meaning)
    for meanings, kind, unit in _KINDS
    for name, meaning in meanings.items()
}


def _table(name: str, title: str, columns: Iterable[str], *key: str) -> PublishedTable:
    return PublishedTable(name, title, tuple(COLUMNS[column] for column in columns), key)


_OF_PARKS = [name for name in PARK_MEASURE_NAMES if name not in HOW_JUDGED]
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
STRETCHES = _table(
    "stretches",
    "Open, closed and doubted stretches as the feed said them, without waits: what any method can judge from",
    STRETCH_COLUMNS,
)
OF_A_MONTH = (PARK_DAYS, RIDE_DAYS, OUTAGES)
