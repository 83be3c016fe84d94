"""The parts that every figure is a sum of: one ride's or park's day, week or period (DESIGN, Data model)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

LEAST = {"of_several": "least"}
GREATEST = {"of_several": "greatest"}
LATER = {"came_later": True}
"""A measure that archives of 0.1.0, or a release before its revision, write rows without."""


def measure(meaning: str, how: Mapping[str, object] | None = None, default: int | None = 0) -> Any:
    """`meaning`: what documentation, API and open data all say of it."""
    return field(default=default, metadata={"meaning": meaning, **(how or {})})


def coverage_share(expected_seconds: int, unknown_seconds: int) -> float | None:
    """How much of the expected time was observed; None where nothing was expected."""
    if not expected_seconds:
        return None
    return (expected_seconds - unknown_seconds) / expected_seconds


def average_wait(wait_sum: int, wait_count: int) -> float | None:
    """Minutes; None where no wait is known."""
    return wait_sum / wait_count if wait_count else None


class Shares:
    """What is worked out of measures, wherever those that it needs are known."""

    __slots__ = ()

    open_seconds: int
    downtime_seconds: int
    late_start_seconds: int
    did_not_reopen_seconds: int
    unknown_seconds: int
    expected_seconds: int
    wait_sum: int
    wait_count: int

    @property
    def operating_seconds(self) -> int:
        """Open or in an outage: what downtime is a share of."""
        return self.open_seconds + self.downtime_seconds

    @property
    def lost_seconds(self) -> int:
        """Downtime, and beside it what lay beyond the ride's own habit at the edges of its day."""
        return self.downtime_seconds + self.late_start_seconds + self.did_not_reopen_seconds

    @property
    def uptime_share(self) -> float | None:
        """None when the ride neither ran nor was down."""
        operating = self.operating_seconds
        return self.open_seconds / operating if operating else None

    @property
    def downtime_rate(self) -> float | None:
        operating = self.operating_seconds
        return self.downtime_seconds / operating if operating else None

    @property
    def coverage_share(self) -> float | None:
        return coverage_share(self.expected_seconds, self.unknown_seconds)

    @property
    def average_wait_minutes(self) -> float | None:
        return average_wait(self.wait_sum, self.wait_count)


@dataclass(slots=True)
class Measures(Shares):
    """Seconds and counts that add up. `longest_outage_seconds` and waits have their extremes beside them.

    A field is a measure: from its name, default and metadata come the columns of the statistics tables, what
    they mean, and how SQL adds them up. `add` says the same for rows in memory: a loop over fields would cost
    too much.

    Per ride, `expected = open + downtime + ongoing + late start + late opening + did not reopen + early close
    + did not operate + park stop + unknown`; the park stop is what is left.
    """

    open_seconds: int = measure("known open time")
    downtime_seconds: int = measure(
        "time of outages: closed, with open readings before and after in the same session"
    )
    park_wide_seconds: int = measure("of the downtime, while many rides of the park were down at once")
    ongoing_seconds: int = measure(
        "closed after having been open, in a session that is not over: not judged yet"
    )
    late_start_seconds: int = measure(
        "closed before the ride's first opening of the session, beyond its own habit", LATER
    )
    late_opening_seconds: int = measure(
        "closed before the ride's first opening of the session, within its habit or without one"
    )
    did_not_reopen_seconds: int = measure(
        "closed after the ride's last opening of the session, before it usually closes", LATER
    )
    early_close_seconds: int = measure(
        "closed after the ride's last opening of the session, within its habit or without one"
    )
    did_not_operate_seconds: int = measure("closed all session long")
    unknown_seconds: int = measure("not observed; in no numerator and no denominator")
    expected_seconds: int = measure(
        "time in which the ride could have been observed: its park's sessions and gaps at their edges"
    )
    outage_count: int = measure("incidents: outages that are no mere flicker, counted on the day they start")
    park_wide_outage_count: int = measure("incidents of which at least half was park-wide", LATER)
    status_changes: int = measure("changes between open and closed")
    days_operated: int = measure("days on which the ride had an open reading")
    days_not_operated: int = measure("days on which the ride had known readings and none was open")
    longest_outage_seconds: int = measure("the longest outage that ended in the period", GREATEST)
    wait_sum: int = measure("the sum of known waits of open readings, zeros included")
    wait_count: int = measure("how many known waits of open readings there are")
    wait_min: int | None = measure("the shortest known wait of an open reading", LEAST, None)
    wait_max: int | None = measure("the longest known wait of an open reading", GREATEST, None)

    def add(self, other: Measures) -> None:
        self.open_seconds += other.open_seconds
        self.downtime_seconds += other.downtime_seconds
        self.park_wide_seconds += other.park_wide_seconds
        self.ongoing_seconds += other.ongoing_seconds
        self.late_start_seconds += other.late_start_seconds
        self.late_opening_seconds += other.late_opening_seconds
        self.did_not_reopen_seconds += other.did_not_reopen_seconds
        self.early_close_seconds += other.early_close_seconds
        self.did_not_operate_seconds += other.did_not_operate_seconds
        self.unknown_seconds += other.unknown_seconds
        self.expected_seconds += other.expected_seconds
        self.outage_count += other.outage_count
        self.park_wide_outage_count += other.park_wide_outage_count
        self.status_changes += other.status_changes
        self.days_operated += other.days_operated
        self.days_not_operated += other.days_not_operated
        self.longest_outage_seconds = max(self.longest_outage_seconds, other.longest_outage_seconds)
        self.wait_sum += other.wait_sum
        self.wait_count += other.wait_count
        if other.wait_min is not None:
            self.wait_min = other.wait_min if self.wait_min is None else min(self.wait_min, other.wait_min)
        if other.wait_max is not None:
            self.wait_max = other.wait_max if self.wait_max is None else max(self.wait_max, other.wait_max)

    def without_park_wide(self) -> Measures:
        """The same with park-wide time taken out of downtime, and park-wide outages out of their number."""
        return Measures(
            **{
                **{name: getattr(self, name) for name in MEASURE_NAMES},
                **{name: getattr(self, name) - getattr(self, wide) for name, wide in PARK_WIDE_PART.items()},
                **dict.fromkeys(PARK_WIDE_PART.values(), 0),
            }
        )


MEASURE_NAMES = tuple(each.name for each in fields(Measures))
PARK_WIDE_PART = {"downtime_seconds": "park_wide_seconds", "outage_count": "park_wide_outage_count"}
"""Which measure is the part of another that is left out where park-wide time is."""


@dataclass(slots=True)
class ParkMeasures:
    """What a park's day adds up to beside the sum of its rides: its sessions and their observation, and how
    its days were judged.
    """

    session_seconds: int = measure("length of the park's sessions")
    park_stop_seconds: int = measure("time inside sessions in which the park was observed not running")
    park_expected_seconds: int = measure("time in which the park could have been observed")
    park_unknown_seconds: int = measure(
        "the part of it that was not observed; coverage is 1 - unknown / expected"
    )
    days_with_data: int = measure("days on which the park was heard")
    days_provisional: int = measure("days that are not closed for good", LATER)
    days_lost_known: int = measure(
        "days on which late starts and rides that did not reopen were told: since version 2 of the rules",
        LATER,
    )
    lowest_method: int | None = measure(
        "the lowest version of the rules by which days were judged", LEAST, None
    )
    highest_method: int | None = measure("the highest of these versions", GREATEST, None)

    def add(self, other: ParkMeasures) -> None:
        self.session_seconds += other.session_seconds
        self.park_stop_seconds += other.park_stop_seconds
        self.park_expected_seconds += other.park_expected_seconds
        self.park_unknown_seconds += other.park_unknown_seconds
        self.days_with_data += other.days_with_data
        self.days_provisional += other.days_provisional
        self.days_lost_known += other.days_lost_known
        self.lowest_method = _of_both(min, self.lowest_method, other.lowest_method)
        self.highest_method = _of_both(max, self.highest_method, other.highest_method)

    @property
    def coverage_share(self) -> float | None:
        return coverage_share(self.park_expected_seconds, self.park_unknown_seconds)


PARK_MEASURE_NAMES = tuple(each.name for each in fields(ParkMeasures))
MEANINGS: Mapping[str, str] = {
    each.name: each.metadata["meaning"] for each in (*fields(Measures), *fields(ParkMeasures))
}
HOW_JUDGED = ("days_provisional", "days_lost_known", "lowest_method", "highest_method")
"""Those of a park's measures that its day has under other names: whether it is final, and by which method."""


def _of_both(choose: Callable[[int, int], int], one: int | None, other: int | None) -> int | None:
    """None: not known."""
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def total(several: Iterable[Measures]) -> Measures:
    added = Measures()
    for parts in several:
        added.add(parts)
    return added
