"""`/api/outages/{outage_id}`: one closure, for ever; where it moved, or why it is gone."""

from __future__ import annotations

from typing import assert_never

from park_downtime.api.envelope import instant
from park_downtime.api.middleware.errors import MovedPermanently, ResourceGone, ResourceNotFound
from park_downtime.api.request_context import RequestContext, Single
from park_downtime.api.resources.outages import closure_row
from park_downtime.database.closure_ids import FormerRow, closure_of, correction_that, former_of
from park_downtime.database.entries import entries
from park_downtime.database.outage_log import LoggedClosure
from park_downtime.model import GoneReason
from park_downtime.statistics.told_closures import ClosureId

MOST_MOVES = 20
"""A closure that moved may move again."""


def outage(context: RequestContext) -> Single:
    """Raises MovedPermanently, ResourceGone, ResourceNotFound."""
    asked: ClosureId = context.values["outage_id"]
    at = asked
    for _ in range(MOST_MOVES):
        told = closure_of(context.connection, at)
        if told is not None:
            return _shown(context, asked, told) if at == asked else _moved(asked, at)
        former = former_of(context.connection, at)
        if former is None:
            break
        if former.moved_to is None:
            raise _gone(context, asked, former)
        at = ClosureId(at.ride_id, former.moved_to)
    raise _never_told(asked)


def _shown(context: RequestContext, asked: ClosureId, told: LoggedClosure) -> Single:
    known = entries(context.connection, ride_ids=[asked.ride_id])
    if not known or told.park_id not in context.as_of.parks:
        raise _never_told(asked)
    return Single(closure_row(context, told, known))


def _moved(asked: ClosureId, to: ClosureId) -> Single:
    # Beside what was asked for, under whatever address the service stands.
    raise MovedPermanently(f"Outage {asked} begins at another time: it is {to} now", str(to))


def _never_told(asked: ClosureId) -> ResourceNotFound:
    return ResourceNotFound(f"There is no outage {asked}", "outage", str(asked))


def _gone(context: RequestContext, asked: ClosureId, former: FormerRow) -> ResourceGone:
    said = correction_that(context.connection, former)
    return ResourceGone(
        f"Outage {asked} is none any more: {in_words(former.reason)}",
        "outage",
        str(asked),
        reason=former.reason,
        ride_id=former.ride_id,
        park_id=former.park_id,
        known_at=None if former.known_at is None else instant(former.known_at),
        gone_at=instant(former.gone_at),
        correction=None if said is None else {"correction_id": said.correction_id, "reason": said.reason},
    )


def in_words(reason: GoneReason) -> str:
    match reason:
        case GoneReason.NOT_AN_OUTAGE:
            return (
                "the ride did not open again in its session, and that was no earlier than it usually closes"
            )
        case GoneReason.LATE_READINGS:
            return "readings that arrived late say otherwise"
        case GoneReason.DOUBTED:
            return "the feed was found to repeat old values, which are not believed"
        case GoneReason.CORRECTED:
            return "the operator made a stretch unknown in which the feed lied"
        case GoneReason.CORRECTION_WITHDRAWN:
            return "the operator took a correction back"
        case GoneReason.CLOSED_DAY:
            return "the night, which judges a day a last time, found otherwise"
        case GoneReason.NOT_COUNTED:
            return "the entry is no longer counted among the rides of the park"
        case GoneReason.JUDGED_ANEW:
            return "its day was judged anew"
        case _:
            assert_never(reason)
