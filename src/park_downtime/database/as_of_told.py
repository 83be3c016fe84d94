"""Which closures had been told by an earlier moment, and which of them were none any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, delete, or_, select

from park_downtime.database.parks import ParkRow
from park_downtime.database.row_copy import Row, copy
from park_downtime.database.statistics_tables import former_closure_ids, ride_closures
from park_downtime.database.upsert import upsert
from park_downtime.model import StretchKind
from park_downtime.periods import local_date

_c = ride_closures.c
_former = former_closure_ids.c


def copy_told(
    source: Connection, target: Connection, as_of: datetime, park: ParkRow, open_days: Collection[date]
) -> None:
    """Those of days that are judged again as they stood then, with those that are gone by now: the judgement
    keeps what there was, and since when it was known.
    """
    of_days = (_c.park_id == park.park_id, _c.stat_date.in_(sorted(open_days)), _c.known_at <= as_of)
    copy(source, target, ride_closures, *of_days)
    gone = select(_former.ride_id, _former.started_at, _former.known_at).where(
        _former.park_id == park.park_id, _former.known_at <= as_of, _former.gone_at > as_of
    )
    rows = [
        {
            "park_id": park.park_id,
            "stat_date": day,
            "kind": StretchKind.ONGOING,
            "ended_at": row.started_at,
            "seconds": 0,
            "park_wide_seconds": 0,
            "is_incident": False,
            **row._mapping,
        }
        for row in source.execute(gone)
        if (day := local_date(row.started_at, park.zone)) in open_days
    ]
    # One that was gone and came back is among the closures, too.
    upsert(target, ride_closures, rows)


def copy_former(source: Connection, target: Connection, as_of: datetime) -> None:
    """In place of what judging the days again has found to be gone: that was told only later."""

    def gone_then(row: Row) -> Row:
        return row | {"back_at": None}

    target.execute(delete(former_closure_ids))
    is_gone = _former.gone_at <= as_of, or_(_former.back_at.is_(None), _former.back_at > as_of)
    copy(source, target, former_closure_ids, *is_gone, take=gone_then)
