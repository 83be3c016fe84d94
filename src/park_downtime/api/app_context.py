"""What the application was made with, and what every request may ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Connection, Engine

from park_downtime.api.caching.data_version import DataVersion, Version, VersionWatch, data_version_of
from park_downtime.api.caching.single_flight_cache import SingleFlightCache
from park_downtime.api.health.facts import RememberedFacts
from park_downtime.api.health.primary_watch import PrimaryWatch
from park_downtime.clock import Clock
from park_downtime.config.settings import Settings
from park_downtime.database.again import tried_again
from park_downtime.database.cycles import latest_cycle
from park_downtime.database.engine import reading
from park_downtime.database.replica import reading_replica, require_fresh
from park_downtime.database.version import current_version, is_simulated
from park_downtime.judging.as_of import AsOfDatabase

EXTENSION = "park_downtime"


@dataclass
class AppContext:
    """`fixed_at`: everything is shown as it stood at that moment; None: as it is.

    `feed_trouble` is what the embedded run's own collection last failed with, in words; `history` how
    far that of a demo is filled in, while it is.
    """

    settings: Settings
    engine: Engine
    read_engine: Engine
    fixed_at: datetime | None
    clock: Clock
    feed_trouble: str | None = None
    history: str | None = None
    answers: SingleFlightCache = field(default_factory=SingleFlightCache)
    health_facts: RememberedFacts = field(default_factory=RememberedFacts)
    watch: VersionWatch = field(init=False)
    primary_watch: PrimaryWatch = field(init=False)
    past: AsOfDatabase | None = field(init=False)

    def __post_init__(self) -> None:
        self.past = None if self.fixed_at is None else AsOfDatabase(self.read_engine, self.fixed_at)
        self.watch = VersionWatch(lambda before: tried_again(lambda: self._look(before)))
        self.primary_watch = PrimaryWatch(self.engine)

    def now(self) -> datetime:
        return self.fixed_at or self.clock()

    def data_version(self) -> DataVersion:
        """The state of the data that this request speaks of. Raises ReplicaBehind where that is over."""
        if self.past is not None and not self.past.is_made:
            self.past.refresh()  # which takes longer than a look at the version may
        version = self.watch.current()
        if self.has_replica and self.fixed_at is None:
            interval = version.interval_seconds or self.settings.interval_seconds
            require_fresh(self.primary_watch.newest(), version.as_of, interval)
        return data_version_of(version, self.now())

    @property
    def has_replica(self) -> bool:
        return self.read_engine is not self.engine

    @property
    def is_embedded(self) -> bool:
        """Whether this is the program of one person, with its database in a file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def parks_without_waits(self) -> frozenset[int]:
        """Parks of which waits of the earlier moment shown are no longer kept."""
        return frozenset() if self.past is None else self.past.parks_without_waits

    @property
    def waits_known(self) -> bool:
        return not self.parks_without_waits

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions: to the replica where there is one, or to the earlier moment."""
        if self.past is not None:
            opened = self.past.reading()
        else:
            opened = (reading_replica if self.has_replica else reading)(self.read_engine)
        with opened as connection:
            yield connection

    def is_simulated(self) -> bool:
        """Of the database itself, whatever moment is shown."""
        with self.reading() as connection:
            return is_simulated(connection)

    def _look(self, before: Version | None) -> Version:
        if self.past is not None:
            self.past.refresh()
        with self.reading() as connection:
            number, as_of = current_version(connection)
            if before is not None and before.number == number:
                return before
            cycle = latest_cycle(connection)
        interval = self.settings.interval_seconds if cycle is None else cycle.interval_seconds
        return Version(number, as_of, interval, self.is_simulated())


def service_of(app: Flask) -> AppContext:
    return cast(AppContext, app.extensions[EXTENSION])


def service() -> AppContext:
    """The service of the request being answered."""
    return service_of(current_app)


def tell_history(app: Flask, state: str | None) -> None:
    """The embedded run says how far the history of a demo is filled in; None: it is complete."""
    service_of(app).history = state


def tell_feed_trouble(app: Flask, reason: str | None) -> None:
    """The embedded run says why its last collection got nothing; None: it works again."""
    service_of(app).feed_trouble = reason
