"""The sums of whole days kept in memory from cycle to cycle: they change only with a park's date."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Connection, select

from park_downtime.database.statistics_tables import park_period_totals, ride_period_totals
from park_downtime.database.version import totals_revision
from park_downtime.model import PeriodTotal
from park_downtime.statistics.parts import PARK_PART_NAMES, PART_NAMES, ParkParts, Parts

_ride = ride_period_totals.c
_park = park_period_totals.c

RideTotals = dict[int, tuple[int, Parts]]
"""Park id and sum by ride id. The sums are shared: whoever adds to one copies it first."""
ParkTotals = dict[int, ParkParts]


def read_totals(
    connection: Connection, total: PeriodTotal, park_id: int | None = None
) -> tuple[RideTotals, ParkTotals]:
    rides = select(_ride.ride_id, _ride.park_id, *(_ride[name] for name in PART_NAMES)).where(
        _ride.period == total
    )
    parks = select(_park.park_id, *(_park[name] for name in PARK_PART_NAMES)).where(_park.period == total)
    if park_id is not None:
        rides, parks = rides.where(_ride.park_id == park_id), parks.where(_park.park_id == park_id)
    return (
        {ride_id: (of_park, Parts(*values)) for ride_id, of_park, *values in connection.execute(rides).all()},
        {row[0]: ParkParts(*row[1:]) for row in connection.execute(parks)},
    )


class KeptTotals:
    """One process's copy, read again when the revision of the sums has risen."""

    def __init__(self) -> None:
        self._kept: dict[PeriodTotal, tuple[int, RideTotals, ParkTotals]] = {}
        self._lock = Lock()

    def of(self, connection: Connection, total: PeriodTotal) -> tuple[RideTotals, ParkTotals]:
        revision = totals_revision(connection)
        with self._lock:
            kept = self._kept.get(total)
            if kept is None or kept[0] != revision:
                kept = (revision, *read_totals(connection, total))
                self._kept[total] = kept
        return kept[1], kept[2]
