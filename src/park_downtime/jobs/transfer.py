"""Everything permanent out of one installation and into another: its database, whichever engine either has,
and the stretches of its closed days.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError

from park_downtime import __version__
from park_downtime.archive import (
    ArchiveReader,
    ArchiveUnusable,
    ArchiveWriter,
    FileEntry,
    Manifest,
    reading_archive,
    writing_archive,
)
from park_downtime.database.by_park import every_park
from park_downtime.database.daily import dates_with_data
from park_downtime.database.engine import in_one_line, reading, writing
from park_downtime.database.revisions import is_before
from park_downtime.database.rolled_up import are_all_counted
from park_downtime.database.schema import newest_revision, require_newest
from park_downtime.database.totals import rebuild_totals
from park_downtime.database.transfer import (
    ALL_TABLES,
    CAME_AFTER_0_1,
    PERMANENT,
    READINGS,
    count_rows,
    delete_some,
    filled_tables,
    fits,
    in_batches,
    insert_plain,
    instant,
    instant_text,
    name_in_archive,
    plain_rows,
    set_version,
    totals_made_for,
)
from park_downtime.database.version import current_version, is_simulated, mark_simulated
from park_downtime.judging.roll_up import each_period, roll_up_one
from park_downtime.reports.make_ready import make_periods_ready
from park_downtime.stretches.archive import StretchArchive
from park_downtime.stretches.carried import (
    CarriedMonth,
    add_missing,
    carried_month,
    carried_months,
    require_no_other,
)
from park_downtime.stretches.month_file import MonthDamaged

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

OLDEST_IMPORTED = "0038"
"""The revision of release 0.1.0; archives go back further than databases that can be migrated."""


class NotEmpty(Exception):
    """The database to import into already holds something."""


class ImportStopped(Exception):
    """Part of the archive has been stored, part has not."""


@dataclass(frozen=True, slots=True)
class TransferReport:
    """`of`: when what was carried was exported; `stretch_days`: days of parks whose stretches were carried,
    None where the file has none of any day; `stretch_days_added`: those that were not in the folder yet.
    """

    tables: int
    rows: int
    of: str
    has_readings: bool
    is_simulated: bool
    stretch_days: int | None
    stretch_days_added: int = 0


def export_archive(
    engine: Engine,
    path: Path,
    now: datetime,
    with_readings: bool = False,
    progress: Progress | None = None,
    stretches: StretchArchive | None = None,
) -> TransferReport:
    """Write the archive from one state of the database. Raises SchemaBehind, ArchiveUnreadable, OSError."""
    require_newest(engine)
    tables = [table for table in ALL_TABLES if table in PERMANENT or (with_readings and table in READINGS)]
    with writing_archive(path) as archive, reading(engine) as connection:
        version, as_of = current_version(connection)
        totals = totals_made_for(connection)
        entries = {}
        for number, table in enumerate(tables, start=1):
            columns = [column.name for column in table.columns]
            entries[table.name] = archive.table(table.name, columns, plain_rows(connection, table))
            if progress is not None:
                progress(number, len(tables))
        # After the tables: what is final there has its stretches.
        months = None if stretches is None else dict(_write_stretches(archive, stretches, progress))
        manifest = Manifest(
            schema_revision=newest_revision(),
            program_version=__version__,
            exported_at=instant_text(now),
            as_of=None if as_of is None else instant_text(as_of),
            data_version=version,
            has_readings=with_readings,
            totals={str(park_id): day.isoformat() for park_id, day in sorted(totals.items())},
            tables=entries,
            simulated=is_simulated(connection),
            stretches=None if months is None else {name: entry for name, (entry, _) in months.items()},
        )
        archive.manifest(manifest)
    return _report("exported", manifest, None if months is None else sum(days for _, days in months.values()))


def _write_stretches(
    archive: ArchiveWriter, stretches: StretchArchive, progress: Progress | None
) -> Iterator[tuple[str, tuple[FileEntry, int]]]:
    """By name: what the manifest is to say, and how many days it has."""
    total = len(stretches.months())
    for number, month in enumerate(carried_months(stretches), start=1):
        yield month.name, (archive.stretches(month.name, month.content), len(month.days))
        if progress is not None:
            progress(number, total)


def import_archive(
    engine: Engine,
    path: Path,
    replace: bool = False,
    progress: Progress | None = None,
    stretches: StretchArchive | None = None,
) -> TransferReport:
    """Store what an archive of this release or an earlier one holds, and sum the periods anew.

    The archive is read through and compared with its manifest, and its stretches with those that are stored,
    before anything is written. Stretches come first: no day is final before its own are there. Raises
    ArchiveUnusable, NotEmpty, StretchesDiffer, SchemaBehind, ImportStopped, ArchiveUnwritable,
    ArchiveUnreadable, OSError.
    """
    require_newest(engine)
    with reading_archive(path) as archive:
        _require_fitting(archive, path)
        with reading(engine) as connection:
            filled = filled_tables(connection)
        if filled and not replace:
            raise NotEmpty(
                f"the database is not empty ({', '.join(filled[:3])}{', ...' if len(filled) > 3 else ''}): "
                "import into an empty one, or say --replace to delete what is there"
            )
        archive.check()
        days = added = 0
        if stretches is not None:
            days = require_no_other(stretches, _carried(archive), path)
            added = add_missing(stretches, _carried(archive, progress))
        if filled:
            _clear(engine)
        try:
            _store(engine, archive, progress)
        except (ValueError, TypeError, IntegrityError, DataError) as error:
            raise ImportStopped(
                f"{path} holds what cannot be stored ({in_one_line(error)}); the import is not complete: "
                "repeat it with --replace"
            ) from error
        make_periods_ready(engine)
        has_none = archive.manifest.stretches is None
        return _report("imported", archive.manifest, None if has_none else days, added)


def _carried(archive: ArchiveReader, progress: Progress | None = None) -> Iterator[CarriedMonth]:
    """Raises ArchiveUnusable."""
    names = archive.manifest.stretches or {}
    for number, name in enumerate(names, start=1):
        try:
            yield carried_month(name, archive.stretches(name))
        except MonthDamaged as error:
            raise ArchiveUnusable(f"stretches of {name} in the archive cannot be used: {error}") from error
        if progress is not None:
            progress(number, len(names))


def _require_fitting(archive: ArchiveReader, path: Path) -> None:
    """Raises ArchiveUnusable for what this program does not know: nothing is left out in silence."""
    of, newest = archive.manifest.schema_revision, newest_revision()
    if is_before(newest, of):
        raise ArchiveUnusable(
            f"{path} is of revision {of}, this program has {newest}: import it with the release that "
            "made it, or a newer one"
        )
    if is_before(of, OLDEST_IMPORTED):
        raise ArchiveUnusable(
            f"{path} is of revision {of}, which no release had: this program reads archives from "
            f"{OLDEST_IMPORTED} (release 0.1.0) to {newest}"
        )
    names = archive.manifest.tables
    known = {name_in_archive(table, names): table for table in ALL_TABLES}
    strange = [
        name
        for name, entry in archive.manifest.tables.items()
        if name not in known or not fits(known[name], entry.columns, is_earlier=of != newest)
    ]
    wanted = [table for table in PERMANENT if of == newest or table not in CAME_AFTER_0_1]
    missing = [name for table in wanted if (name := name_in_archive(table, names)) not in names]
    if strange or missing:
        raise ArchiveUnusable(f"{path} is damaged: {', '.join(strange + missing)} does not fit the manifest")


def _clear(engine: Engine) -> None:
    """Children first, in transactions that none has to wait long for."""
    for table in reversed(ALL_TABLES):
        while True:
            with writing(engine) as connection:
                if delete_some(connection, table) == 0:
                    break


def _store(engine: Engine, archive: ArchiveReader, progress: Progress | None) -> None:
    manifest = archive.manifest
    total = sum(entry.rows for entry in manifest.tables.values())
    done = 0
    if manifest.simulated:
        with writing(engine) as connection:  # before the rest: an import that breaks off leaves no doubt
            mark_simulated(connection)
    for table in ALL_TABLES:
        name = name_in_archive(table, manifest.tables)
        entry = manifest.tables.get(name)
        if entry is None:
            continue
        for batch in in_batches(archive.rows(name)):
            with writing(engine) as connection:
                insert_plain(connection, table, entry.columns, batch)
            done += len(batch)
            if progress is not None:
                progress(done, total)
        with reading(engine) as connection:
            stored = count_rows(connection, table)
        if stored != entry.rows:
            raise ValueError(f"{table.name} has {stored} rows instead of {entry.rows}: something else writes")
    _roll_up_anew(engine, manifest.schema_revision != newest_revision())
    for park_id, day in manifest.totals.items():
        with writing(engine) as connection:
            rebuild_totals(connection, [int(park_id)], date.fromisoformat(day))
    with writing(engine) as connection:
        _set_version(connection, manifest)


def _roll_up_anew(engine: Engine, is_of_another_form: bool) -> None:
    """Weeks, months and years of a release that did not say which days they count, or of a form of the schema
    that may lack what their days add up to.
    """
    with reading(engine) as connection:
        if not is_of_another_form and are_all_counted(connection):
            return
        park_ids = every_park(connection)
        dates = dates_with_data(connection, park_ids)
    if dates is not None:
        for level, day in each_period(dates.first, dates.last):
            with writing(engine) as connection:
                roll_up_one(connection, level, park_ids, day)


def _set_version(connection: Connection, manifest: Manifest) -> None:
    """Another version than any that was answered before; without readings there is no `now` yet."""
    known = manifest.as_of is not None and manifest.has_readings
    as_of = instant(manifest.as_of or "") if known else None
    set_version(connection, manifest.data_version + 1, as_of, manifest.simulated)


def _report(what: str, manifest: Manifest, stretch_days: int | None, added: int = 0) -> TransferReport:
    rows = sum(entry.rows for entry in manifest.tables.values())
    report = TransferReport(
        len(manifest.tables),
        rows,
        manifest.exported_at,
        manifest.has_readings,
        manifest.simulated,
        stretch_days,
        added,
    )
    counts = {"tables": report.tables, "rows": rows, "stretch_days": stretch_days}
    log.info(what, extra={**counts, "has_readings": report.has_readings})
    return report
