"""The words of the project as types: what a reading, a park and a cycle are (DESIGN, The words)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """What a reading says of a ride. Unknown readings are as if absent."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """What an entry of the feed is. Only rides and water slides are counted."""

    RIDE = "ride"
    WATER_SLIDE = "water_slide"  # water slides and water play areas
    SHOW = "show"
    MEET_AND_GREET = "meet_and_greet"
    EXPERIENCE = "experience"  # walk-through, exhibit, film
    TRANSPORT = "transport"
    SINGLE_RIDER = "single_rider"  # repeats its parent's state: every outage would count twice
    OTHER = "other"

    @property
    def is_counted(self) -> bool:
        return self in (Category.RIDE, Category.WATER_SLIDE)


@dataclass(frozen=True, slots=True)
class Land:
    """A themed area of a park. Recordings know only its name."""

    land_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class RideReading:
    """What one payload says of one ride (DESIGN, Reading). `is_stale`: its stamp, or its payload's, is old;
    open it is then unknown.

    `name` is None where the entry was odd; such a reading is always unknown.
    """

    ride_id: int
    name: str | None
    land: Land | None
    state: State
    wait_minutes: int | None
    is_stale: bool
    last_updated: datetime | None


@dataclass(frozen=True, slots=True)
class ParkReadings:
    """The accepted payload of one park: at most one reading per ride."""

    park_id: int
    fetched_at: datetime
    readings: tuple[RideReading, ...]
    odd_entries: int = 0
    dropped_waits: int = 0


class ParkOutcome(StrEnum):
    """What became of one park in one cycle."""

    OK = "ok"
    FAILED = "failed"  # nothing came: network, HTTP status, deadline
    REJECTED = "rejected"  # something came that is no payload
    EMPTY = "empty"  # a payload without a single ride: absence is no observation
    PARTIAL = "partial"  # lists so few of the park's rides that it says nothing of the park


class DoubtKind(StrEnum):
    """Why readings with fresh stamps are not believed (DESIGN, Doubt)."""

    STANDSTILL = "standstill"  # the last values are repeated: the park is unknown
    LEFT_OPEN = "left_open"  # entries were forgotten open: they do not make the park run


class CycleOutcome(StrEnum):
    """How far a cycle's storing came. One that was killed stays `running` until the next finds it."""

    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"


class StretchKind(StrEnum):
    """What a stretch of one ride's session was (DESIGN, Closure)."""

    OPEN = "open"
    OUTAGE = "outage"
    ONGOING = "ongoing"
    LATE_START = "late_start"
    LATE_OPENING = "late_opening"
    DID_NOT_REOPEN = "did_not_reopen"
    EARLY_CLOSE = "early_close"
    DID_NOT_OPERATE = "did_not_operate"
    PARK_STOP = "park_stop"
    UNKNOWN = "unknown"


class GoneReason(StrEnum):
    """Why a closure that had been told begins elsewhere now, or is none."""

    NOT_AN_OUTAGE = "not_an_outage"  # told while it went on; the ride's day ended with it
    LATE_READINGS = "late_readings"  # readings arrived behind newer ones
    DOUBTED = "doubted"  # the feed was found to repeat old values
    CORRECTED = "corrected"  # the operator made a stretch unknown
    CORRECTION_WITHDRAWN = "correction_withdrawn"
    CLOSED_DAY = "closed_day"  # the night found an error, or told the ride's habit otherwise
    NOT_COUNTED = "not_counted"  # the entry is no ride of the park any more
    JUDGED_ANEW = "judged_anew"


class Status(StrEnum):
    """What is said of a ride now (DESIGN, Now)."""

    RUNNING = "Running"
    DOWN = "Down"
    CLOSED = "Closed"
    UNKNOWN = "Unknown"


class PeriodTotal(StrEnum):
    """The sums of whole local days kept per ride; a period is one of them plus today's row."""

    CURRENT_7 = "current_7"  # the 6 whole days before today
    PREVIOUS_7 = "previous_7"  # the 7 whole days before those
    CURRENT_30 = "current_30"  # the 29 whole days before today
    PREVIOUS_30 = "previous_30"  # the 30 whole days before those
    SEVEN_DAYS = "seven_days"  # the 7 whole days before today, for the seven_day figures


class Days(StrEnum):
    """The days of a period, those of the one before, or the 7 whole days before today."""

    CURRENT = "current"
    PREVIOUS = "previous"
    SEVEN = "seven"


class RankedPeriod(StrEnum):
    """The kinds of period of which it is worked out how sure a rank is."""

    SEVEN_DAYS = "7days"  # their whole days, today left out
    THIRTY_DAYS = "30days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class RankedKind(StrEnum):
    """What stands in a ranking."""

    PARK = "park"
    RIDE = "ride"


class ZoneDayStatus(StrEnum):
    """How far the night of one zone came."""

    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ParkFailure:
    """Why a park has no readings in a cycle. `outcome` is never OK; `reason` names what is wrong."""

    park_id: int
    outcome: ParkOutcome
    reason: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """Everything one collection cycle learnt, before any of it is stored.

    `recorded_at` is the start of the cycle, the same for all its rows; `interval_seconds`
    is the cadence in force then, so that a changed setting never rejudges the past. `is_simulated`:
    the feed said that it is made up.
    """

    recorded_at: datetime
    interval_seconds: int
    parks: tuple[ParkReadings, ...]
    failures: tuple[ParkFailure, ...] = ()
    fetch_seconds: float = 0.0
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class FeedPark:
    """A park as the feed's park list states it; its facts are sometimes wrong."""

    park_id: int
    name: str
    country: str | None
    continent: str | None
    latitude: float | None
    longitude: float | None
    timezone: str
    group_id: int
    group_name: str


@dataclass(frozen=True, slots=True)
class UnreadablePark:
    """An entry of the park list that cannot be used, as far as it can be read, and why."""

    park_id: int | None
    name: str | None
    continent: str | None
    country: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class TrackedPark:
    """What a cycle must know of a park without asking the database."""

    park_id: int
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Classification:
    """What an entry is and how sure we are. `tier` 1 major, 2 standard, 3 minor; None: not classified."""

    category: Category
    tier: int | None
    confidence: float
    reason: str
    source: str
