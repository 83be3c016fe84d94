"""How sure ranks were, as a year of nights would have kept it: each week and month, and the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Engine

from benchmarks._bulk import Bulk
from park_downtime.database.aggregation import closings
from park_downtime.database.engine import reading
from park_downtime.database.lists import as_list
from park_downtime.database.statistics_tables import rank_intervals, rank_sets
from park_downtime.judging.rank_periods import KEPT, NAMED, ROLLING, mark
from park_downtime.model import RankedKind, RankedPeriod
from park_downtime.periods import DAY, DateRange, ended_periods, whole_days


def add_rank_sets(
    bulk: Bulk, engine: Engine, park_ids: Sequence[int], ride_ids: Sequence[int], first: date, last: date
) -> None:
    """Of the dates from `first` to `last`, so that no night finds one missing."""
    kept_days = [last - timedelta(days=back) for back in range(KEPT.days)]
    periods = [
        *((period, dates) for period, of in NAMED.items() for dates in ended_periods(of, first, last)),
        *((period, whole_days(total, day + DAY)) for period, total in ROLLING.items() for day in kept_days),
    ]
    periods.sort(key=lambda one: one[1].last)
    for set_id, (period, dates) in enumerate(periods, start=1):
        _add(bulk, engine, set_id, period, dates)
        bulk.add(
            rank_intervals,
            rank_intervals.c.keys(),
            [
                (set_id, list(RankedKind).index(kind), _intervals(sorted(ids)))
                for kind, ids in ((RankedKind.PARK, park_ids), (RankedKind.RIDE, ride_ids))
            ],
        )


def _intervals(ids: Sequence[int]) -> str:
    return as_list((ranked_id, place, len(ids)) for place, ranked_id in enumerate(ids, start=1))


def _add(bulk: Bulk, engine: Engine, set_id: int, period: RankedPeriod, dates: DateRange) -> None:
    with reading(engine) as connection:
        closed = mark(closings(connection, dates.first, dates.last))
    worked_out_at = f"{dates.last + DAY} 11:10:00"
    code = list(RankedPeriod).index(period)
    bulk.add(
        rank_sets,
        rank_sets.c.keys(),
        [(set_id, code, str(dates.first), str(dates.last), worked_out_at, closed)],
    )
