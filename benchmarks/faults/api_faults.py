"""The API under load while cycles and a night are stored, and killed while it answers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

from benchmarks._mariadb import _free_port
from benchmarks.faults.bench import Bench, Fault
from benchmarks.faults.rows import rows_of
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict, equal

API_KILLS = 40
CLIENTS, LOAD_SECONDS, LOAD_SECONDS_EMBEDDED = 200, 60, 20
LONGEST_SECONDS = 10
CHECKOUT = Path(__file__).parents[2]
START_SECONDS = 30


class Api:
    """`park-downtime serve` beside a site, on one port."""

    def __init__(self, bench: Bench, site: Site) -> None:
        self._commands, self._site = bench.commands, site
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> ForkServerProcess:
        return self._commands.start(["serve", "--port", str(self._port)], self._site.environment)

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return


@contextmanager
def clients(url: str, how_many: int, seconds: float) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-m", "benchmarks.faults.clients", url, str(how_many), str(seconds)]
    process = subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = process.communicate(timeout=LOAD_SECONDS + 120)
    told: dict[str, Any] = json.loads(output)
    return told


class KilledApi(Undisturbed):
    """Ten clients ask all day long; some cycles find the API killed and started again."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._chance = Random(40)
        instants = list(bench.day.instants())[1:]
        self._killed = set(self._chance.sample(instants, API_KILLS))
        self.api: Api | None = None
        self.process: ForkServerProcess | None = None

    def before(self, site: Site, at: datetime) -> None:
        self._bench.commands.tell(at)
        if self.api is None:
            self.api = Api(self._bench, site)
            self.process = self.api.start()
            self.api.wait()
        if at in self._killed and self.process is not None:
            self.process.join(self._chance.uniform(0.0, 0.2))
            self.process.kill()
            self.process.join()
            self.process = self.api.start()
            self.api.wait()


def api_killed(bench: Bench) -> Verdict:
    undisturbed, killed = bench.undisturbed_day, KilledApi(bench)
    with bench.site(bench.day, bench.files.url("api")) as site:
        instants = site.scenario.instants()
        site.step(next(instants), killed)
        assert killed.api is not None and killed.process is not None
        with clients(killed.api.url, 10, 3600) as asking:
            for at in instants:
                site.step(at, killed)
            asking.kill()
        with clients(killed.api.url, 10, 2) as asking:
            told = _told(asking)
        killed.process.kill()
        killed.process.join()
        verdict = equal(undisturbed, rows_of(site.engine))
    verdict.wrong += _not_ok(told)
    verdict.notes.append(f"{API_KILLS} kills; afterwards {_statuses(told)}")
    return verdict


def _not_ok(told: dict[str, Any]) -> list[str]:
    return [f"{count} answers with {status}" for status, count in told["statuses"].items() if status != "200"]


def _statuses(told: dict[str, Any]) -> str:
    return ", ".join(f"{count:,} answers with {status}" for status, count in told["statuses"].items())


def loaded(bench: Bench) -> Verdict:
    """The day's cycles and its night, over and over, until the clients have had their minute."""
    undisturbed = bench.undisturbed_day
    verdicts: list[Verdict] = []
    for name, url, seconds in (
        ("MariaDB", bench.server.url("faults"), LOAD_SECONDS),
        ("SQLite", bench.files.url("loaded"), LOAD_SECONDS_EMBEDDED),
    ):
        with bench.site(bench.day, url) as site:
            instants = list(site.scenario.instants())
            bench.commands.tell(instants[0])
            site.step(instants[0], Undisturbed())
            api = Api(bench, site)
            process = api.start()
            api.wait()
            try:
                with clients(api.url, CLIENTS, seconds) as asking:
                    _spread(bench, site, instants[1:], seconds, asking)
                    told = _told(asking)
            finally:
                process.kill()
                process.join()
            verdict = equal(undisturbed, rows_of(site.engine))
        verdict.wrong += _not_ok(told)
        if told["slowest_seconds"] > LONGEST_SECONDS:
            verdict.wrong.append(f"a client waited for {told['slowest_seconds']:.0f} s")
        if told["cut"]:
            verdict.wrong.append(f"{told['cut']} connections were cut")
        verdict.text += (
            f" ({name}: {_statuses(told)}, p95 {told['p95_seconds'] * 1000:.0f} ms, "
            f"slowest {told['slowest_seconds'] * 1000:.0f} ms)"
        )
        verdicts.append(verdict)
    wrong = [line for each in verdicts for line in each.wrong]
    return Verdict("; ".join(each.text for each in verdicts), wrong)


def _spread(
    bench: Bench, site: Site, instants: list[datetime], seconds: float, asking: subprocess.Popen[str]
) -> None:
    """All of the day in the given time, as far as the machine is fast enough; at once when nobody asks."""
    begun = time.monotonic()
    for number, at in enumerate(instants):
        bench.commands.tell(at)
        site.step(at, Undisturbed())
        early = begun + seconds * (number + 1) / len(instants) - time.monotonic()
        if early > 0:
            with suppress(subprocess.TimeoutExpired):
                asking.wait(early)


FAULTS = [
    Fault(
        "kill-api",
        f"kill -9 of `serve` at {API_KILLS} random moments while ten clients ask and the day is collected",
        "equal: it only reads; it answers again at once",
        api_killed,
    ),
    Fault(
        "load",
        f"{CLIENTS} clients on kept connections for {LOAD_SECONDS} s (SQLite {LOAD_SECONDS_EMBEDDED} s) "
        "during a day of cycles and a night, RATE_LIMIT raised",
        f"equal; no 5xx, no connection cut, nobody waits for {LONGEST_SECONDS} s",
        loaded,
    ),
]
