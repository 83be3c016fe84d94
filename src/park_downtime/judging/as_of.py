"""An earlier moment as a database of its own: what a program would hold that had heard the feed up to
then and no further. Everything that is asked of now is asked of it, in the same words.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine

from park_downtime.database.as_of_copy import create_tables
from park_downtime.database.as_of_reads import Mark, mark_of
from park_downtime.database.cycles import latest_cycle
from park_downtime.database.engine import make_engine, reading, writing
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.database.runs import first_daily_date
from park_downtime.database.version import current_version
from park_downtime.judging.as_of_fill import fill
from park_downtime.judging.park_history import first_whole_day
from park_downtime.periods import local_date

FILE = "moment.sqlite"


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of an earlier moment. `at`: the last cycle that had landed; None: nothing had.

    `judged_from` is the first day whose runs are kept, where the moment lies before it: of such a moment
    only whole closed days are known.
    """

    at: datetime | None
    judged_from: date | None = None


def known_of(connection: Connection, as_of: datetime) -> Known:
    """A moment before the cycles that are kept stands for itself, once a whole day lies behind it."""
    parks = [park for park in all_parks(connection).values() if park.is_tracked]
    cycle = latest_cycle(connection, not_after=as_of)
    if cycle is None and not _has_whole_days(connection, as_of, parks):
        return Known(None)
    at = as_of if cycle is None else cycle.recorded_at
    first = {park.park_id: first_whole_day(connection, park) for park in parks}
    if any(first[park.park_id] <= local_date(at, park.zone) for park in parks):
        return Known(at)
    return Known(at, min((day for day in first.values() if day < date.max), default=None))


def _has_whole_days(connection: Connection, as_of: datetime, parks: list[ParkRow]) -> bool:
    first = first_daily_date(connection)
    return first is not None and any(first < local_date(as_of, park.zone) for park in parks)


class AsOfDatabase:
    """A file in a temporary folder, which goes with this object. Safe for threads."""

    def __init__(self, source: Engine, as_of: datetime) -> None:
        self.as_of = as_of
        self.known = Known(None)
        self.parks_without_waits: frozenset[int] = frozenset()
        self._source = source
        self._engine: Engine | None = None
        self._version: int | None = None
        self._mark: Mark | None = None
        self._lock = Lock()

    @property
    def is_made(self) -> bool:
        return self._mark is not None

    def refresh(self) -> None:
        """Make it, or make it anew where something has arrived that lies before the moment; who reads
        meanwhile sees what was there before. Raises what DATABASE_UNAVAILABLE names.
        """
        with self._lock, reading(self._source) as source:
            version, _ = current_version(source)
            if version == self._version:
                return
            mark = mark_of(source, self.as_of)
            if mark != self._mark:
                if self._engine is None:
                    self._engine = self._make()
                known = known_of(source, self.as_of)
                with writing(self._engine) as target:
                    self.parks_without_waits = fill(source, target, self.as_of, known.at)
                self.known, self._mark = known, mark
            self._version = version

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions; the first one waits until the database is made."""
        if not self.is_made:
            self.refresh()
        if self._engine is None:
            raise RuntimeError("the database of an earlier moment was not made")
        with reading(self._engine) as connection:
            yield connection

    def _make(self) -> Engine:
        folder = tempfile.mkdtemp(prefix="park-downtime-as-of-")
        engine = make_engine(f"sqlite:///{Path(folder) / FILE}")
        weakref.finalize(self, _forget, engine, folder)
        create_tables(engine)
        return engine


def _forget(engine: Engine, folder: str) -> None:
    engine.dispose()
    shutil.rmtree(folder, ignore_errors=True)
