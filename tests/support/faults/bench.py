"""What every fault is given: folders, databases, and undisturbed runs to compare with."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from faults.commands import Commands
from faults.comparison import unequal, unexplained
from faults.databases import Files, Server
from faults.outcomes import Payload
from faults.rows import Rows, rows_of
from faults.scenario import Scenario, one_day
from faults.site import Site, Undisturbed


class Bench:
    """Undisturbed runs are made once; their rows are the same on every engine, so one is enough."""

    def __init__(self, folder: Path, day: Scenario | None = None) -> None:
        self.folder = folder
        self.files = Files(folder)
        self.day = day or one_day()
        self._undisturbed: dict[str, Rows] = {}

    @cached_property
    def commands(self) -> Commands:
        return Commands(self.folder)

    @cached_property
    def server(self) -> Server:
        return Server(self.folder / "mariadb")

    @cached_property
    def undisturbed_day(self) -> Rows:
        return self.undisturbed("day", self.day)

    def undisturbed(self, name: str, scenario: Scenario) -> Rows:
        if name not in self._undisturbed:
            with self.site(scenario, self.files.url(f"undisturbed-{name}")) as site:
                site.run()
                self._undisturbed[name] = rows_of(site.engine)
                assert not site.troubles, site.troubles
                assert all(self._undisturbed[name].values()), "a table without a row compares nothing"
        return self._undisturbed[name]

    def site(self, scenario: Scenario, url: str, spool: Path | None = None) -> Site:
        folder = self.folder / f"site-{len(list(self.folder.glob('site-*')))}"
        folder.mkdir()
        return Site(scenario, url, folder, spool)

    def lost_by(self, disturbed: Undisturbed, url: str, spool: Path | None = None) -> list[str]:
        """What is not as on the undisturbed day, where nothing may be lost."""
        undisturbed = self.undisturbed_day
        with self.site(self.day, url, spool) as site:
            site.run(disturbed)
            return unequal(undisturbed, rows_of(site.engine))

    def unexplained_by(
        self,
        disturbed: Undisturbed,
        url: str,
        minutes_lost: int | None,
        payload: Payload | None = None,
        spool: Path | None = None,
    ) -> list[str]:
        """What is wrong with a day of which `minutes_lost` park minutes cannot be observed."""
        undisturbed = self.undisturbed_day
        with self.site(self.day, url, spool) as site:
            site.run(disturbed)
            reference = self.files.url("told-only")
            return unexplained(self.day, undisturbed, site.engine, reference, minutes_lost, payload)

    def close(self) -> None:
        if "server" in self.__dict__:
            self.server.mariadb.stop()
