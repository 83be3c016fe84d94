"""Our own clock was wrong for a while: readings stay in the hour in which they were made, or are not made."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cycles import NOON, RIDES, add_parks, cycle, park, said
from recorded import rows
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.config.settings import load
from park_downtime.feed.client import QueueTimes
from park_downtime.jobs.collect import CollectFailed, collect
from park_downtime.model import State

HOUR = timedelta(hours=1)
NOBODY = "http://127.0.0.1:9"


def what_is_wrong(engine: Engine, now: datetime, folder: Path) -> str:
    """What a cycle at `now` fails with; the feed does not answer in any case."""
    settings = load({"SPOOL_DIR": str(folder), "QUEUE_TIMES_URL": NOBODY, "TRACKED_PARKS": "6"})
    with QueueTimes(NOBODY, attempts=1) as client:
        try:
            report = collect(engine, settings, now, client, RIDES)
        except CollectFailed as error:
            return str(error)
    return report.problem or ""


@pytest.fixture
def collected(engine: Engine) -> Engine:
    add_parks(engine, park(6))
    store_cycle(engine, cycle(NOON, {6: (said(61), said(62))}), RIDES)
    return engine


def test_a_clock_that_was_set_back_makes_no_readings(collected: Engine, tmp_path: Path) -> None:
    assert "the clock was set back" in what_is_wrong(collected, NOON - HOUR, tmp_path)


def test_a_cycle_can_be_begun_again(collected: Engine, tmp_path: Path) -> None:
    assert "set back" not in what_is_wrong(collected, NOON, tmp_path)


def test_readings_of_a_clock_far_ahead_stop_nobody(collected: Engine, tmp_path: Path) -> None:
    assert "set back" not in what_is_wrong(collected, NOON - 24 * HOUR, tmp_path)


def test_readings_take_the_place_of_those_that_said_nothing(engine: Engine) -> None:
    """An hour ahead, every payload looked an hour old; then the clock was set right."""
    add_parks(engine, park(6))
    store_cycle(engine, cycle(NOON, {6: (said(61, State.UNKNOWN), said(62, State.UNKNOWN))}), RIDES)
    store_cycle(engine, cycle(NOON, {6: (said(61), said(62, State.CLOSED))}), RIDES)
    states = [row["state"] for row in rows(engine, "ride_status_snapshots")]
    assert states == [State.OPEN, State.CLOSED]
