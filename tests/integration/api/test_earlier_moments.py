"""An earlier moment is that moment: what `--as-of` answers is what was answered when it was now.

An earlier moment is judged in a file of its own, whatever the server: one simulated feed and one with every
kind of doubt say that it is taken over from each engine alike, the other feeds need no second one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import moments
import pytest
from moments import Said, Zones
from sqlalchemy import Engine, select

from park_downtime.api import spec
from park_downtime.database.engine import reading
from park_downtime.database.tables import park_doubts
from park_downtime.jobs.corrections import make_correction, withdraw_correction
from park_downtime.jobs.prune import prune
from park_downtime.model import Cycle, DoubtKind
from park_downtime.simulator.quirks import Quirks
from park_downtime.timeline.voided import Voided

AT_RANDOM = 12 if os.environ.get("CI") else 3
START = datetime(2026, 7, 1, 12, tzinfo=UTC)
CHICAGO_AND_DENVER = {1: "America/Chicago", 2: "America/Denver"}
ORLANDO = dict.fromkeys((64, 334), "America/New_York")


Differ = Callable[[Said, Said], Iterator[str]]


def found(differ: Differ, before: Mapping[datetime, Said], then: Mapping[datetime, Said]) -> list[str]:
    """The differences, a few of each moment."""
    return [f"{at}{where}" for at, said in before.items() for where in islice(differ(said, then[at]), 5)]


def holds(engine: Engine, feed: list[Cycle], zones: Zones, seed: int, folder: Path) -> None:
    """With everything kept, and again when raw readings are gone."""
    chosen = moments.chosen(feed, zones[min(zones)], seed, AT_RANDOM)
    before = moments.replay_and_ask(engine, feed, zones, chosen, folder)
    then = moments.ask_each(engine, chosen, feed, zones, folder)
    assert found(moments.differences, before, then) == []
    prune(engine, feed[-1].recorded_at)
    then = moments.ask_each(engine, chosen, feed, zones, folder)
    assert found(moments.differences_beside_waits, before, then) == []
    known = [said["/api/now"]["body"]["waits_known"] for said in then.values()]
    assert known[-2:] == [True, True]  # of the last reading, and an hour later
    assert False in known


def test_every_answer_of_the_simulated_feed(engine: Engine, tmp_path: Path) -> None:
    feed = moments.simulated(START, count=110, interval_minutes=20)
    holds(engine, feed, CHICAGO_AND_DENVER, seed=1, folder=tmp_path)


def lying(engine: Engine, folder: Path, lies: dict[int, Quirks]) -> None:
    feed = moments.simulated(START, count=130, interval_minutes=20, lies=lies)
    holds(engine, feed, CHICAGO_AND_DENVER, seed=3, folder=folder)
    with reading(engine) as connection:
        kinds = set(connection.scalars(select(park_doubts.c.kind)))
    assert kinds == set(DoubtKind)


@pytest.mark.no_cover  # the lines of the next one; to watch them nearly doubles the time
def test_every_answer_of_a_feed_that_repeats(sqlite_engine: Engine, tmp_path: Path) -> None:
    lying(sqlite_engine, tmp_path, {1: Quirks(repeats=5), 2: Quirks(left_open=0.6)})


def test_every_answer_of_a_feed_that_leaves_open(engine: Engine, tmp_path: Path) -> None:
    lies = {1: Quirks(left_open=0.5, two_names=0.5), 2: Quirks(repeats=14, closed_999=0.5)}
    lying(engine, tmp_path, lies)


def test_every_answer_before_between_and_after_corrections(sqlite_engine: Engine, tmp_path: Path) -> None:
    feed = moments.simulated(START, count=110, interval_minutes=20)
    chosen = [feed[place].recorded_at + timedelta(minutes=5) for place in (50, 60, 61, 79, 80, 100)]
    ends = {place: feed[place].recorded_at for place in (10, 20, 36, 57, 58, 60, 80, 100)}

    def operator(place: int) -> None:
        if place == 60:
            make_correction(sqlite_engine, 1, Voided(None, ends[10], ends[36]), "a day and night", ends[60])
            make_correction(sqlite_engine, 2, Voided(None, ends[57], ends[58]), "an hour", ends[60])
        elif place == 80:
            withdraw_correction(sqlite_engine, 1, ends[80])
        elif place == 100:
            make_correction(sqlite_engine, 1, Voided(None, ends[20], ends[60]), "more than a day", ends[100])

    before = moments.replay_and_ask(sqlite_engine, feed, CHICAGO_AND_DENVER, chosen, tmp_path, operator)
    listed = [said["/api/corrections"]["body"]["data"] for said in before.values()]
    assert [sum(row["withdrawn_at"] is None for row in rows) for rows in listed] == [0, 2, 2, 2, 1, 2]
    then = moments.ask_each(sqlite_engine, chosen, feed, CHICAGO_AND_DENVER, tmp_path)
    assert found(moments.differences, before, then) == []


def test_every_answer_where_rides_have_habits(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Six days: from the fourth on it is known when rides usually close, and each night learns."""
    feed = moments.simulated(START, count=210, interval_minutes=40)
    chosen = [feed[place].recorded_at + timedelta(minutes=5) for place in (163, 166, 196, 202, 203)]
    before = moments.replay_and_ask(sqlite_engine, feed, CHICAGO_AND_DENVER, chosen, tmp_path)
    then = moments.ask_each(sqlite_engine, chosen, feed, CHICAGO_AND_DENVER, tmp_path)
    assert found(moments.differences, before, then) == []
    chances = {
        row["back_today_percentage"]
        for said in before.values()
        for row in said["/api/rides/downtime?period=today"]["body"]["data"]
    }
    assert {5, 25, 75, 95} & chances  # some were said


@pytest.mark.no_cover
def test_every_answer_of_a_recording(sqlite_engine: Engine, shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "recordings" / "universal_orlando_2025_08"
    files = [folder / f"park_{park_id}.csv.gz" for park_id in ORLANDO]
    holds(sqlite_engine, moments.recorded(files, 20, most=100), ORLANDO, seed=2, folder=tmp_path)


def test_no_operation_is_left_out() -> None:
    feed = moments.simulated(START, count=1, interval_minutes=20)
    asked = [url.split("?")[0] for url in moments.addresses(feed, CHICAGO_AND_DENVER, START)]
    patterns = {
        name: re.compile(re.sub(r"\{\w+\}", r"[\\d-]+", operation.path))
        for name, operation in spec.operations().items()
    }
    assert {name for name, path in patterns.items() if not any(map(path.fullmatch, asked))} == {
        "docs",
        "openapi",
    }


def test_the_comparison_tells_one_cycle_from_the_next(sqlite_engine: Engine, tmp_path: Path) -> None:
    feed = moments.simulated(START, count=30, interval_minutes=20)
    at, later = feed[20].recorded_at, feed[21].recorded_at
    before = moments.replay_and_ask(sqlite_engine, feed, CHICAGO_AND_DENVER, [at], tmp_path)
    then = moments.ask_then(sqlite_engine, later, feed, CHICAGO_AND_DENVER, tmp_path)
    told = {
        address for address in before[at] if list(moments.differences(before[at][address], then[address]))
    }
    assert {"/api/now", "/live", "/api/rides/waittimes?mode=live", "report --live"} <= told
