"""What a cycle and a night leave ready for the first visitor: the columns that rankings are made of.

They are read here by the same functions that a ranking uses where nothing is ready (docs/decisions/0006).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine

from park_downtime.database.again import read_again, write_again
from park_downtime.database.availability import unforeseen
from park_downtime.database.counted_rides import RideColumns, counted_rides
from park_downtime.database.engine import in_one_line
from park_downtime.database.ready_columns import (
    LASTING,
    RIDE_ID,
    keep_ready,
    lasting_names,
    let_lapse,
    name_of_rolled,
)
from park_downtime.database.ride_status import status_columns
from park_downtime.database.rolled_up import known_periods, rolled_of_rides
from park_downtime.database.version import current_version
from park_downtime.judging.moment import moment
from park_downtime.model import Days, RankedKind
from park_downtime.named_periods import ROLLING, Period, PeriodKind
from park_downtime.reports.idle_rides import are_idle_ready, make_idle_ready
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.reports.rank_intervals import rank_intervals
from park_downtime.reports.rankings import OF_SEVEN, PARK_WIDE, are_listed, ranked_rides
from park_downtime.reports.ready_rides import (
    PARKS,
    RANKED,
    RIDES,
    are_ready,
    columns_of_intervals,
    columns_of_now,
    columns_of_parks,
    name_in_period,
    name_of,
    of_parks,
)
from park_downtime.statistics.columns import Columns
from park_downtime.statistics.measures import MEASURE_NAMES
from park_downtime.statistics.trends import COMPARED_WITH

log = logging.getLogger(__name__)

MEASURES = {
    Days.CURRENT: MEASURE_NAMES,
    Days.PREVIOUS: (*COMPARED_WITH, PARK_WIDE),
    Days.SEVEN: (*OF_SEVEN, PARK_WIDE),
}


def make_ready(engine: Engine) -> None:
    """Without it answers are as true, and the first of each takes longer: what fails here is only told."""
    try:
        version, columns = read_again(engine, _columns)
        if columns:
            write_again(engine, partial(keep_ready, version=version, columns=columns))
        if not read_again(engine, lambda connection: are_idle_ready(connection, moment(connection))):
            write_again(engine, make_idle_ready)
    except Exception as error:
        log.warning(
            "rankings not made ready", exc_info=unforeseen(error), extra={"reason": in_one_line(error)}
        )


def make_periods_ready(engine: Engine) -> None:
    """Every week, month and year whose rows were written since; else as `make_ready`."""
    try:
        for kind, first in read_again(engine, _periods_not_ready):
            write_again(engine, partial(_make_period_ready, kind=kind, first=first))
    except Exception as error:
        log.warning(
            "weeks, months and years not made ready",
            exc_info=unforeseen(error),
            extra={"reason": in_one_line(error)},
        )


def _periods_not_ready(connection: Connection) -> list[tuple[PeriodKind, date]]:
    ready = lasting_names(connection)
    return [each for each in known_periods(connection) if name_of_rolled(*each) not in ready]


def _make_period_ready(connection: Connection, kind: PeriodKind, first: date) -> None:
    let_lapse(connection, kind, first)
    read = rolled_of_rides(connection, kind, first, None, MEASURE_NAMES)
    columns = {RIDE_ID: read.ride_ids, **read.parts}
    keep_ready(
        connection,
        LASTING,
        {name_of_rolled(kind, first, name): column for name, column in columns.items()},
    )


def _columns(connection: Connection) -> tuple[int, Mapping[str, list[Any]]]:
    """With the version that they are of; none before the first cycle, and where they are ready."""
    version, _ = current_version(connection)
    as_of = moment(connection)
    if as_of.instant is None:
        return version, {}
    today = as_of.today_of(as_of.parks)
    if are_ready(connection, today):
        return version, {}
    rides = counted_rides(connection, as_of.parks)
    columns: dict[str, list[Any]] = {name: getattr(rides, name) for name in RIDES}
    columns[PARKS] = of_parks(today)
    columns.update(columns_of_now(status_columns(connection)))
    for period in ROLLING:
        sums = PeriodSums(connection, as_of, period, as_of.parks)
        for days in Days:
            if name_of(period, days, RIDE_ID) not in columns:
                read = _of_counted(sums.rides(days, MEASURES[days]), rides)
                columns.update(_named(read, period, days))
                if days is Days.CURRENT:
                    columns.update(_ranks(rides, read, period))
            if days is not Days.SEVEN:
                columns.update(columns_of_parks(sums.parks(days), period, days))
        columns.update(
            columns_of_intervals(rank_intervals(connection, as_of, period, RankedKind.RIDE), period)
        )
    return version, columns


def _of_counted(read: Columns, rides: RideColumns) -> Columns:
    """In the order of the counted rides, so that they need not be put into it again."""
    known = set(read.ride_ids)
    return read.of([ride_id for ride_id in rides.ride_ids if ride_id in known])


def _named(read: Columns, period: Period, days: Days) -> Iterator[tuple[str, list[Any]]]:
    yield name_of(period, days, RIDE_ID), read.ride_ids
    for name, column in read.parts.items():
        yield name_of(period, days, name), column


def _ranks(rides: RideColumns, read: Columns, period: Period) -> Iterator[tuple[str, list[Any]]]:
    every = read.of(rides.ride_ids)
    ranked = ranked_rides(rides, every, every, are_listed(rides, read))
    for name, column in zip(RANKED, zip(*ranked, strict=True), strict=False):
        yield name_in_period(period, name), list(column)
