"""What several tests disturb a day with: the feed, our clock, the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from faults.scenario import AFTERNOON, HOUR
from faults.site import Site, Undisturbed
from mariadb_server import MariaDB


class Quirky(Undisturbed):
    """The feed shows `plan` from `start` to `end`."""

    def __init__(self, plan: str, start: datetime, end: datetime) -> None:
        self.plan, self.start, self.end = plan, start, end

    def before(self, site: Site, at: datetime) -> None:
        if at == self.start:
            site.quirks(self.plan)
        elif at == self.end:
            site.quirks("")


class Down(Undisturbed):
    """Nobody listens for an hour."""

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            site.feed_down()
        elif at == AFTERNOON + HOUR:
            site.feed_up()


class WrongClock(Undisturbed):
    """`late`: how much later than on the minute the cycles of the wrong hour begin; negative: before it."""

    def __init__(self, off: timedelta, late: timedelta) -> None:
        self.off, self.late = off, late

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            site.clock_is_off = self.off + self.late
        elif at == AFTERNOON + HOUR:
            site.clock_is_off = timedelta(0)


class StoppedForAnHour(Undisturbed):
    """The database is away from one cycle to the sixth after it."""

    def __init__(self, server: MariaDB) -> None:
        self.server = server

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            self.server.stop()
        elif at == AFTERNOON + HOUR:
            self.server.start()
