"""`/api/outages`: the log of closures, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from park_downtime.api.fields import minutes, period_fields, ride_url, tier_label
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import Row, Table
from park_downtime.database.entries import Entry, entries
from park_downtime.database.outage_log import REACHABLE, LoggedClosure, Wanted, count_logged, logged
from park_downtime.model import StretchKind
from park_downtime.periods import DateRange
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.statistics.days import LOST
from park_downtime.statistics.told_closures import id_of
from park_downtime.timeline.judge import is_park_wide

KINDS = (*LOST, StretchKind.ONGOING)


def outages(context: RequestContext) -> Table:
    park_ids = _parks(context)
    period = context.period
    facts = context.facts_of_period(PeriodSums(context.connection, context.as_of, period, park_ids))
    rows = LogRows(context, _wanted(context, park_ids))
    total = len(rows)
    beside = {**period_fields(period, facts), "total_count": total if total <= REACHABLE else None}
    return Table("LoggedOutage", rows, beside, sorted_by=None)


def _parks(context: RequestContext) -> set[int]:
    """Of a ride all: it may have been in another one. Raises ResourceNotFound."""
    ride_id = context.values["ride_id"]
    if ride_id is not None:
        ride = context.ride(ride_id)
        if context.values["park_id"] is None:
            return {ride.park_id}
    return context.wanted_parks()


def _wanted(context: RequestContext, park_ids: set[int]) -> Wanted:
    parks: dict[DateRange, list[int]] = {}
    if context.as_of.instant is not None:
        for park_id in park_ids:
            dates = context.dates_in(context.as_of.parks[park_id])
            parks.setdefault(dates, []).append(park_id)
    kind = context.values["kind"]
    return Wanted(
        parks,
        KINDS if kind is None else (StretchKind(kind),),
        context.values["ride_id"],
        context.values["park_id"],
        context.with_park_wide,
    )


@dataclass(frozen=True)
class LogRows:
    """A page of the log, the newest first: only that is read."""

    context: RequestContext
    wanted: Wanted

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return count_logged(self.context.connection, self.wanted)

    def values(self, field_name: str) -> Sequence[Any]:
        raise LookupError(f"the log is not put in order by {field_name}")

    def at(self, places: Sequence[int]) -> list[Row]:
        if not places:
            return []
        found = logged(self.context.connection, self.wanted, places[0], len(places))
        known = entries(self.context.connection, ride_ids={each.closure.ride_id for each in found})
        # A ride may have gone on to a park that is not tracked, and has no name here.
        return [closure_row(self.context, each, known) for each in found if each.closure.ride_id in known]


def closure_row(context: RequestContext, told: LoggedClosure, known: Mapping[int, Entry]) -> dict[str, Any]:
    """One closure as an answer has it: with the park that its ride stood in."""
    closure = told.closure
    entry, park = known[closure.ride_id], context.as_of.parks[told.park_id]
    is_over = closure.kind is not StretchKind.ONGOING
    return {
        "outage_id": str(id_of(closure)),
        "ride_id": closure.ride_id,
        "ride_name": entry.name,
        "park_id": park.park_id,
        "park_name": park.name,
        "timezone": park.timezone,
        "tier": entry.tier,
        "tier_label": tier_label(entry.tier),
        "kind": closure.kind,
        "date": closure.stat_date,
        "started_at": closure.started_at,
        "ended_at": closure.ended_at if is_over else None,
        "due_at": closure.due_at,
        "minutes": minutes(closure.seconds),
        "park_wide": is_park_wide(closure.seconds, closure.park_wide_seconds),
        "is_incident": closure.is_incident,
        "known_at": told.known_at,
        "queue_times_url": ride_url(park.park_id, closure.ride_id),
    }
