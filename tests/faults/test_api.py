"""The API under load while cycles and a night are stored, and killed while it answers."""

from __future__ import annotations

import json
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

import pytest
from faults.bench import Bench
from faults.comparison import unequal
from faults.databases import Databases
from faults.rows import rows_of
from faults.site import Site, Undisturbed
from ports import free_port, is_listened_on
from waiting import wait_until

API_KILLS = 40
CLIENTS = 200
LONGEST_SECONDS = 10
SUPPORT = Path(__file__).parents[1] / "support"


class Api:
    """`park-downtime serve` beside a site, on one port."""

    def __init__(self, bench: Bench, site: Site) -> None:
        self._commands, self._site = bench.commands, site
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> ForkServerProcess:
        return self._commands.start(["serve", "--port", str(self._port)], self._site.environment)

    def wait(self) -> None:
        wait_until("the API listens", lambda: is_listened_on(self._port))


@contextmanager
def clients(url: str, how_many: int, seconds: float) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-m", "faults.clients", url, str(how_many), str(seconds)]
    with subprocess.Popen(arguments, cwd=SUPPORT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = process.communicate(timeout=180)
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


def test_an_api_that_is_killed_loses_nothing_and_answers_again_at_once(bench: Bench) -> None:
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
        assert unequal(undisturbed, rows_of(site.engine)) == []
    assert told["statuses"].keys() == {"200"}


@pytest.mark.parametrize(("engine_name", "seconds"), [("mariadb", 60), ("sqlite", 20)])
def test_load_of_200_clients_during_a_day_and_a_night_makes_no_error_and_loses_nothing(
    bench: Bench, request: pytest.FixtureRequest, engine_name: str, seconds: int
) -> None:
    """The day's cycles and its night for as long as the clients ask."""
    databases: Databases = request.getfixturevalue("server" if engine_name == "mariadb" else "files")
    undisturbed = bench.undisturbed_day
    with bench.site(bench.day, databases.url("loaded")) as site:
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
        assert unequal(undisturbed, rows_of(site.engine)) == []
    assert told["statuses"].keys() == {"200"}
    assert told["cut"] == 0
    assert told["slowest_seconds"] <= LONGEST_SECONDS
