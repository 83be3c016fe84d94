"""A feed replayed once, asked at chosen moments on the way and again with `as_of` from its end.

Every operation of openapi.yaml is asked, with each period, mode, category and filter, beside the page
without script and the reports of the terminal.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import api_world
import cycles as drawn
from flask import Flask
from sqlalchemy import Connection, Engine

from park_downtime.api.app import create_app
from park_downtime.classification.classifier import Classifier
from park_downtime.commands.report_live import live_lines
from park_downtime.commands.report_rankings import ranking_lines
from park_downtime.database.engine import reading
from park_downtime.database.live import live_parks
from park_downtime.database.moment import moment
from park_downtime.database.parks import ParkRow
from park_downtime.database.past import PastDatabase
from park_downtime.feed.readings import read_payload
from park_downtime.feed.simulator.payload import queue_times_json
from park_downtime.feed.simulator.worlds import synthetic_world
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.recorded_payload import recorded_cycle
from park_downtime.jobs.recording import Recording
from park_downtime.jobs.store import store_cycle
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings, Period
from park_downtime.periods import DAY, local_date

Said = dict[str, Any]
"""By address, or the name of a report: what was answered."""

Zones = Mapping[int, str]
"""The zone of each park."""

RIDES_ASKED = 6
PERIODS = [period.value for period in Period]
CATEGORIES = [f"{what}-{how}" for what in ("parks", "rides") for how in ("improving", "declining")]


def recorded(files: Sequence[Path], interval_minutes: int, most: int | None = None) -> list[Cycle]:
    """The cycles of a recording, the first ones of it."""
    found = [recorded_cycle(one, one.parks, interval_minutes * 60) for one in Recording(files)]
    return found[:most]


def simulated(start: datetime, count: int, interval_minutes: int) -> list[Cycle]:
    """Two invented parks. Now and then one is not heard, once for a whole night, or says nothing, and one
    ride turns up on the second day.
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
            payload = json.loads(queue_times_json(world, park_id, at))
            if at - start < timedelta(days=1):
                payload["lands"] = [_without(land, ride_id=3) for land in payload["lands"]]
            heard_at = at + timedelta(hours=4) if luck.random() < 0.05 else at  # four hours old: unknown
            readings = read_payload(park_id, json.dumps(payload).encode(), heard_at)
            said.append(ParkReadings(park_id, at, readings.readings))
        found.append(Cycle(at, interval_minutes * 60, tuple(said), tuple(failures)))
    return found


def _without(land: dict[str, Any], ride_id: int) -> dict[str, Any]:
    return land | {"rides": [ride for ride in land["rides"] if ride["id"] != ride_id]}


def chosen(feed: Sequence[Cycle], zone: str, seed: int, count: int) -> list[datetime]:
    """Before the first reading, an hour after the last, about a midnight, and at random; in order."""
    first, last = feed[0].recorded_at, feed[-1].recorded_at
    luck = random.Random(seed)
    middle = feed[len(feed) // 2].recorded_at
    midnight = next(
        one.recorded_at for one in feed if local_date(one.recorded_at, zone) > local_date(middle, zone)
    )
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
    engine: Engine, feed: Sequence[Cycle], zones: Zones, moments: Iterable[datetime], folder: Path
) -> dict[datetime, Said]:
    """Store the feed, closing days as they end; what was answered at each moment by a program that had
    heard no more.
    """
    said: dict[datetime, Said] = {}
    left = sorted(moments)
    classifier = Classifier.load()
    for cycle in feed:
        while left and left[0] < cycle.recorded_at:
            at = left.pop(0)
            said[at] = ask_now(engine, at, feed, zones, folder)
        if cycle is feed[0]:
            parks = [drawn.park(park_id, zone) for park_id, zone in zones.items()]
            drawn.add_parks(engine, *(_seen(park, cycle.recorded_at) for park in parks))
        store_cycle(engine, cycle, classifier)
        aggregate_due(engine, cycle.recorded_at)
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
    past = PastDatabase(engine, as_of)
    with past.reading() as connection:
        reports = dict(_reports(connection, as_of, past))
    return asked(app, addresses(feed, zones, as_of)) | reports


def asked(app: Flask, addresses: Iterable[str]) -> Said:
    """Answers without what a moment does not decide: how fast the database is."""
    client = app.test_client()
    said: Said = {}
    for address in addresses:
        answer = client.get(address)
        body: Any = answer.get_json() if answer.is_json else answer.get_data(as_text=True)
        if address == "/api/health":
            body["checks"]["database"]["latency_ms"] = None
        said[address] = {"status": answer.status_code, "body": body}
    return said


def addresses(feed: Sequence[Cycle], zones: Zones, at: datetime) -> list[str]:
    rides = sorted({reading.ride_id for one in feed[-20:] for park in one.parks for reading in park.readings})
    some = rides[:: max(1, len(rides) // RIDES_ASKED)]
    ranked = [f"period={period}&{more}" for period in PERIODS for more in ("", "park_wide=exclude&limit=5")]
    return [
        *(f"/api/parks/downtime?{how}" for how in ranked),
        *(f"/api/parks/downtime?period={period}&weighted=true&sort=trend_percentage" for period in PERIODS),
        "/api/parks/downtime?filter=disney-universal",
        "/api/parks/downtime?format=csv",
        *(f"/api/rides/downtime?{how}" for how in ranked),
        *(f"/api/rides/downtime?period=7days&park_id={park_id}" for park_id in zones),
        *(f"/api/rides/waittimes?mode={mode}" for mode in ("live", "7day-average", "peak")),
        "/api/rides/waittimes?sort=trend_percentage&limit=7&offset=2",
        *(f"/api/trends?category={what}&period={period}" for what in CATEGORIES for period in PERIODS),
        "/api/now",
        "/api/parks",
        "/api/rides?limit=500",
        "/api/health",
        *(f"/api/parks/{park_id}/details?period={period}" for park_id in zones for period in PERIODS),
        *(f"/api/parks/{park_id}/timeline" for park_id in zones),
        *(
            f"/api/parks/{park_id}/timeline?date={local_date(at, zone) - days * DAY}"
            for park_id, zone in zones.items()
            for days in (0, 1, 2)
        ),
        *(f"/api/rides/{ride_id}/details?period={period}" for ride_id in some for period in PERIODS),
        "/live",
    ]


def _reports(connection: Connection, now: datetime, past: PastDatabase | None) -> Iterator[tuple[str, str]]:
    at = moment(connection)
    if at.at is None:
        return
    for period in Period:
        yield f"report --period {period}", "\n".join(ranking_lines(connection, at, period, now, 50, (), past))
    yield "report --live", "\n".join(live_lines(live_parks(connection), now, sorted(at.parks), past))


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Where two answers differ, as paths."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from differences(one.get(key), other.get(key), f"{where}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (mine, its) in enumerate(zip(one, other, strict=True)):
            yield from differences(mine, its, f"{where}[{place}]")
    elif one != other:
        yield f"{where}: {one!r} != {other!r}"
