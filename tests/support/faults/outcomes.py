"""What a database was told, cycle by cycle, and an undisturbed run that is told only that.

The second is the proof for a day of which part could not be observed: its statistics must be those
that what was observed gives by itself, in order, without any fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from faults.scenario import Scenario
from sqlalchemy import Engine, select

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.park_facts import park_facts
from park_downtime.collection.store import store_cycle
from park_downtime.collection.sync_parks import sync_parks
from park_downtime.config.settings import load
from park_downtime.database.doubts import doubts_since
from park_downtime.database.engine import reading, writing
from park_downtime.database.readings import parks_reached
from park_downtime.database.tables import ANSWERED, park_activity_snapshots
from park_downtime.feed.park_list import read_park_list
from park_downtime.feed.readings import read_payload
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.model import Cycle, ParkFailure, ParkOutcome
from park_downtime.simulator.payload import park_list_json, queue_times_json
from park_downtime.timeline.doubts import standstills

Outcomes = dict[datetime, dict[int, ParkOutcome]]
Payload = Callable[[int, datetime], bytes]
"""What the feed says of a park at an instant."""

Spans = dict[int, list[tuple[datetime, datetime]]]


def outcomes_by_cycle(engine: Engine) -> Outcomes:
    """What became of each park in each cycle, as far as the database knows."""
    c = park_activity_snapshots.c
    found: Outcomes = defaultdict(dict)
    with reading(engine) as connection:
        for row in connection.execute(select(c.recorded_at, c.park_id, c.outcome)):
            found[row.recorded_at][row.park_id] = row.outcome
    return dict(found)


def told_only(
    scenario: Scenario, what: Outcomes, engine: Engine, payload: Payload | None = None
) -> set[tuple[int, datetime]]:
    """Fill the empty database of `engine` with `what` and nothing else, without HTTP, in the order of time.

    Answers which parks said something that is believed, and when.
    """
    says = payload or (lambda park_id, at: queue_times_json(scenario.world, park_id, at))
    classifier = Classifier.load()
    settings = load({"TRACKED_CONTINENTS": "*"})
    with writing(engine) as connection:
        listed = read_park_list(park_list_json(scenario.world)).parks
        sync_parks(connection, listed, park_facts(), settings, scenario.start)
    for at in scenario.instants():
        outcomes = what.get(at, {})
        parks = [
            read_payload(park_id, says(park_id, at), at)
            for park_id, outcome in sorted(outcomes.items())
            if outcome in ANSWERED
        ]
        failures = [
            ParkFailure(park_id, outcome, "as it was")
            for park_id, outcome in sorted(outcomes.items())
            if outcome not in ANSWERED
        ]
        if outcomes:
            cycle = Cycle(at, scenario.interval_minutes * 60, tuple(parks), tuple(failures))
            store_cycle(engine, cycle, classifier)
        if scenario.is_night_due(at):
            aggregate_due(engine, at)
        if scenario.is_prune_due(at):
            prune(engine, at)
    with reading(engine) as connection:
        repeated = {
            park_id: standstills(doubts_since(connection, park_id, scenario.start))
            for park_id in scenario.world.parks
        }
        return {
            (park_id, at)
            for at in scenario.instants()
            for park_id in parks_reached(connection, at)
            if not any(doubt.covers(at) for doubt in repeated[park_id])
        }


def unobserved(scenario: Scenario, known: set[tuple[int, datetime]]) -> Spans:
    """Per park the time that nothing known holds for: more than 2.5 intervals between readings."""
    spans: Spans = {}
    for park_id in scenario.world.parks:
        instants = sorted(at for park, at in known if park == park_id)
        spans[park_id] = [
            (before + scenario.interval, after)
            for before, after in pairwise(instants)
            if after - before > 2.5 * scenario.interval
        ]
    return spans
