"""Counted rides of all parks, their sums, ranks and statuses, and how parks were observed: ready since the
last cycle or night.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from park_downtime.database.counted_rides import RideColumns
from park_downtime.database.ready_columns import RIDE_ID, ReadyColumn, name_of_rolled, read_ready
from park_downtime.database.ride_status import STATUS_COLUMNS, StatusRow, statuses_at
from park_downtime.database.types import as_text, of_text
from park_downtime.model import Days, Status
from park_downtime.named_periods import Period, PeriodKind
from park_downtime.statistics.columns import Columns
from park_downtime.statistics.measures import PARK_MEASURE_NAMES, ParkMeasures
from park_downtime.statistics.rank_intervals import RankInterval
from park_downtime.statistics.scores import Ranked

PARKS = "parks, today"
RIDES = ("ride_ids", "park_ids", "names", "tiers", "are_active")
"""What `RideColumns` is made of, in its order."""
RANKED = ("rank", "place")
INTERVALS = ("interval/ranked_id", "interval/low", "interval/high")
INSTANTS = ("_since", "_at")
"""What names of instants end with."""
OF_NOW = tuple(f"now/{name}" for name in STATUS_COLUMNS)
_STATUS = {status.value: status for status in Status}


def are_ready(connection: Connection, today: Mapping[int, date]) -> bool:
    """Whether what is kept is of these parks, and today of this date of each: a cycle begins with what has
    changed of parks, before anything else of it is told.
    """
    found = read_ready(connection, [PARKS])
    return found is not None and found[0].values() == of_parks(today)


def of_parks(today: Mapping[int, date]) -> list[int]:
    """Each park beside the number of its day."""
    return [number for park_id in sorted(today) for number in (park_id, today[park_id].toordinal())]


def ready_rides(connection: Connection) -> RideColumns | None:
    """None where they are not ready, as all here."""
    found = read_ready(connection, RIDES)
    if found is None:
        return None
    ride_ids, park_ids, names, tiers, are_active = (column.values() for column in found)
    return RideColumns(ride_ids, park_ids, names, tiers, list(map(bool, are_active)))


def ready_sums(
    connection: Connection,
    period: Period,
    days: Days,
    names: Collection[str],
    ride_ids: Collection[int] | None = None,
) -> Columns | None:
    """Of every counted ride that has a row on any of the days; `ride_ids`: of these only."""
    found = read_ready(connection, [name_of(period, days, name) for name in (RIDE_ID, *names)])
    return None if found is None else _measures(found, names, ride_ids)


def ready_rolled(
    connection: Connection,
    kind: PeriodKind,
    first: date,
    names: Collection[str],
    ride_ids: Collection[int] | None = None,
) -> Columns | None:
    """Of every ride that has a row of that week, month or year."""
    found = read_ready(connection, [name_of_rolled(kind, first, name) for name in (RIDE_ID, *names)])
    return None if found is None else _measures(found, names, ride_ids)


def _measures(
    found: Sequence[ReadyColumn], names: Collection[str], ride_ids: Collection[int] | None
) -> Columns:
    own, *parts = found
    every, places = own.values(), None
    if ride_ids is not None:
        wanted = set(ride_ids)
        places = [place for place, ride_id in enumerate(every) if ride_id in wanted]
        every = [every[place] for place in places]
    return Columns(every, {name: column.values(places) for name, column in zip(names, parts, strict=True)})


def ready_parks(connection: Connection, period: Period, days: Days) -> dict[int, ParkMeasures] | None:
    """How each park was observed; missing: parks that have nothing."""
    found = read_ready(connection, names_of_parks(period, days))
    if found is None:
        return None
    park_ids, *parts = (column.values() for column in found)
    return dict(zip(park_ids, map(ParkMeasures, *parts), strict=True))


def columns_of_parks(
    observed: Mapping[int, ParkMeasures], period: Period, days: Days
) -> Iterator[tuple[str, list[Any]]]:
    """What `ready_parks` is made of."""
    ids, *names = names_of_parks(period, days)
    yield ids, list(observed)
    for name, measure in zip(names, PARK_MEASURE_NAMES, strict=True):
        yield name, [getattr(of_park, measure) for of_park in observed.values()]


def names_of_parks(period: Period, days: Days) -> list[str]:
    return [name_of(period, days, f"park/{name}") for name in ("park_id", *PARK_MEASURE_NAMES)]


def ready_intervals(
    connection: Connection, period: Period, ride_ids: Collection[int] | None = None
) -> dict[int, RankInterval] | None:
    """How sure the ranks of rides are; `ride_ids`: of these only."""
    found = read_ready(connection, [name_in_period(period, name) for name in INTERVALS])
    if found is None:
        return None
    rows = zip(*(column.values() for column in found), strict=True)
    wanted = None if ride_ids is None else set(ride_ids)
    return {i: RankInterval(low, high) for i, low, high in rows if wanted is None or i in wanted}


def columns_of_intervals(
    intervals: Mapping[int, RankInterval], period: Period
) -> Iterator[tuple[str, list[Any]]]:
    """What `ready_intervals` is made of."""
    known = intervals.values()
    columns = (list(intervals), [each.low for each in known], [each.high for each in known])
    for name, column in zip(INTERVALS, columns, strict=True):
        yield name_in_period(period, name), column


def ready_ranks(connection: Connection, period: Period) -> list[Ranked[int]] | None:
    """The places that rides have among `ready_rides`, in the order of their downtime with park-wide time."""
    found = read_ready(connection, [name_in_period(period, name) for name in RANKED])
    return None if found is None else list(map(Ranked, *(column.values() for column in found)))


def ready_statuses(connection: Connection, at: datetime) -> dict[int, StatusRow] | None:
    """Of every entry that was ever heard of."""
    found = read_ready(connection, OF_NOW)
    if found is None:
        return None
    columns = [column.values() for column in found]
    for name, column in zip(OF_NOW, columns, strict=True):
        if name == "now/status":
            column[:] = map(_STATUS.__getitem__, column)
        elif name.endswith(INSTANTS):
            known = {text: of_text(text) for text in set(column)}
            column[:] = map(known.__getitem__, column)
    return statuses_at(columns, at)


def columns_of_now(columns: Sequence[list[Any]]) -> Iterator[tuple[str, list[Any]]]:
    """What `ready_statuses` is made of."""
    for name, column in zip(OF_NOW, columns, strict=True):
        yield name, [as_text(each) for each in column] if name.endswith(INSTANTS) else column


def name_of(period: Period, days: Days, name: str) -> str:
    """Of a kept column; the 7 whole days before today are the same for every period."""
    of_days = f"{days.value}/{name}"
    return of_days if days is Days.SEVEN else name_in_period(period, of_days)


def name_in_period(period: Period, name: str) -> str:
    return f"{period}/{name}"
