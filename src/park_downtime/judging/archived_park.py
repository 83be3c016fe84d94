"""A park's history out of the archive, as a night would load it from the runs that are gone since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter

from sqlalchemy import Connection

from park_downtime.database.corrections import voided_since
from park_downtime.database.cycles import cycles_since
from park_downtime.database.daily import has_data
from park_downtime.database.doubts import doubts_since
from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import park_runs_since, runs_since
from park_downtime.judging.close_day import LOOKS_AHEAD
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import DoubtKind
from park_downtime.periods import DAY, DateRange, Zone, local_date, start_of_day, zone_name_on
from park_downtime.statistics.days import RideLife
from park_downtime.stretches.archive import StretchArchive
from park_downtime.stretches.archived_day import ArchivedDay
from park_downtime.timeline.doubts import Doubt
from park_downtime.timeline.running import LOOKBACK
from park_downtime.timeline.runs import ParkRun, Run


class ArchivedPark:
    """Days are asked for in order; those that are not closed yet come from their runs."""

    def __init__(self, connection: Connection, archive: StretchArchive, park: ParkRow) -> None:
        self.park = park
        self._connection = connection
        self._archive = archive
        self._months: dict[date, dict[date, ArchivedDay]] = {}
        self._days: dict[date, ArchivedDay | None] = {}

    def closed(self, day: date) -> ArchivedDay | None:
        """As it is in the archive; None: it is not. Raises ArchiveUnreadable."""
        month = day.replace(day=1)
        if month not in self._months:
            self._months[month] = self._archive.days_of(self.park.park_id, month)
        return self._months[month].get(day)

    def forget_before(self, day: date) -> None:
        """What no later day needs any more."""
        month = day.replace(day=1)
        self._months = {one: days for one, days in self._months.items() if one >= month}
        self._days = {one: of_day for one, of_day in self._days.items() if one >= day}

    def is_whole(self, day: date) -> bool:
        """Whether the day and those beside it are all there: a session may reach over each midnight."""
        return self.closed(day) is not None and all(self._is_there(near) for near in (day - DAY, day + DAY))

    def _is_there(self, day: date) -> bool:
        return self._day(day) is not None or not has_data(self._connection, self.park.park_id, day)

    def history(self, day: date, reaches_in: datetime | None) -> ParkHistory | None:
        """All that is needed to judge the day; `reaches_in`: when the session began that reaches into it
        from a day before. None: not all of that is there.
        """
        own = self.closed(day)
        if own is None:
            return None
        zone = self._zone(own)
        begins = start_of_day(day, zone) if reaches_in is None else reaches_in
        load_from = min(day - DAY, local_date(begins - LOOKBACK, zone))
        if reaches_in is not None and not all(
            map(self._is_there, DateRange(load_from + DAY, day).each_day())
        ):
            return None
        found = [
            one
            for near in DateRange(load_from, day + LOOKS_AHEAD).each_day()
            if (one := self._day(near)) is not None
        ]
        since = start_of_day(load_from, zone)
        voided = voided_since(self._connection, self.park.park_id, since)
        return ParkHistory(
            park_id=self.park.park_id,
            zone=zone,
            first_day=day,
            lives={
                ride.ride_id: RideLife(ride.ride_id, ride.first_seen, ride.inactive_since)
                for ride in own.rides
            },
            runs=_by_ride(run for one in found for run in one.runs),
            park_runs=_in_order(run for one in found for run in one.park_runs),
            doubts=self._doubts(found, since),
            voided=voided,
            cycles=self._cycles(found, since) if voided else [],
        )

    def _zone(self, day: ArchivedDay) -> Zone:
        """With the change of it that is known, unless it has changed more than once since."""
        zone = self.park.zone
        return zone if zone_name_on(day.day, zone) == day.timezone else Zone(day.timezone)

    def _day(self, day: date) -> ArchivedDay | None:
        """Also one that is not closed, as far as it was read."""
        if day not in self._days:
            self._days[day] = self.closed(day) or self._open_day(day)
        return self._days[day]

    def _open_day(self, day: date) -> ArchivedDay | None:
        park_id, zone = self.park.park_id, self.park.zone
        runs = runs_since(self._connection, park_id, day, day)
        park_runs = park_runs_since(self._connection, park_id, day, day)
        if not runs and not park_runs:
            return None
        of_rides = [without_waits(run) for own in runs.values() for run in own]
        return ArchivedDay(park_id, day, zone_name_on(day, zone), [], of_rides, park_runs)

    def _doubts(self, days: Iterable[ArchivedDay], since: datetime) -> list[Doubt]:
        """As they stand now, where they are kept: one may not have been over when its day was closed."""
        known: dict[tuple[datetime, DoubtKind], Doubt] = {}
        kept = doubts_since(self._connection, self.park.park_id, since)
        for doubt in (*(doubt for day in days for doubt in day.doubts), *kept):
            known[doubt.recognised_at, doubt.kind] = doubt
        return [known[key] for key in sorted(known)]

    def _cycles(self, days: Iterable[ArchivedDay], since: datetime) -> list[datetime]:
        return sorted({*(at for day in days for at in day.readings), *cycles_since(self._connection, since)})


def without_waits(run: Run) -> Run:
    return replace(run, wait_count=0, wait_sum=0, wait_min=None, wait_max=None)


def _by_ride(runs: Iterable[Run]) -> dict[int, list[Run]]:
    found: dict[int, list[Run]] = {}
    for run in sorted(runs, key=attrgetter("started_at")):
        found.setdefault(run.ride_id, []).append(run)
    return found


def _in_order(runs: Iterable[ParkRun]) -> list[ParkRun]:
    return sorted(runs, key=attrgetter("started_at"))
