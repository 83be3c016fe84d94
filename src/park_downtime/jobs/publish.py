"""The open data set written into a folder: what is there already and right is left alone."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine

from park_downtime.database.again import read_again
from park_downtime.database.aggregation import closings
from park_downtime.database.corrections import all_corrections
from park_downtime.database.daily import dates_with_data
from park_downtime.database.engine import reading
from park_downtime.database.entries import entries
from park_downtime.database.parks import all_parks
from park_downtime.database.published import methods_of, rows_of_month, unheard_dates
from park_downtime.database.version import is_simulated
from park_downtime.judging.rank_periods import mark
from park_downtime.periods import DAY, DateRange, month_of
from park_downtime.published.columns import OF_A_MONTH, PARKS, RIDES, STRETCHES, PublishedTable
from park_downtime.published.csv_file import write_table
from park_downtime.published.package import Package, PublishedFile, PublishedMonth, datapackage_json
from park_downtime.published.page import index_html
from park_downtime.stretches.archive import StretchArchive
from park_downtime.whole_file import writing_if_other

log = logging.getLogger(__name__)

FORMAT = 1
"""Rises when the tables are others: then every month is written anew."""
READABLE, READABLE_FOLDER = 0o644, 0o755
LOCK_FILE = ".publish.lock"
STATE_FILE = "month.json"

Progress = Callable[[int, int], None]


class PublishRefused(Exception):
    """Nothing can be published; the message says why."""


@dataclass(slots=True)
class PublishReport:
    months: int = 0
    months_written: int = 0
    judged_anew: list[str] = field(default_factory=list)
    files_written: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of a month that was published; in a file of its own beside its tables, written last.

    `mark`: of when its days were closed; with another one its files are made again.
    """

    mark: str
    month: PublishedMonth
    sizes: dict[str, tuple[int, str]]


def publish(
    engine: Engine,
    archive: StretchArchive,
    folder: Path,
    now: datetime,
    licence: str | None = None,
    may_be_simulated: bool = False,
    progress: Progress | None = None,
) -> PublishReport:
    """Raises PublishRefused, ArchiveUnreadable, OSError. Stopped at any moment, every file is whole, and the
    next call goes on.
    """
    simulated = read_again(engine, is_simulated)
    if simulated and not may_be_simulated:
        raise PublishRefused("the database holds simulated data; --simulated publishes them, marked as that")
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        return _Publishing(engine, archive, folder, now).run(licence, simulated, progress)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / LOCK_FILE).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishRefused(f"another `publish` is writing {folder}") from None
        yield


class _Publishing:
    def __init__(self, engine: Engine, archive: StretchArchive, folder: Path, now: datetime) -> None:
        self.engine, self.archive, self.folder, self.now = engine, archive, folder, now
        self.report = PublishReport()

    def run(self, licence: str | None, simulated: bool, progress: Progress | None) -> PublishReport:
        months = read_again(self.engine, _months)
        if not months:
            raise PublishRefused("no local day of any park has been closed yet")
        states = []
        for number, dates in enumerate(months):
            if progress is not None:
                progress(number, len(months))
            states.append(self._month(dates))
        files = [*self._reference(), *(file for state in states for file in _files_of(state))]
        package = Package(licence, simulated, files, [state.month for state in states], self._corrections())
        self._write("datapackage.json", _content(datapackage_json(package)))
        self._write("index.html", _content(index_html(package)))
        self.report.months = len(months)
        self.report.bytes = sum(file.bytes for file in files)
        counts = asdict(self.report)
        log.info("published", extra={**counts, "judged_anew": len(self.report.judged_anew)})
        return self.report

    def _month(self, dates: DateRange) -> _State:
        name = f"{dates.first:%Y-%m}"
        before = _read_state(self.folder / name / STATE_FILE)
        with reading(self.engine) as connection:
            closed = closings(connection, dates.first, dates.last)
            marked = f"{FORMAT}-{mark(closed)}"
            if before is not None and before.mark == marked:
                return before
            sizes = {
                table.name: self._table(
                    table, name, rows_of_month(connection, table.name, table.names, dates)
                )
                for table in OF_A_MONTH
            }
            methods, unheard = methods_of(connection, dates), unheard_dates(connection, dates)
        sizes[STRETCHES.name] = self._write(
            _path(name, STRETCHES), lambda out: self.archive.write_month(dates.first, out)
        )
        anew: Sequence[str] = ()
        if before is not None:
            anew = before.month.judged_anew
            if before.month.is_over and before.sizes != sizes:
                anew = [*anew, f"{self.now:%Y-%m-%d}"]
                self.report.judged_anew.append(name)
        # Of a zone's month the last day is closed last.
        is_over = bool(closed) and _zones(closed) == _zones(closed, dates.last)
        month = PublishedMonth(name, is_over, methods, [str(day) for day in unheard], list(anew))
        state = _State(marked, month, sizes)
        self._write(f"{name}/{STATE_FILE}", _content((json.dumps(asdict(state), indent=1) + "\n").encode()))
        self.report.months_written += 1
        return state

    def _table(self, table: PublishedTable, month: str, rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
        return self._write(_path(month, table), lambda out: write_table(out, table, rows, True))

    def _reference(self) -> list[PublishedFile]:
        with reading(self.engine) as connection:
            parks = [[getattr(one, name) for name in PARKS.names] for one in _in_order(connection)]
            rides = [
                [getattr(one, name) for name in RIDES.names] for _, one in sorted(entries(connection).items())
            ]
        return [self._plain(PARKS, parks), self._plain(RIDES, rides)]

    def _plain(self, table: PublishedTable, rows: Sequence[Sequence[Any]]) -> PublishedFile:
        path = f"{table.name}.csv"
        return PublishedFile(
            table, path, *self._write(path, lambda out: write_table(out, table, rows, False))
        )

    def _corrections(self) -> list[dict[str, Any]]:
        return [
            {
                "park_id": one.park_id,
                "ride_id": one.ride_id,
                "started_at": f"{one.started_at:%Y-%m-%dT%H:%M:%SZ}",
                "ended_at": f"{one.ended_at:%Y-%m-%dT%H:%M:%SZ}",
                "reason": one.reason,
            }
            for one in read_again(self.engine, all_corrections)
            if one.withdrawn_at is None
        ]

    def _write(self, path: str, write: Callable[[BinaryIO], object]) -> tuple[int, str]:
        """Size and checksum of the file; it is left alone where it holds that already."""
        file = self.folder / path
        file.parent.mkdir(exist_ok=True)
        file.parent.chmod(READABLE_FOLDER)
        before = file.stat().st_ino if file.exists() else None
        with writing_if_other(file) as out:
            write(out)
        file.chmod(READABLE)  # whatever the umask of the jobs is: a web server has another user
        self.report.files_written += file.stat().st_ino != before
        content = file.read_bytes()
        return len(content), hashlib.sha256(content).hexdigest()


def _content(content: bytes) -> Callable[[BinaryIO], object]:
    return lambda out: out.write(content)


def _zones(closed: Iterable[tuple[str, date]], day: date | None = None) -> set[str]:
    """The time zones that have closed the day, or any."""
    return {timezone for timezone, closed_day in closed if day in (None, closed_day)}


def _in_order(connection: Connection) -> list[Any]:
    return [park for _, park in sorted(all_parks(connection).items())]


def _months(connection: Connection) -> list[DateRange]:
    """From the first to the last that has data, oldest first."""
    known = dates_with_data(connection, list(all_parks(connection)))
    months: list[DateRange] = []
    day: date | None = None if known is None else known.first
    while known is not None and day is not None and day <= known.last:
        months.append(month_of(day))
        day = months[-1].last + DAY
    return months


def _path(month: str, table: PublishedTable) -> str:
    return f"{month}/{table.name}.csv.gz"


def _files_of(state: _State) -> list[PublishedFile]:
    month = state.month.month
    return [
        PublishedFile(table, _path(month, table), *state.sizes[table.name], month)
        for table in (*OF_A_MONTH, STRETCHES)
    ]


def _read_state(file: Path) -> _State | None:
    """None: the month was not published, or not to its end."""
    try:
        values = json.loads(file.read_bytes())
        month = values["month"]
        methods = None if month["methods"] is None else tuple(month["methods"])
        sizes = {name: (size, sha256) for name, (size, sha256) in values["sizes"].items()}
        return _State(values["mark"], PublishedMonth(**{**month, "methods": methods}), sizes)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
