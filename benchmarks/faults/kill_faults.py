"""kill -9 of the real commands at 200 random moments, and two collectors at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.faults.bench import Bench, Fault
from benchmarks.faults.rows import Rows, rows_of
from benchmarks.faults.scenario import AFTERNOON, HOUR
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict, equal

from park_downtime.database import tables
from park_downtime.database.engine import make_engine

COLLECT_KILLS, AGGREGATE_KILLS, PRUNE_KILLS = 60, 60, 40
KILLS_A_NIGHT = 5
MUCH_LATER = timedelta(days=9)
RAW = (tables.ride_status_snapshots, tables.ride_runs, tables.park_runs, tables.park_activity_snapshots)


class KilledCollects(Undisturbed):
    """Half of the day's cycles are real commands; each is killed, and started again or not.

    Not started again, which is what cron does, the cycle keeps the parks that were stored before the kill.
    """

    def __init__(self, bench: Bench, kills: int, is_restarted: bool, seed: int) -> None:
        self._commands, self._chance = bench.commands, Random(seed)
        self._is_restarted = is_restarted
        instants = [at for at in bench.day.instants() if at > bench.day.start]
        self._killed = set(self._chance.sample(instants, kills))
        self._usual = 0.0
        self.before_the_end = 0

    def collect(self, site: Site, at: datetime) -> None:
        if at == site.scenario.start:
            site.collect(at)
            seconds = [self._commands.run(["collect"], site.environment, at) for _ in range(3)]
            self._usual = 1.5 * min(seconds)
        elif at in self._killed:
            after = self._chance.uniform(0, self._usual)
            self.before_the_end += self._commands.run_and_kill(["collect"], site.environment, at, after)
            if self._is_restarted:
                self._commands.run(["collect"], site.environment, at)
        else:
            site.collect(at)


def collect_killed(bench: Bench) -> Verdict:
    """Half of the kills on each engine, in each a half started again."""
    part = COLLECT_KILLS // 4
    again = [KilledCollects(bench, part, True, seed) for seed in (1, 2)]
    left = [KilledCollects(bench, part, False, seed) for seed in (3, 4)]
    verdicts = [
        bench.day_with(again[0], bench.files.url("killed")),
        bench.day_with(again[1], bench.server.url("faults")),
        bench.day_losing(left[0], bench.files.url("killed"), None),
        bench.day_losing(left[1], bench.server.url("faults"), None),
    ]
    cut = sum(each.before_the_end for each in (*again, *left))
    return Verdict(
        f"started again: {verdicts[0].text} (SQLite), {verdicts[1].text} (MariaDB); "
        f"left: {verdicts[2].text} (SQLite), {verdicts[3].text} (MariaDB)",
        [wrong for verdict in verdicts for wrong in verdict.wrong],
        [f"{cut} of {COLLECT_KILLS} kills came before the end"],
    )


class WithoutNights(Undisturbed):
    def aggregate(self, site: Site, at: datetime) -> None:
        """Nobody closes a day."""

    def prune(self, site: Site, at: datetime) -> None:
        """Nothing is deleted."""


Copy = Callable[[], str]


def _nights(bench: Bench) -> list[tuple[str, Copy]]:
    """A day with its night still to come, on each engine, and how to have a fresh copy of it."""
    with bench.site(bench.day, bench.files.url("night")) as site:
        site.run(WithoutNights())
    with bench.site(bench.day, bench.server.url("night")) as site:
        site.run(WithoutNights())
    file, url = bench.folder / "night.sqlite", bench.server.url_of("night")
    return [
        ("SQLite", lambda: bench.files.copy(file, "copy")),
        ("MariaDB", lambda: bench.server.copy(url, "copy")),
    ]


def _killed_nights(bench: Bench, jobs: Sequence[Sequence[str]], kills: int, start: datetime) -> Verdict:
    """`jobs` one after the other each hour; in `KILLS_A_NIGHT` hours the last of them is killed."""
    chance, cut, verdicts = Random(kills), 0, []
    for name, copy in _nights(bench):
        last = start + KILLS_A_NIGHT * HOUR
        environment = {**_environment(bench), "DATABASE_URL": copy()}
        usual = 0.0
        for arguments in jobs:
            usual = bench.commands.run(arguments, environment, last)
        undisturbed, raw = _all_rows(environment["DATABASE_URL"])
        wrong: list[str] = []
        for _ in range(kills // 2 // KILLS_A_NIGHT):
            environment["DATABASE_URL"] = copy()
            for number in range(KILLS_A_NIGHT):
                now = start + number * HOUR
                for arguments in jobs[:-1]:
                    bench.commands.run(arguments, environment, now)
                after = chance.uniform(0, 0.6 * usual)  # what an earlier attempt did is done
                cut += bench.commands.run_and_kill(jobs[-1], environment, now, after)
            for arguments in jobs:
                bench.commands.run(arguments, environment, last)
            statistics, left = _all_rows(environment["DATABASE_URL"])
            wrong += equal(undisturbed, statistics).wrong + equal(raw, left).wrong
        verdicts.append((name, wrong))
    return Verdict(
        ", ".join(f"{'not equal' if wrong else 'equal'} ({name})" for name, wrong in verdicts),
        [f"{name}: {line}" for name, wrong in verdicts for line in wrong[:4]],
        [f"{cut} of {kills} kills came before the end"],
    )


def _environment(bench: Bench) -> dict[str, str]:
    return {"SPOOL_DIR": str(bench.folder / "spool"), "LOG_LEVEL": "ERROR", "LOG_FORMAT": "text"}


def _all_rows(url: str) -> tuple[Rows, Rows]:
    engine = make_engine(url)
    try:
        return rows_of(engine), rows_of(engine, RAW)
    finally:
        engine.dispose()


def aggregate_killed(bench: Bench) -> Verdict:
    return _killed_nights(bench, [["aggregate"]], AGGREGATE_KILLS, bench.day.end)


def prune_killed(bench: Bench) -> Verdict:
    return _killed_nights(bench, [["aggregate"], ["prune"]], PRUNE_KILLS, bench.day.end + MUCH_LATER)


class TwoCollectors(Undisturbed):
    """Two commands at the same second, twelve times; `are_apart`: each with a lock of its own."""

    def __init__(self, bench: Bench, folder: Path, are_apart: bool) -> None:
        self._commands, self._folder, self._are_apart = bench.commands, folder, are_apart

    def collect(self, site: Site, at: datetime) -> None:
        if not AFTERNOON <= at < AFTERNOON + 2 * HOUR:
            site.collect(at)
            return
        other = {**site.environment}
        if self._are_apart:
            other["SPOOL_DIR"] = str(self._folder / "other-spool")
        both = [self._commands.start(["collect"], each, at) for each in (site.environment, other)]
        for process in both:
            process.join()


TOGETHER = ("one lock", "two locks, SQLite", "two locks, MariaDB")


def two_collectors(bench: Bench) -> Verdict:
    verdicts = [
        bench.day_with(TwoCollectors(bench, bench.folder, are_apart), url)
        for are_apart, url in (
            (False, bench.files.url("two")),
            (True, bench.files.url("two")),
            (True, bench.server.url("faults")),
        )
    ]
    return Verdict(
        "; ".join(f"{each.text} ({how})" for each, how in zip(verdicts, TOGETHER, strict=True)),
        [wrong for verdict in verdicts for wrong in verdict.wrong],
    )


FAULTS = [
    Fault(
        "kill-collect",
        f"kill -9 of `collect` at {COLLECT_KILLS} random moments, half of them started again at once",
        "started again: equal. Left: what the parks stored before the kill give, the others 10 minutes less",
        collect_killed,
    ),
    Fault(
        "kill-aggregate",
        f"kill -9 of `aggregate` at {AGGREGATE_KILLS} random moments, {KILLS_A_NIGHT} hours in a row",
        "equal after the next attempt, refolded runs included",
        aggregate_killed,
    ),
    Fault(
        "kill-prune",
        f"kill -9 of `prune` at {PRUNE_KILLS} random moments, with everything old enough to go",
        "equal, and the raw rows that are left too",
        prune_killed,
    ),
    Fault(
        "two-collectors",
        "Two `collect` at the same second, twelve cycles long; with one lock, and with two machines' locks",
        "equal: one of the two does the work",
        two_collectors,
    ),
]
