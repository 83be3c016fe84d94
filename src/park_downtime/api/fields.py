"""Parts of a period as fields of an answer: hours, minutes, percentages; null where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from park_downtime.database.parks import ParkRow
from park_downtime.database.rank_intervals import Intervals
from park_downtime.database.ride_status import StatusRow
from park_downtime.model import Status
from park_downtime.named_periods import Period
from park_downtime.periods import DateRange
from park_downtime.reports.feed_doubts import FeedDoubt
from park_downtime.reports.period_facts import PeriodFacts
from park_downtime.reports.rank_intervals import interval_of
from park_downtime.reports.rankings import OBSERVATION, OBSERVED_OPERATION, OF_SCORE, ParkFigures
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.rank_intervals import RankInterval
from park_downtime.statistics.scores import TierDistribution

TIER_LABELS = {1: "Tier 1 (Major)", 2: "Tier 2 (Standard)", 3: "Tier 3 (Minor)"}
SOURCE_URL = "https://queue-times.com"
CREDIT_URL = f"{SOURCE_URL}/en-US"
"""Where the credit on pages leads, as the site's owner asks."""
ATTRIBUTION = f"Data powered by Queue-Times.com - {SOURCE_URL}"


def hours(seconds: float) -> float:
    return seconds / 3600


def minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def percentage(share: float | None) -> float | None:
    return None if share is None else 100 * share


def feed_doubt(doubt: FeedDoubt) -> dict[str, Any]:
    """What the feed of a park does that is not believed."""
    offset = doubt.stamp_offset
    return {
        "park_id": doubt.park_id,
        "standing_still_since": doubt.standing_still_since,
        "stamp_offset_minutes": None if offset is None else offset / timedelta(minutes=1),
        "listed_missing": doubt.listed_missing,
    }


def rank_bounds(intervals: Intervals, ranked_id: int, rank: int | None) -> dict[str, int | None]:
    """How sure a rank is; null where that is not known."""
    interval = interval_of(intervals, ranked_id, rank)
    return {name: bound(interval) for name, bound in RANK_BOUNDS.items()}


RANK_BOUNDS: Mapping[str, Callable[[RankInterval | None], int | None]] = {
    "rank_low": lambda interval: None if interval is None else interval.low,
    "rank_high": lambda interval: None if interval is None else interval.high,
}


def date_range(dates: DateRange | None) -> dict[str, date | None]:
    return {
        "first_date": None if dates is None else dates.first,
        "last_date": None if dates is None else dates.last,
    }


def period_fields(period: Period, facts: PeriodFacts) -> dict[str, Any]:
    """What stands beside the figures of a period."""
    return {
        "period_days": period.days,
        **date_range(facts.dates),
        "days_with_data": facts.days_with_data,
        "days_lost_known": facts.days_lost_known,
        "is_final": facts.is_final,
        "methods": {"lowest": facts.lowest_method, "highest": facts.highest_method},
    }


def was_observed(parts: Measures) -> bool:
    """Whether anything is known of the period; without, its figures are null and not 0."""
    return parts.expected_seconds > parts.unknown_seconds


class Observed(Protocol):
    """What was seen of a park on a local day."""

    @property
    def session_seconds(self) -> int: ...

    @property
    def park_expected_seconds(self) -> int: ...


def park_operated(park: Observed | None) -> bool | None:
    """Null where the day was not observed, or not enough of it to say that the park was closed."""
    if park is None:
        return None
    if park.session_seconds:
        return True
    return None if park.park_expected_seconds else False


def tier_label(tier: int | None) -> str | None:
    return None if tier is None else TIER_LABELS[tier]


def location(park: ParkRow) -> str | None:
    """City, state and country as far as known."""
    return ", ".join(part for part in (park.city, park.state_province, park.country) if part) or None


def tier_counts(tiers: TierDistribution) -> dict[str, int]:
    return {
        "tier1_count": tiers.tier1_count,
        "tier2_count": tiers.tier2_count,
        "tier3_count": tiers.tier3_count,
        "total_park_weight": tiers.total_park_weight,
    }


def park_totals(row: ParkFigures) -> dict[str, Any]:
    """What the ranking and the park's own page say alike."""
    known = was_observed(row.current)
    score = row.score
    return {
        "total_downtime_hours": hours(row.current.downtime_seconds) if known else None,
        "park_wide_downtime_hours": hours(row.park_wide_seconds) if known else None,
        "ongoing_hours": hours(row.current.ongoing_seconds) if known else None,
        **{name: figure(name, row.current) for name in (*LOST_TOTALS, *UNKNOWN_TOTALS)},
        **of_lost_days(row.observed.days_lost_known),
        "weighted_downtime_score": score.weighted_hours,
        "score_percentage": percentage(score.share),
        "coverage_percentage": percentage(row.current.coverage_share),
        "trend_percentage": row.trend,
    }


class Figure(NamedTuple):
    """One figure of a ride or park in a period. `reads`: the measures it is made of, beside those that every
    figure needs.
    """

    of: Callable[[Measures], Any]
    reads: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        return (*OBSERVED_OPERATION, *self.reads)


def _outages_per_100_hours(parts: Measures) -> float | None:
    operating_hours = hours(parts.operating_seconds)
    return 100 * parts.outage_count / operating_hours if operating_hours else None


LATE_START, DID_NOT_REOPEN = "late_start_seconds", "did_not_reopen_seconds"
LOST_TOTALS = {
    "lost_hours": Figure(lambda parts: hours(parts.lost_seconds), (LATE_START, DID_NOT_REOPEN)),
    "late_start_hours": Figure(lambda parts: hours(parts.late_start_seconds), (LATE_START,)),
    "did_not_reopen_hours": Figure(lambda parts: hours(parts.did_not_reopen_seconds), (DID_NOT_REOPEN,)),
    "outages_per_100_hours": Figure(_outages_per_100_hours, ("outage_count",)),
}
"""The second total, always apart: what lay beyond the rides' own habits at the edges of their days."""
UNKNOWN_TOTALS = {"unknown_hours": Figure(lambda parts: hours(parts.unknown_seconds))}
LOST_TIMES = ("lost_hours", "late_start_hours", "did_not_reopen_hours")
RIDE_TOTALS = {
    "downtime_hours": Figure(lambda parts: hours(parts.downtime_seconds)),
    "ongoing_minutes": Figure(lambda parts: minutes(parts.ongoing_seconds), ("ongoing_seconds",)),
    "uptime_percentage": Figure(lambda parts: percentage(parts.uptime_share)),
    "outage_count": Figure(lambda parts: parts.outage_count, ("outage_count",)),
    "longest_outage_minutes": Figure(
        lambda parts: minutes(parts.longest_outage_seconds), ("longest_outage_seconds",)
    ),
    "days_operated": Figure(lambda parts: parts.days_operated, ("days_operated",)),
    "days_not_operated": Figure(lambda parts: parts.days_not_operated, ("days_not_operated",)),
    **LOST_TOTALS,
    **UNKNOWN_TOTALS,
    "coverage_percentage": Figure(lambda parts: percentage(parts.coverage_share)),
}
"""What every answer says of a counted ride in a period."""
OF_OBSERVATION = (*UNKNOWN_TOTALS, "coverage_percentage")
OF_PARKS = (*OF_SCORE, *OBSERVATION, "ongoing_seconds", LATE_START, DID_NOT_REOPEN, "outage_count")
"""The measures that a park's totals and score are made of."""


def figure(name: str, parts: Measures) -> Any:
    """A figure of `RIDE_TOTALS`: null where nothing was observed, but for how much that is."""
    [found] = figures(name, [parts])
    return found


def figures(name: str, of_rides: Iterable[Measures]) -> list[Any]:
    """The same of thousands of rides."""
    of = RIDE_TOTALS[name].of
    if name in OF_OBSERVATION:
        return list(map(of, of_rides))
    return [of(parts) if was_observed(parts) else None for parts in of_rides]


def ride_totals(parts: Measures) -> dict[str, Any]:
    if not was_observed(parts):
        return {name: figure(name, parts) for name in RIDE_TOTALS}
    return {name: each.of(parts) for name, each in RIDE_TOTALS.items()}


def of_lost_days(days_lost_known: int) -> dict[str, Any]:
    """Of how many days of the park a lost time is, to be laid over it: of none it is not known, and not 0."""
    known: dict[str, Any] = {"days_lost_known": days_lost_known}
    return known if days_lost_known else known | dict.fromkeys(LOST_TIMES)


def status_of(now: StatusRow | None) -> Status:
    return Status.UNKNOWN if now is None else now.status


def wait_of(now: StatusRow | None) -> int | None:
    """Minutes posted now; a ride that is not running posts none."""
    return now.wait_minutes if now is not None and now.status is Status.RUNNING else None


def is_open(now: StatusRow | None) -> bool | None:
    status = status_of(now)
    return None if status is Status.UNKNOWN else status is Status.RUNNING


def park_url(park_id: int) -> str:
    return f"{SOURCE_URL}/parks/{park_id}"


def ride_url(park_id: int, ride_id: int) -> str:
    return f"{SOURCE_URL}/parks/{park_id}/rides/{ride_id}"
