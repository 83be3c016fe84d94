"""A feed replayed once, asked at chosen moments on the way and again with `as_of` from its end.

Every operation of openapi.yaml is asked, with each period, mode, category and filter, beside the page
without script and the reports of the terminal.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from types import MappingProxyType
from typing import Any

import api_world
import cycles as drawn
from flask import Flask
from sqlalchemy import Connection, Engine

from park_downtime.api.app import create_app
from park_downtime.api.app_context import service_of
from park_downtime.classification.classifier import Classifier
from park_downtime.collection.store import store_cycle
from park_downtime.commands.report_live import live_lines
from park_downtime.commands.report_rankings import ranking_lines
from park_downtime.database.engine import reading
from park_downtime.database.parks import ParkRow
from park_downtime.feed.readings import read_payload
from park_downtime.feed.recording import Recording, recorded_cycle
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.judging.moment import moment
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings, State
from park_downtime.named_periods import MOVING, ROLLING, WHOLE, period_of
from park_downtime.periods import DAY, local_date
from park_downtime.reports.live import live_view
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.quirks import Quirks
from park_downtime.simulator.worlds import synthetic_world
from park_downtime.statistics.told_closures import ClosureId

Said = dict[str, Any]
"""By address, or the name of a report: what was answered."""

Zones = Mapping[int, str]
"""The zone of each park."""

CLOSINGS_ASKED = 20
RIDES_ASKED = 6
LIVE_REPORT = "report --live"
PAST = ("calendar", "breakdowns?period=30days", *(f"history?by={kind}" for kind in WHOLE))
CATEGORIES = [f"{what}-{how}" for what in ("parks", "rides") for how in ("improving", "declining")]


def recorded(files: Sequence[Path], interval_minutes: int, most: int | None = None) -> list[Cycle]:
    """The cycles of a recording, the first ones of it."""
    found = [recorded_cycle(one, one.parks, interval_minutes * 60) for one in Recording(files)]
    return found[:most]


def simulated(
    start: datetime, count: int, interval_minutes: int, lies: Mapping[int, Quirks] = MappingProxyType({})
) -> list[Cycle]:
    """Two invented parks. Now and then one is not heard, once for a whole night, or says nothing, and one
    ride turns up on the second day. `lies`: what is wrong with a park's feed besides, all the time.
    """
    world, luck = synthetic_world(2, 7), random.Random(7)
    every = timedelta(minutes=interval_minutes)
    found = []
    for at in (start + number * every for number in range(count)):
        said: list[ParkReadings] = []
        failures: list[ParkFailure] = []
        for park_id in (1, 2):
            is_night = park_id == 2 and timedelta(hours=22) < at - start < timedelta(hours=30)
            if is_night or luck.random() < 0.08:
                failures.append(ParkFailure(park_id, ParkOutcome.FAILED, "timed out"))
                continue
            payload = json.loads(queue_times_json(world, park_id, at, lies.get(park_id)))
            if at - start < timedelta(days=1):
                payload["lands"] = [_without(land, ride_id=3) for land in payload["lands"]]
            readings = read_payload(park_id, json.dumps(payload).encode(), at).readings
            if luck.random() < 0.05:
                readings = tuple(replace(one, state=State.UNKNOWN, wait_minutes=None) for one in readings)
            said.append(ParkReadings(park_id, at, readings))
        found.append(Cycle(at, interval_minutes * 60, tuple(said), tuple(failures)))
    return found


def _without(land: dict[str, Any], ride_id: int) -> dict[str, Any]:
    return land | {"rides": [ride for ride in land["rides"] if ride["id"] != ride_id]}


def chosen(feed: Sequence[Cycle], zone: str, seed: int, count: int) -> list[datetime]:
    """Before the first reading, an hour after the last, about a midnight, and at random; in order."""
    first, last = feed[0].recorded_at, feed[-1].recorded_at
    luck = random.Random(seed)
    day = local_date(first + timedelta(hours=6), zone)
    midnight = next(one.recorded_at for one in feed if local_date(one.recorded_at, zone) > day)
    special = [
        first - timedelta(hours=1),
        first,
        midnight + timedelta(minutes=5),
        midnight + timedelta(minutes=40),
        last + timedelta(hours=1),
    ]
    length = int((last - first).total_seconds())
    return sorted([*special, *(first + timedelta(seconds=luck.randrange(length)) for _ in range(count))])


def replay_and_ask(
    engine: Engine,
    feed: Sequence[Cycle],
    zones: Zones,
    moments: Iterable[datetime],
    folder: Path,
    operator: Callable[[int], object] = lambda place: None,
) -> dict[datetime, Said]:
    """Store the feed, closing days as they end; what was answered at each moment by a program that had
    heard no more. `operator` does something after each cycle.
    """
    said: dict[datetime, Said] = {}
    left = sorted(moments)
    classifier = Classifier.load()
    for place, one in enumerate(feed):
        while left and left[0] < one.recorded_at:
            at = left.pop(0)
            said[at] = ask_now(engine, at, feed, zones, folder)
        if one is feed[0]:
            parks = [drawn.park(park_id, zone) for park_id, zone in zones.items()]
            drawn.add_parks(engine, *(_seen(park, one.recorded_at) for park in parks))
        store_cycle(engine, one, classifier)
        operator(place)
        aggregate_due(engine, one.recorded_at)
    for at in left:
        said[at] = ask_now(engine, at, feed, zones, folder)
    return said


def _seen(park: ParkRow, at: datetime) -> ParkRow:
    return replace(park, first_seen_at=at)


def ask_now(engine: Engine, at: datetime, feed: Sequence[Cycle], zones: Zones, folder: Path) -> Said:
    """What the program says whose clock stands at `at`."""
    app = create_app(api_world.settings_for(folder), engine, clock=lambda: at)
    with reading(engine) as connection:
        reports = dict(_reports(connection, at, None))
    return asked(app, addresses(feed, zones, at)) | reports


def ask_then(engine: Engine, as_of: datetime, feed: Sequence[Cycle], zones: Zones, folder: Path) -> Said:
    """What the program says that is told to show that moment."""
    app = create_app(api_world.settings_for(folder), engine, as_of=as_of)
    said = asked(app, addresses(feed, zones, as_of))
    past = service_of(app).past
    assert past is not None
    with past.reading() as connection:
        return said | dict(_reports(connection, as_of, past))


def asked(app: Flask, addresses: Iterable[str]) -> Said:
    """Answers without what a moment does not decide: how fast the database is."""
    client = app.test_client()
    said: Said = {}
    for address in addresses:
        answer = client.get(address)
        body: Any = answer.get_json() if answer.is_json else answer.get_data(as_text=True)
        if address == "/api/health":
            body["checks"]["database"]["latency_ms"] = body["response_time_ms"] = None
        said[address] = {"status": answer.status_code, "body": body}
    return said


def addresses(feed: Sequence[Cycle], zones: Zones, at: datetime) -> list[str]:
    rides = sorted({reading.ride_id for one in feed[-20:] for park in one.parks for reading in park.readings})
    some = rides[:: max(1, len(rides) // RIDES_ASKED)]
    periods = _periods(at, zones)
    turns = cycle(periods)
    return [
        *(f"/api/parks/downtime?period={period}" for period in periods),
        "/api/parks/downtime?period=7days&weighted=true&park_wide=exclude&sort=trend_percentage",
        "/api/parks/downtime?filter=disney-universal&format=csv",
        *(f"/api/rides/downtime?period={period}" for period in periods),
        "/api/rides/downtime?park_wide=exclude&limit=5&offset=2",
        *(f"/api/rides/downtime?period=7days&park_id={park_id}" for park_id in zones),
        *(f"/api/rides/waittimes?mode={mode}" for mode in ("live", "7day-average", "peak")),
        "/api/rides/waittimes?sort=trend_percentage&limit=7&offset=2",
        *(f"/api/trends?category={what}&period={next(turns)}" for what in (*CATEGORIES, CATEGORIES[0])),
        *(f"/api/outages?period={period}" for period in periods),
        *(f"/api/outages/{closure}" for closure in _closings(feed)),
        "/api/now",
        "/api/parks",
        "/api/rides?limit=500",
        "/api/corrections",
        "/api/health",
        *(f"/api/parks/{park_id}/details?period={next(turns)}" for park_id in zones),
        *(
            f"/api/parks/{park_id}/timeline?date={local_date(at, zone) - days * DAY}"
            for park_id, zone in zones.items()
            for days in (0, 1)
        ),
        *(f"/api/rides/{ride_id}/details?period={next(turns)}" for ride_id in some),
        *(f"/api/parks/{park_id}/{what}" for park_id in zones for what in PAST),
        *(f"/api/rides/{some[0]}/{what}" for what in PAST),
        *(f"/badges/{what}.svg?metric=status" for what in (f"parks/{min(zones)}", f"rides/{some[0]}")),
        f"/badges/rides/{some[0]}.svg",
        "/live",
    ]


def _periods(at: datetime, zones: Zones) -> list[str]:
    """Those that move with today, and what the day is in where the first park is."""
    day = local_date(at, zones[min(zones)])
    whole = (period_of(kind, day).name for kind in WHOLE)
    return [*(period.name for period in MOVING), day.isoformat(), *whole]


def _closings(feed: Sequence[Cycle]) -> Iterator[ClosureId]:
    """When rides closed, some of the times: each may be a closure, one that is gone, or none."""
    was_open: set[int] = set()
    found: list[ClosureId] = []
    for one in feed:
        for said in (said for park in one.parks for said in park.readings):
            if said.state is State.CLOSED and said.ride_id in was_open:
                found.append(ClosureId(said.ride_id, one.recorded_at))
            was_open.discard(said.ride_id)
            if said.state is State.OPEN:
                was_open.add(said.ride_id)
    yield from found[:: max(1, len(found) // CLOSINGS_ASKED)] or [ClosureId(1, feed[0].recorded_at)]


def _reports(connection: Connection, now: datetime, past: AsOfDatabase | None) -> Iterator[tuple[str, str]]:
    at = moment(connection)
    if at.instant is None:
        return
    for period in ROLLING:
        yield f"report --period {period}", "\n".join(ranking_lines(connection, at, period, now, 50, (), past))
    yield LIVE_REPORT, "\n".join(live_lines(live_view(connection, at, now), sorted(at.parks), past))


def ask_each(
    engine: Engine, moments: Iterable[datetime], feed: Sequence[Cycle], zones: Zones, folder: Path
) -> dict[datetime, Said]:
    return {at: ask_then(engine, at, feed, zones, folder) for at in moments}


def differences(
    one: Any, other: Any, where: str = "", may_be_null: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Where two answers differ, as paths. `may_be_null`: fields that the other one may not know."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            if not (key in may_be_null and other.get(key) is None):
                yield from differences(one.get(key), other.get(key), f"{where}/{key}", may_be_null)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (mine, its) in enumerate(zip(one, other, strict=True)):
            yield from differences(mine, its, f"{where}[{place}]", may_be_null)
    elif one != other:
        yield f"{where}: {one!r} != {other!r}"


BY_WAIT = "/api/rides/waittimes"
WAITS = frozenset({"current_wait_time", "peak_wait_time", "avg_wait_time", "max_wait_time", "last_wait_time"})
OF_WAITS = WAITS | {"trend_percentage"}
WAIT_CELL = re.compile(r'<td class="number">[^<]*</td>\n</tr>')
WAIT_COLUMNS = re.compile(r"\d+ min|(\d+|-) +(\d+|-)$", re.MULTILINE)
NOTE = re.compile(r"^Raw readings .*\n", re.MULTILINE)


def differences_beside_waits(before: Said, then: Said) -> Iterator[str]:
    """What differs once raw readings are gone: waits may be null, and nothing else may change."""
    if then["/api/now"]["body"]["waits_known"]:
        yield from differences(before, then)
        return
    for address, said in before.items():
        its = then[address]
        if not address.startswith(BY_WAIT):
            yield from differences(
                _without_waits(said, address), _without_waits(its, address), address, WAITS
            )
        elif "limit=" not in address:  # a page would be of rows in another order
            yield from differences(_by_ride(said), _by_ride(its), address, OF_WAITS)


def _by_ride(said: Any) -> dict[int, Any]:
    return {row["ride_id"]: row | {"rank": None} for row in said["body"]["data"]}


def _without_waits(said: Any, address: str) -> Any:
    """Page and report without their columns of waits; answers without the word that they lack them."""
    if address == LIVE_REPORT:
        return [line.split() for line in WAIT_COLUMNS.sub("", NOTE.sub("", said)).splitlines()]
    if isinstance(said, str):
        return NOTE.sub("", said)
    body = said["body"]
    return said | {"body": WAIT_CELL.sub("", body) if isinstance(body, str) else body | {"waits_known": None}}
