"""What an answer says of its period: its dates, what is known of them, and how they were judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from park_downtime.database.daily import dates_with_data
from park_downtime.model import Days
from park_downtime.named_periods import ROLLING
from park_downtime.periods import DateRange
from park_downtime.reports.period_sources import dates_of
from park_downtime.reports.period_sums import PeriodSums


class NothingInPeriod(LookupError):
    """No park that was asked for has any data in the period; `known`: from when to when there are some.

    `period`: its name; None: none was asked for, and there are no data at all.
    """

    def __init__(self, period: str | None, known: DateRange | None) -> None:
        there = f"there are some from {known.first} to {known.last}" if known else "there are none yet"
        super().__init__(f"There are no data{'' if period is None else f' of {period}'}: {there}")
        self.period = period
        self.known = known


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """`dates` by the date that it is in most parks; `days_with_data`, and of these `days_lost_known`, in the
    park that has most; None of methods: no day is judged.
    """

    dates: DateRange | None
    compared_with: DateRange | None
    days_with_data: int
    days_lost_known: int
    is_final: bool
    lowest_method: int | None
    highest_method: int | None


def period_facts(sums: PeriodSums) -> PeriodFacts:
    """Raises NothingInPeriod of a period by name; today and the days before it are empty at first."""
    observed = sums.parks(Days.CURRENT).values()
    days_with_data = max((park.days_with_data for park in observed), default=0)
    if not days_with_data and sums.period not in ROLLING:
        raise NothingInPeriod(sums.period.name, dates_with_data(sums.connection, sums.park_ids))
    if not sums.today:
        return PeriodFacts(None, None, 0, 0, False, None, None)
    [(today, _)] = Counter(sums.today.values()).most_common(1)
    dates = sums.period.dates(today)
    methods = [
        method
        for park in observed
        for method in (park.lowest_method, park.highest_method)
        if method is not None
    ]
    is_over = all(sums.period.dates(of_park).last < of_park for of_park in sums.today.values())
    return PeriodFacts(
        dates,
        dates_of(sums.period, Days.PREVIOUS, today, sums.year_before),
        days_with_data,
        max((park.days_lost_known for park in observed), default=0),
        is_over and not any(park.days_provisional for park in observed),
        min(methods, default=None),
        max(methods, default=None),
    )
