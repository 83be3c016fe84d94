"""What every fault is given: folders, databases, and undisturbed runs to compare with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks._mariadb import is_installed
from benchmarks.faults.commands import Commands
from benchmarks.faults.databases import Files, Server
from benchmarks.faults.heard import Payload
from benchmarks.faults.rows import Rows, rows_of
from benchmarks.faults.scenario import Scenario, one_day
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict, equal, partly_observed


class LeftOut(Exception):
    """The fault cannot be caused on this machine; the message says what is missing."""


class Bench:
    """Undisturbed runs are made once; their rows are the same on every engine, so one is enough."""

    def __init__(self, folder: Path, day: Scenario | None = None) -> None:
        self.folder = folder
        self.files = Files(folder)
        self.day = day or one_day()
        self._undisturbed: dict[str, Rows] = {}
        self._server: Server | None = None

    @cached_property
    def commands(self) -> Commands:
        return Commands(self.folder)

    @property
    def server(self) -> Server:
        if self._server is None:
            if not is_installed():
                raise LeftOut("mariadbd is not installed")
            self._server = Server(self.folder / "mariadb")
        return self._server

    @cached_property
    def undisturbed_day(self) -> Rows:
        return self.undisturbed("day", self.day)

    def undisturbed(self, name: str, scenario: Scenario) -> Rows:
        if name not in self._undisturbed:
            with self.site(scenario, self.files.url(f"undisturbed-{name}")) as site:
                site.run()
                self._undisturbed[name] = rows_of(site.engine)
                assert not site.troubles, site.troubles
        return self._undisturbed[name]

    def site(self, scenario: Scenario, url: str, spool: Path | None = None) -> Site:
        folder = self.folder / f"site-{len(list(self.folder.glob('site-*')))}"
        folder.mkdir()
        return Site(scenario, url, folder, spool)

    def day_with(self, disturbed: Undisturbed, url: str, spool: Path | None = None) -> Verdict:
        """A day of which nothing may be lost."""
        undisturbed = self.undisturbed_day
        with self.site(self.day, url, spool) as site:
            site.run(disturbed)
            return equal(undisturbed, rows_of(site.engine))

    def day_losing(
        self,
        disturbed: Undisturbed,
        url: str,
        minutes_lost: int | None,
        payload: Payload | None = None,
        spool: Path | None = None,
    ) -> Verdict:
        """A day of which `minutes_lost` park minutes cannot be observed."""
        undisturbed = self.undisturbed_day
        with self.site(self.day, url, spool) as site:
            site.run(disturbed)
            reference = self.files.url("told-only")
            return partly_observed(self.day, undisturbed, site.engine, reference, minutes_lost, payload)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()


@dataclass(frozen=True)
class Fault:
    """`done` and `expected` are for the table; `cause` does it and judges the result."""

    name: str
    done: str
    expected: str
    cause: Callable[[Bench], Verdict]
