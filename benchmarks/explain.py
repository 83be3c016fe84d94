"""EXPLAIN of every query that cycles, nights, pruning and the API ask, on MariaDB at full size.

Queries are caught as they are asked, with the function of `database/` that asks them. Fails where one
scans a table of raw rows, or where an answer asks a query per row.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, event

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._full_size import INTERVAL, NOW, full_size, open_night
from benchmarks._requests import PATHS, application
from park_downtime.classification.classifier import Classifier
from park_downtime.collection.store import store_cycle
from park_downtime.database.cycles import latest_cycle
from park_downtime.database.engine import make_engine, reading
from park_downtime.feed.readings import read_payload
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.jobs.rejudge import rejudge
from park_downtime.model import Cycle
from park_downtime.periods import DateRange
from park_downtime.reports.make_ready import make_ready
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.worlds import synthetic_world
from park_downtime.stretches.archive import StretchArchive

RAW = {"ride_status_snapshots", "ride_runs", "park_activity_snapshots", "ride_daily_stats", "ride_closures"}
MOST_QUERIES_AN_ANSWER = 40
KINDS = re.compile(r"\s*(SELECT|UPDATE|DELETE)\b", re.IGNORECASE)


@dataclass
class Asked:
    """One query: an example of it, who asked it for what, and how often for one job or answer."""

    statement: str
    parameters: Any
    function: str
    uses: set[str] = field(default_factory=set)


@dataclass
class Catcher:
    queries: dict[tuple[str, str], Asked] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    use: str = ""

    def catch(self, statement: str, parameters: Any) -> None:
        function = _asked_by()
        if not function:
            return
        self.counts[self.use][function] += 1
        if KINDS.match(statement):
            key = function, re.sub(r"\([^()]*%\([^()]*\)s[^()]*(\)s[^()]*)*\)", "(...)", statement)
            asked = self.queries.setdefault(key, Asked(statement, parameters, function))
            asked.uses.add(re.sub(r"/\d+/", "/{id}/", self.use.removeprefix("/api/").partition("?")[0]))


HOW = ("read_columns", "read_packed", "read_measures")
"""These ask for whoever calls them."""


def _asked_by() -> str:
    """The public function of `database/` nearest to the query."""
    frames = [f for f in traceback.extract_stack() if "/park_downtime/database/" in f.filename]
    frames = [f for f in frames if not f.name.startswith(("_", "<")) and "engine.py" not in f.filename]
    frames = [f for f in frames if f.name not in HOW]
    if not frames:
        return ""
    module = frames[-1].filename.rsplit("/", 1)[1].removesuffix(".py")
    return f"{module}.{frames[-1].name}"


@contextmanager
def catching(engine: Engine) -> Iterator[Catcher]:
    catcher = Catcher()

    def before(connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        catcher.catch(statement, parameters[0] if isinstance(parameters, list) else parameters)

    event.listen(engine, "before_cursor_execute", before)
    yield catcher
    event.remove(engine, "before_cursor_execute", before)


def ask_everything(engine: Engine, catcher: Catcher, archive: StretchArchive) -> None:
    open_night(engine)
    catcher.use = "night"
    aggregate_due(engine, NOW, archive)
    catcher.use = "cycle"
    with reading(engine) as connection:
        latest = latest_cycle(connection)
    assert latest is not None
    world, at = synthetic_world(100, 50), latest.recorded_at + INTERVAL
    payloads = tuple(read_payload(i, queue_times_json(world, i, at), at) for i in world.parks)
    store_cycle(engine, Cycle(at, int(INTERVAL.total_seconds()), payloads), Classifier.load())
    make_ready(engine)
    client = application(engine, at).test_client()
    for path in PATHS:
        catcher.use = path
        # Each answer from nothing: what answers of one version share is asked anew.
        application(engine, at).test_client().get(path)
    assert client.get("/api/health").status_code == 200
    catcher.use = "prune"
    # Nothing is old enough then: other benchmarks need the rows.
    prune(engine, NOW - timedelta(days=2), archive)
    catcher.use = "rejudge"
    yesterday = NOW.date() - timedelta(days=1)
    dates = DateRange(yesterday - timedelta(days=3), yesterday)
    rejudge(engine, archive, dates, NOW, is_written=True)


@dataclass(frozen=True)
class Step:
    """One table of a plan, as EXPLAIN says it."""

    table: str
    how: str
    key: str
    rows: int
    notes: str


def plan_of(engine: Engine, asked: Asked) -> tuple[Step, ...]:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"EXPLAIN {asked.statement}", asked.parameters)
        names = [column[0] for column in cursor.description or ()]
        plan = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        connection.close()
    return tuple(
        Step(
            step["table"] or "",
            step["type"] or "",
            step["key"] or "",
            int(step["rows"] or 0),
            step["Extra"] or "",
        )
        for step in plan
    )


def explained(engine: Engine, queries: list[Asked]) -> list[list[object]]:
    """One line a table; queries of one function with the same plan are one, with the most rows."""
    merged: dict[tuple[str, tuple[tuple[str, str, str], ...]], tuple[set[str], tuple[Step, ...]]] = {}
    for asked in queries:
        plan = plan_of(engine, asked)
        for step in plan:
            if step.how in ("ALL", "index") and step.table in RAW:
                _report.MISSED.append(f"{asked.function} scans {step.table}")
        key = asked.function, tuple((step.table, step.how, step.key) for step in plan)
        uses, most = merged.get(key, (set(), plan))
        largest = max(most, plan, key=lambda steps: sum(step.rows for step in steps))
        merged[key] = (uses | asked.uses, largest)
    rows: list[list[object]] = []
    for (function, _), (uses, plan) in sorted(merged.items()):
        for number, step in enumerate(plan):
            who = [f"`{function}`", ", ".join(sorted(uses))] if number == 0 else ["", ""]
            rows.append([*who, step.table, step.how, step.key, step.rows or "", step.notes])
    return rows


def main() -> None:
    _report.heading("Every query at full size, MariaDB")
    if "MariaDB" not in engines():
        sys.exit("EXPLAIN is made on MariaDB, which is not installed")
    with full_size("MariaDB", night_is_due=True) as url:
        engine = make_engine(url)
        with catching(engine) as catcher, TemporaryDirectory() as folder:
            ask_everything(engine, catcher, StretchArchive(Path(folder)))
        rows = explained(engine, list(catcher.queries.values()))
        engine.dispose()
    _report.table(["asked by", "for", "table", "type", "key", "rows", "notes"], rows)
    _report.heading("Queries for one job or answer")
    counts: list[list[object]] = []
    for use, by_function in catcher.counts.items():
        total = sum(by_function.values())
        if use.startswith("/") and total > MOST_QUERIES_AN_ANSWER:
            _report.MISSED.append(f"{use} asks {total} queries")
        most = ", ".join(f"`{name}` {count}" for name, count in by_function.most_common(3))
        counts.append([f"`{use}`" if use.startswith("/") else use, total, most])
    _report.table(["for", "queries", "most of them"], counts)


if __name__ == "__main__":
    logging.disable(logging.ERROR)
    main()
    _report.end()
