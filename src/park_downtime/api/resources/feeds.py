"""`/feeds/parks/{park_id}.atom` and `/feeds/rides/{ride_id}.atom`: what closures say that happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from flask import Flask, Response, request

from park_downtime.api.app_context import AppContext, service
from park_downtime.api.atom import MEDIA_TYPE, Feed, FeedEntry, Link, as_atom
from park_downtime.api.caching.cached_response import CachedResponse, send_at_version
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.fields import ATTRIBUTION, park_url, ride_url
from park_downtime.api.middleware.errors import ResourceNotFound, shortened
from park_downtime.api.pages.live import local_time
from park_downtime.api.request_context import RequestContext
from park_downtime.database.entries import entries
from park_downtime.database.outage_log import LoggedClosure, Wanted, logged
from park_downtime.database.parks import ParkRow
from park_downtime.judging.moment import moment
from park_downtime.model import StretchKind
from park_downtime.periods import DateRange
from park_downtime.statistics.closure_events import ClosureEvent, Event, events_of
from park_downtime.statistics.told_closures import ToldClosure, id_of

MOST_ENTRIES = 50
CLOSURES_READ = 150
"""More than have 50 events: flickers have none."""
DAYS_BACK = timedelta(days=60)
KINDS = (StretchKind.OUTAGE, StretchKind.DID_NOT_REOPEN, StretchKind.ONGOING)
_ID = re.compile(r"[1-9][0-9]{0,9}")

Make = Callable[[RequestContext, int], Feed]


def install(app: Flask) -> None:
    app.add_url_rule("/feeds/parks/<park_id>.atom", "parkFeed", lambda park_id: _sent(_of_park, park_id))
    app.add_url_rule("/feeds/rides/<ride_id>.atom", "rideFeed", lambda ride_id: _sent(_of_ride, ride_id))


def _sent(make: Make, text: str) -> Response:
    if not _ID.fullmatch(text):
        path = shortened(request.path)
        raise ResourceNotFound(f"There is nothing at {path}", "endpoint", path)
    context = service()
    data_version = context.data_version()
    cached = context.answers.get(
        data_version,
        (make.__name__, text),
        lambda: _made(context, data_version, make, int(text)),
        lambda made: made.size,
    )
    return send_at_version(cached, data_version, context.settings, is_canonical=not request.query_string)


def _made(context: AppContext, data_version: DataVersion, make: Make, of: int) -> CachedResponse:
    with context.reading() as connection:
        feed = make(RequestContext(connection, moment(connection), data_version, {}, context), of)
    return CachedResponse(
        as_atom(feed, data_version.is_simulated), MEDIA_TYPE, {"X-Attribution": ATTRIBUTION}
    )


def _of_park(context: RequestContext, park_id: int) -> Feed:
    park = context.park(park_id)
    return _feed(context, f"park/{park_id}", park.name, park, None)


def _of_ride(context: RequestContext, ride_id: int) -> Feed:
    ride = context.ride(ride_id)
    park = context.as_of.parks[ride.park_id]
    return _feed(context, f"ride/{ride_id}", f"{ride.name}, {park.name}", park, ride_id)


def _feed(context: RequestContext, path: str, title: str, park: ParkRow, ride_id: int | None) -> Feed:
    closures = _closures(context, park, ride_id)
    parks = {id_of(each.closure): each.park_id for each in closures}
    told = [ToldClosure(each.closure, each.known_at) for each in closures]
    happened = events_of(told, context.as_of.interval_seconds, MOST_ENTRIES)
    names = {
        known.ride_id: known.name
        for known in entries(
            context.connection, ride_ids={event.closure.ride_id for event in happened}
        ).values()
    }
    own = path.rpartition("/")[2]
    return Feed(
        path,
        f"{title}: down and running again",
        f"Rides that went down while their park was running, after two closed readings. {ATTRIBUTION}",
        context.as_of.instant or park.first_seen_at,
        [
            Link("self", f"{own}.atom", MEDIA_TYPE),
            Link("alternate", "../../", "text/html"),
            Link(
                "via",
                park_url(park.park_id) if ride_id is None else ride_url(park.park_id, ride_id),
                "text/html",
            ),
        ],
        [
            _entry(
                _Said(event, names[event.closure.ride_id], context.as_of.parks[parks[id_of(event.closure)]])
            )
            for event in happened
            if event.closure.ride_id in names
        ],
    )


def _closures(context: RequestContext, park: ParkRow, ride_id: int | None) -> Sequence[LoggedClosure]:
    if context.as_of.instant is None:
        return []
    today = context.as_of.today(park)
    dates = DateRange(today - DAYS_BACK, today)
    wanted = Wanted({dates: [park.park_id]}, KINDS, ride_id)
    found = logged(context.connection, wanted, 0, CLOSURES_READ)
    return [each for each in found if each.park_id in context.as_of.parks]


@dataclass(frozen=True, slots=True)
class _Said:
    happened: ClosureEvent
    ride: str
    park: ParkRow


def _entry(said: _Said) -> FeedEntry:
    closure, event = said.happened.closure, said.happened.event
    outage_id = id_of(closure)
    return FeedEntry(
        f"outage/{outage_id}/{event.value}",
        f"{said.ride} {_in_a_word(event)}",
        f"{said.ride} in {said.park.name} {_in_words(said)} {ATTRIBUTION}",
        said.happened.at,
        [
            Link("alternate", f"../../api/outages/{outage_id}", "application/json"),
            Link("via", ride_url(said.park.park_id, closure.ride_id), "text/html"),
        ],
    )


def _in_a_word(event: Event) -> str:
    match event:
        case Event.WENT_DOWN:
            return "went down"
        case Event.RUNNING_AGAIN:
            return "runs again"
        case Event.DID_NOT_REOPEN:
            return "did not reopen"
        case _:
            assert_never(event)


def _in_words(said: _Said) -> str:
    closure, zone = said.happened.closure, said.park.timezone
    closed = local_time(closure.started_at, zone)
    match said.happened.event:
        case Event.WENT_DOWN:
            return f"closed at {closed} while its park was running."
        case Event.RUNNING_AGAIN:
            opened = local_time(closure.ended_at, zone)
            return (
                f"opened again at {opened}; it had closed at {closed}: {round(closure.seconds / 60)} minutes."
            )
        case Event.DID_NOT_REOPEN:
            until = "" if closure.due_at is None else f", {local_time(closure.due_at, zone)}"
            return f"closed at {closed} and did not open again that day, before it usually closes{until}."
        case _:
            assert_never(said.happened.event)
