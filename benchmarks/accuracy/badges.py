"""Part 5, its two looks: simulated parks, and recordings dense enough to have a live view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

from benchmarks.accuracy.badge import DOWN_FOR, Badge, watch
from benchmarks.accuracy.judged_days import JudgedDay, judged_days
from benchmarks.accuracy.recordings import RECORDINGS, recording_files
from benchmarks.accuracy.replayed import replayed
from benchmarks.accuracy.simulated import TEN_PARKS
from benchmarks.accuracy.simulated_days import QuietWorld, Truth, compared_days, quiet_world
from benchmarks.accuracy.suspects import reached_cycles
from benchmarks.accuracy.tables import Report, percent
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks

FIRST, DAYS = date(2026, 6, 22), 42
DENSE = 20
"""Minutes; a recording that looked less often has no live view."""


def badges(report: Report, shared: Path) -> None:
    started = monotonic()
    found = {"simulated, ten parks, six weeks": _simulated()}
    report.say(f"Simulated from {FIRST}, {monotonic() - started:.0f} s")
    for recorded in RECORDINGS:
        files = recording_files(shared, recorded)
        if not files or recorded.interval_minutes > DENSE:
            continue
        badge = Badge()
        replay = replayed(files, recorded.interval_minutes, shared / "parks.json")
        with replay as (engine, done, _), reading(engine) as connection:
            for park_id in done.parks:
                moments = [at for at, _ in reached_cycles(connection, park_id)]
                days = judged_days(connection, all_parks(connection)[park_id])
                badge.add(watch(((day, {}) for day in days), moments))
        found[recorded.folder] = badge
    report.say("Of the readings at which a ride was called Down, so many turned out to be in an outage:")
    report.table(
        (
            "",
            "called Down",
            "in an outage",
            "really in trouble",
            *(f"down up to {limit} min" for limit in DOWN_FOR),
            "outage shown",
        ),
        [
            (
                name,
                f"{badge.down():,}",
                percent(badge.outages(), badge.down()),
                percent(badge.really, badge.down()) if badge.really else "not known",
                *(percent(badge.outages(limit), badge.down(limit)) for limit in DOWN_FOR),
                percent(badge.shown, badge.outage_moments),
            )
            for name, badge in found.items()
        ],
    )


def _simulated() -> Badge:
    world, badge = quiet_world(), Badge()
    for park_id in TEN_PARKS:
        badge.add(watch(_seen(park_id, world)))
    return badge


def _seen(park_id: int, world: QuietWorld) -> Iterator[tuple[JudgedDay, Truth]]:
    return ((day.seen, day.truth) for day in compared_days(world, park_id, FIRST, DAYS))
