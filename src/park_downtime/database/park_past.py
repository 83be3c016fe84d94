"""What a cycle must know of each park's past, read for all its parks in a few statements.

Asked of one park at a time this was half of a cycle's statements.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from park_downtime.database.corrections import voided_until
from park_downtime.database.doubts import HEARD, SPOKE, Heard, doubted_until
from park_downtime.database.rides import LandRow, lands_by_park
from park_downtime.database.stamps import stamp_of
from park_downtime.database.tables import ANSWERED, park_activity_snapshots, park_runs, parks
from park_downtime.database.totals import last_dates
from park_downtime.timeline.running import LOOKBACK
from park_downtime.timeline.stamps import LOOKS_BACK, Stamp

_activity = park_activity_snapshots.c


@dataclass(frozen=True, slots=True)
class ParkPast:
    """A park before the cycle of an instant. `reached_at`: the newest cycle whose readings are stored;
    `last_run_end`: the newest that said something; `missed`: cycles of the last LOOKBACK that gave nothing
    usable; `largest_running_count`: of that time. `doubted_until` and `voided_until`: nothing is doubted or
    made unknown that ends later. `summed_until`: the last whole day that its kept sums count.
    """

    reached_at: datetime | None
    last_run_end: datetime | None
    stamp: Stamp | None
    heard: Heard | None
    missed: Sequence[datetime]
    largest_running_count: int
    lands: Sequence[LandRow]
    doubted_until: datetime | None
    voided_until: datetime | None
    summed_until: date | None

    def is_late(self, at: datetime) -> bool:
        """Whether readings of a later cycle are stored."""
        return self.reached_at is not None and self.reached_at > at

    def is_behind(self, at: datetime) -> bool:
        """Whether something newer has been read of the park."""
        return self.last_run_end is not None and self.last_run_end >= at

    def may_be_doubted(self, since: datetime) -> bool:
        return self.doubted_until is not None and self.doubted_until > since

    def may_be_voided(self, since: datetime) -> bool:
        return self.voided_until is not None and self.voided_until > since


def past_of_parks(connection: Connection, park_ids: Collection[int], at: datetime) -> dict[int, ParkPast]:
    """Of each of the parks that is stored, as it is before the readings of `at` are."""
    wanted = sorted(park_ids)
    newest = connection.execute(_newest(at).where(parks.c.park_id.in_(wanted))).all()
    told = _told(connection, {*(row.stamped_at for row in newest), *(row.heard_at for row in newest)})
    running, missed = _largest_running_counts(connection, wanted, at), _missed(connection, wanted, at)
    lands = lands_by_park(connection, wanted)
    doubted, voided, summed = doubted_until(connection), voided_until(connection), last_dates(connection)
    return {
        row.park_id: ParkPast(
            reached_at=row.reached_at,
            last_run_end=row.last_run_end,
            stamp=_stamp(told.get((row.park_id, row.stamped_at))),
            heard=_heard(told.get((row.park_id, row.heard_at))),
            missed=missed.get(row.park_id, ()),
            largest_running_count=running.get(row.park_id) or 0,
            lands=lands.get(row.park_id, ()),
            doubted_until=doubted.get(row.park_id),
            voided_until=voided.get(row.park_id),
            summed_until=summed.get(row.park_id),
        )
        for row in newest
    }


def _newest(at: datetime) -> Any:
    """A row for each park: which of its cycles are asked for, and where its runs end."""
    run = park_runs.c
    last_run_end = select(func.max(run.last_reading_at)).where(run.park_id == parks.c.park_id)
    stamped = (
        _activity.recorded_at >= at - LOOKS_BACK,
        _activity.recorded_at < at,
        _activity.stamp_offset_seconds.is_not(None),
    )
    return select(
        parks.c.park_id,
        _last_cycle(_activity.outcome.in_(ANSWERED)).label("reached_at"),
        _last_cycle(*stamped).label("stamped_at"),
        _last_cycle(SPOKE).label("heard_at"),
        last_run_end.correlate(parks).scalar_subquery().label("last_run_end"),
    )


def _last_cycle(*where: ColumnElement[bool]) -> ScalarSelect[datetime]:
    # Not `max`: that reads a week of rows of each park, this one the last.
    query = select(_activity.recorded_at).where(_activity.park_id == parks.c.park_id, *where)
    return query.order_by(_activity.recorded_at.desc()).limit(1).correlate(parks).scalar_subquery()


def _told(connection: Connection, instants: Collection[datetime | None]) -> dict[tuple[int, datetime], Any]:
    """What was stored of the parks in those cycles, few as a rule: most parks were heard in the last one."""
    query = select(_activity.park_id, _activity.stamp_offset_seconds, *HEARD.columns).where(
        _activity.recorded_at.in_(sorted(at for at in instants if at is not None))
    )
    return {(row.park_id, row.recorded_at): row for row in connection.execute(query)}


def _stamp(row: Any) -> Stamp | None:
    return None if row is None else stamp_of(row.recorded_at, row.stamp_offset_seconds)


def _heard(row: Any) -> Heard | None:
    return None if row is None else HEARD.one(row[2:])


def _largest_running_counts(
    connection: Connection, park_ids: Sequence[int], at: datetime
) -> dict[int, int | None]:
    # The parks are named: as a part of `_newest` it would read a week of rows of each.
    largest = func.max(_activity.running_count).label("largest")
    query = (
        select(_activity.park_id, largest)
        .where(
            _activity.park_id.in_(park_ids),
            _activity.recorded_at >= at - LOOKBACK,
            _activity.recorded_at < at,
        )
        .group_by(_activity.park_id)
    )
    return {row.park_id: row.largest for row in connection.execute(query)}


def _missed(
    connection: Connection, park_ids: Sequence[int], at: datetime
) -> Mapping[int, Sequence[datetime]]:
    query = select(_activity.park_id, _activity.recorded_at).where(
        _activity.park_id.in_(park_ids),
        _activity.recorded_at > at - LOOKBACK,
        _activity.recorded_at < at,
        _activity.outcome.not_in(ANSWERED),
    )
    missed: dict[int, list[datetime]] = {}
    for park_id, recorded_at in connection.execute(query):
        missed.setdefault(park_id, []).append(recorded_at)
    return missed
