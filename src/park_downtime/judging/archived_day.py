"""What of a park's history goes to the archive when one of its days is closed."""

from __future__ import annotations

from datetime import date

from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import Category
from park_downtime.periods import day_range, zone_name_on
from park_downtime.stretches.archived_day import ArchivedDay, ArchivedRide


def archived_day(history: ParkHistory, day: date) -> ArchivedDay:
    """`history`: as the day was judged from it."""
    start, end = day_range(day, history.zone)
    is_cut = any(one.started_at < end and one.ended_at > start for one in history.voided)
    return ArchivedDay(
        park_id=history.park_id,
        day=day,
        timezone=zone_name_on(day, history.zone),
        rides=[
            ArchivedRide(ride_id, _category(history, ride_id), life.first_seen, life.inactive_since)
            for ride_id, life in history.lives.items()
        ],
        runs=[run for own in history.runs.values() for run in own if run.local_date == day],
        park_runs=[run for run in history.park_runs if run.local_date == day],
        doubts=[
            doubt
            for doubt in history.doubts
            if doubt.started_at < end and (doubt.ended_at is None or doubt.ended_at > start)
        ],
        # Where a run is cut later, it is cut at a reading.
        readings=[at for at in history.cycles if start <= at < end] if is_cut else [],
    )


def _category(history: ParkHistory, ride_id: int) -> Category:
    category = history.rides[ride_id].category
    if category is None:
        raise ValueError(f"ride {ride_id} is counted and not classified")
    return category
