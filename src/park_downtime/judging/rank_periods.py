"""The periods of which a night works out how sure ranks are: newest closed dates, weeks, months, years.

A date is closed when its last zone has closed it. Zones of which nothing is kept are not waited for, nor is
any for more than half a day: a park that never closes must not keep this from all others.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import Connection

from park_downtime.database.aggregation import closings
from park_downtime.database.parks import all_parks
from park_downtime.database.rank_intervals import RankSet, known_sets
from park_downtime.database.runs import first_daily_date, first_days_with_runs
from park_downtime.model import PeriodTotal, RankedPeriod
from park_downtime.periods import (
    DAY,
    DateRange,
    ended_periods,
    local_date,
    month_of,
    start_of_day,
    week_of,
    whole_days,
    year_of,
)

WAITS_FOR_A_ZONE = timedelta(hours=12)
KEPT = timedelta(days=8)
"""How long a set that a later one has replaced stays: as long as an earlier moment may ask for it."""
JUDGED_ANEW = timedelta(days=14)
"""How long after its end a week, month or year is worked out again when one of its days was: runs, from which
that is done, are kept for seven.
"""
MADE_UP_FOR = 2
"""Weeks, months and years that no night has done yet, of an imported history, are done so many a night."""

ROLLING = {
    RankedPeriod.SEVEN_DAYS: PeriodTotal.CURRENT_7,
    RankedPeriod.THIRTY_DAYS: PeriodTotal.CURRENT_30,
}
NAMED: Mapping[RankedPeriod, Callable[[date], DateRange]] = {
    RankedPeriod.WEEK: week_of,
    RankedPeriod.MONTH: month_of,
    RankedPeriod.YEAR: year_of,
}


@dataclass(frozen=True, slots=True)
class Due:
    """A period whose ranks are to be worked out, with the mark of its days' closings."""

    period: RankedPeriod
    dates: DateRange
    closings: str

    @property
    def seed(self) -> str:
        return f"{self.period} {self.dates.first} {self.dates.last}"


def due_periods(connection: Connection, now: datetime, anew: DateRange | None = None) -> list[Due]:
    """`anew`: dates that were judged again, however long ago they are."""
    first_days = _first_days(connection)
    if not first_days:
        return []
    yesterday = max(local_date(now, timezone) for timezone in first_days) - DAY
    day = last_closed(first_days, closings(connection, yesterday - 3 * DAY, yesterday), now)
    first = first_daily_date(connection)
    if day is None or first is None:
        return []
    made = {(one.ranked_period, one.first_date): one.closings for one in known_sets(connection)}
    current = [(period, whole_days(total, day + DAY)) for period, total in ROLLING.items()]
    missing: list[tuple[RankedPeriod, DateRange]] = []
    for period, range_of in NAMED.items():
        for dates in ended_periods(range_of, first, day):
            if dates.last >= day - JUDGED_ANEW or (anew is not None and _meet(dates, anew)):
                current.append((period, dates))
            elif (period, dates.first) not in made:
                missing.append((period, dates))
    missing.sort(key=lambda one: one[1].last, reverse=True)
    marked = (
        Due(period, dates, mark(closings(connection, dates.first, dates.last)))
        for period, dates in [*current, *islice(missing, MADE_UP_FOR)]
    )
    return [due for due in marked if made.get((due.period, due.dates.first)) != due.closings]


def _meet(one: DateRange, other: DateRange) -> bool:
    return one.first <= other.last and other.first <= one.last


def _first_days(connection: Connection) -> dict[str, date]:
    """The zones of tracked parks of which something is kept, with the first local day of it."""
    days = first_days_with_runs(connection)
    found: dict[str, date] = {}
    for park in all_parks(connection).values():
        if park.is_tracked and park.park_id in days:
            found[park.timezone] = min(days[park.park_id], found.get(park.timezone, date.max))
    return found


def last_closed(
    first_days: Mapping[str, date], closed: Collection[tuple[str, date]], now: datetime
) -> date | None:
    """The newest local date that every zone has closed, or had time enough to close."""
    first = min(first_days.values())
    day = min(local_date(now, timezone) for timezone in first_days) - DAY
    while day >= first:
        over_at = max(start_of_day(day + DAY, timezone) for timezone in first_days)
        late = [zone for zone, since in first_days.items() if since <= day and (zone, day) not in closed]
        if not late or now >= over_at + WAITS_FOR_A_ZONE:
            return day
        day -= DAY
    return None


def mark(closed: Mapping[tuple[str, date], datetime]) -> str:
    """Another one whenever a zone has closed one of the days anew."""
    said = "\n".join(f"{timezone} {day} {at:%Y%m%d%H%M%S}" for (timezone, day), at in sorted(closed.items()))
    return f"{zlib.crc32(said.encode()):08x}"


def replaced_before(sets: Sequence[RankSet], instant: datetime) -> list[RankSet]:
    """Sets that a later one had replaced by then: of the rolling periods any, of the others their own."""
    replaced: list[RankSet] = []
    later: dict[tuple[RankedPeriod, date | None], datetime] = {}
    for one in reversed(sets):
        key = (one.ranked_period, None if one.ranked_period in ROLLING else one.first_date)
        if key in later and later[key] < instant:
            replaced.append(one)
        later[key] = one.worked_out_at
    return replaced
