"""The rankings as lines of text: parks, then rides, most downtime first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection

from park_downtime.commands.as_of_note import notes, nothing_known
from park_downtime.commands.report_live import ATTRIBUTION, UNKNOWN
from park_downtime.database.rank_intervals import Intervals
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.judging.moment import AsOf
from park_downtime.model import RankedKind
from park_downtime.named_periods import SEVEN_DAYS, THIRTY_DAYS, TODAY, YESTERDAY, Period
from park_downtime.reports.period_facts import PeriodFacts, period_facts
from park_downtime.reports.rank_intervals import interval_of, rank_intervals
from park_downtime.reports.rankings import (
    OBSERVATION,
    OF_SCORE,
    CountedRides,
    ParkFigures,
    RideFigures,
    park_figures,
    ranked_parks,
)
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.scores import Ranked

NAME_WIDTH = 42
PERIODS = {TODAY: "Today", SEVEN_DAYS: "7 days", THIRTY_DAYS: "30 days", YESTERDAY: "Yesterday"}


def ranking_lines(
    connection: Connection,
    as_of: AsOf,
    period: Period,
    now: datetime,
    limit: int,
    park_ids: Collection[int] = (),
    past: AsOfDatabase | None = None,
) -> Iterator[str]:
    """`past`: an earlier moment is shown."""
    if as_of.instant is None:
        yield from (nothing_known(None if past is None else past.as_of), "", ATTRIBUTION)
        return
    wanted = park_ids or as_of.parks.keys()
    counted = CountedRides(connection, as_of, period, now, wanted, (*OF_SCORE, *OBSERVATION))
    stale = ", stale: nothing newer is known" if as_of.is_stale(now) else ""
    yield f"{_title(period, period_facts(counted.sums))}, as of {as_of.instant:%Y-%m-%d %H:%M} UTC{stale}"
    yield from () if past is None else notes(past)
    yield ""
    parks = ranked_parks(park_figures(counted))
    sure = {} if park_ids else rank_intervals(connection, as_of, period, RankedKind.PARK)
    yield _columns(_head(sure), "Park", "Down h", "Weighted", "Uptime %", "Seen %", "Trend %", "Down now")
    for park in parks[:limit]:
        yield _park_line(park, sure, not as_of.is_stale(now))
    yield ""
    sure = {} if park_ids else counted.rank_intervals()
    names = {park_id: park.name for park_id, park in as_of.parks.items()}
    heads = ("Down h", "Outages", "Uptime %", "Seen %", "Trend %", "Tier")
    yield _columns(_head(sure), "Ride", *heads) + "  Now, park"
    rides = counted.first(limit)
    for ride in rides:
        yield _ride_line(ride, sure, names)
    yield ""
    yield f"{len(parks[:limit])} of {len(parks)} parks, {len(rides)} of {counted.count} counted rides."
    yield ATTRIBUTION


def _title(period: Period, facts: PeriodFacts) -> str:
    """Its name, and of a period of the calendar whether its figures may still change."""
    if period.calendar is None:
        return PERIODS[period]
    return period.name if facts.is_final else f"{period.name} so far ({facts.days_with_data} days with data)"


def _park_line(ranked: Ranked[ParkFigures], sure: Intervals, is_known: bool) -> str:
    """`is_known`: whether anything is said of now."""
    row = ranked.row
    return _columns(
        _place(ranked.rank, sure, row.park.park_id),
        row.park.name,
        _hours(row.current),
        _number(row.score.weighted_hours, 2),
        _percent(row.current.uptime_share),
        _percent(row.observed.coverage_share),
        _number(row.trend, 0),
        row.rides_down if is_known else None,
    )


def _ride_line(ranked: Ranked[RideFigures], sure: Intervals, park_names: dict[int, str]) -> str:
    row = ranked.row
    status = row.now.status.value if row.now is not None else "Unknown"
    return (
        _columns(
            _place(ranked.rank, sure, row.ride.ride_id),
            row.ride.name,
            _hours(row.current),
            row.current.outage_count if _was_observed(row.current) else None,
            _percent(row.current.uptime_share),
            _percent(row.current.coverage_share),
            _number(row.trend, 0),
            row.ride.tier,
        )
        + f"  {status}, {park_names[row.ride.park_id]}"
    )


def _columns(place: str, name: str, *numbers: object) -> str:
    cells = "".join(f"{UNKNOWN if number is None else number!s:>9}" for number in numbers)
    return f"{place} {name[:NAME_WIDTH]:<{NAME_WIDTH}}{cells}"


def _head(sure: Intervals) -> str:
    return f"{'':>4}{'Range':>10}" if sure else f"{'':>4}"


def _place(rank: int | None, sure: Intervals, ranked_id: int) -> str:
    """The rank, and where it is known how sure ranks are, from where to where it lies."""
    place = f"{UNKNOWN if rank is None else rank!s:>4}"
    if not sure:
        return place
    interval = interval_of(sure, ranked_id, rank)
    between = UNKNOWN if interval is None else f"{interval.low}-{interval.high}"
    return f"{place}{between:>10}"


def _hours(parts: Measures) -> str | None:
    return f"{parts.downtime_seconds / 3600:.1f}" if _was_observed(parts) else None


def _was_observed(parts: Measures) -> bool:
    """Without, nothing is known of the period, and that is no zero."""
    return parts.expected_seconds > parts.unknown_seconds


def _percent(share: float | None) -> str | None:
    return _number(None if share is None else share * 100, 1)


def _number(value: float | None, digits: int) -> str | None:
    return None if value is None else f"{value:.{digits}f}"
