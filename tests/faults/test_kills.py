"""kill -9 of the real commands at random moments, and two collectors at once; each on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from faults.bench import Bench
from faults.comparison import unequal
from faults.databases import Databases
from faults.rows import Rows, rows_of
from faults.scenario import AFTERNOON, HOUR
from faults.site import Site, Undisturbed

from park_downtime.database import tables
from park_downtime.database.engine import make_engine

COLLECT_KILLS = 15
KILLS_A_NIGHT, AGGREGATE_NIGHTS, PRUNE_NIGHTS = 5, 6, 4
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


def test_a_killed_collect_that_is_started_again_loses_nothing(bench: Bench, databases: Databases) -> None:
    killed = KilledCollects(bench, COLLECT_KILLS, True, 1)
    assert bench.lost_by(killed, databases.url("faults")) == []
    assert killed.before_the_end, "no kill came before the end"


def test_a_killed_collect_keeps_the_parks_it_stored_and_the_others_wait(
    bench: Bench, databases: Databases
) -> None:
    """As cron has it, with no second start."""
    killed = KilledCollects(bench, COLLECT_KILLS, False, 3)
    assert bench.unexplained_by(killed, databases.url("faults"), None) == []
    assert killed.before_the_end, "no kill came before the end"


class WithoutNights(Undisturbed):
    def aggregate(self, site: Site, at: datetime) -> None:
        """Nobody closes a day."""

    def prune(self, site: Site, at: datetime) -> None:
        """Nothing is deleted."""


@dataclass(frozen=True)
class KilledNights:
    """What differs afterwards, and how many of the kills came before the end."""

    wrong: list[str]
    before_the_end: int


def _killed_nights(
    bench: Bench, databases: Databases, jobs: Sequence[Sequence[str]], nights: int, start: datetime
) -> KilledNights:
    """`jobs` one after the other each hour; in `KILLS_A_NIGHT` hours the last of them is killed.

    Each night on a fresh copy of a day with its night still to come.
    """
    with bench.site(bench.day, databases.url("night")) as site:
        site.run(WithoutNights())
    chance, cut = Random(nights), 0
    last = start + KILLS_A_NIGHT * HOUR
    environment = {**_environment(bench), "DATABASE_URL": databases.copy("night", "copy")}
    usual = 0.0
    for arguments in jobs:
        usual = bench.commands.run(arguments, environment, last)
    undisturbed, raw = _all_rows(environment["DATABASE_URL"])
    kept = _archive(environment)
    assert kept, "an archive without a file compares nothing"
    wrong: list[str] = []
    for _ in range(nights):
        environment["DATABASE_URL"] = databases.copy("night", "copy")
        environment["ARCHIVE_DIR"] = mkdtemp(dir=bench.folder)
        for number in range(KILLS_A_NIGHT):
            now = start + number * HOUR
            for arguments in jobs[:-1]:
                bench.commands.run(arguments, environment, now)
            after = chance.uniform(0, 0.6 * usual)  # what an earlier attempt did is done
            cut += bench.commands.run_and_kill(jobs[-1], environment, now, after)
        for arguments in jobs:
            bench.commands.run(arguments, environment, last)
        statistics, left = _all_rows(environment["DATABASE_URL"])
        wrong += unequal(undisturbed, statistics) + unequal(raw, left)
        wrong += [] if _archive(environment) == kept else ["the archive"]
    return KilledNights(wrong, cut)


def _environment(bench: Bench) -> dict[str, str]:
    return {
        "SPOOL_DIR": str(bench.folder / "spool"),
        "ARCHIVE_DIR": mkdtemp(dir=bench.folder),
        "LOG_LEVEL": "ERROR",
        "LOG_FORMAT": "text",
    }


def _archive(environment: Mapping[str, str]) -> dict[str, bytes]:
    folder = Path(environment["ARCHIVE_DIR"])
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.csv.gz")}


def _all_rows(url: str) -> tuple[Rows, Rows]:
    engine = make_engine(url)
    try:
        return rows_of(engine), rows_of(engine, RAW)
    finally:
        engine.dispose()


def test_a_killed_aggregate_is_equal_after_the_next_attempt(bench: Bench, databases: Databases) -> None:
    """Refolded runs included."""
    nights = _killed_nights(bench, databases, [["aggregate"]], AGGREGATE_NIGHTS, bench.day.end)
    assert nights.wrong == []
    assert nights.before_the_end, "no kill came before the end"


def test_a_killed_prune_leaves_the_same_after_the_next_attempt(bench: Bench, databases: Databases) -> None:
    """With everything old enough to go; the raw rows that are left are compared too."""
    start = bench.day.end + MUCH_LATER
    nights = _killed_nights(bench, databases, [["aggregate"], ["prune"]], PRUNE_NIGHTS, start)
    assert nights.wrong == []
    assert nights.before_the_end, "no kill came before the end"


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


def test_of_two_collectors_with_one_lock_one_does_the_work(bench: Bench) -> None:
    assert bench.lost_by(TwoCollectors(bench, bench.folder, False), bench.files.url("two")) == []


def test_of_two_machines_collectors_one_does_the_work(bench: Bench, databases: Databases) -> None:
    """Each has a lock of its own, and both the same second."""
    assert bench.lost_by(TwoCollectors(bench, bench.folder, True), databases.url("faults")) == []
