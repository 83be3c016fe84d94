"""Everything permanent out of one database and into another, whichever engine either has."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError

from park_downtime import __version__
from park_downtime.archive import (
    ArchiveReader,
    ArchiveUnusable,
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
    """`of`: when what was carried was exported."""

    tables: int
    rows: int
    of: str
    has_readings: bool
    is_simulated: bool


def export_archive(
    engine: Engine, path: Path, now: datetime, with_readings: bool = False, progress: Progress | None = None
) -> TransferReport:
    """Write the archive from one state of the database. Raises SchemaBehind, OSError."""
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
        )
        archive.manifest(manifest)
    return _report("exported", manifest)


def import_archive(
    engine: Engine, path: Path, replace: bool = False, progress: Progress | None = None
) -> TransferReport:
    """Store what an archive of this release or an earlier one holds, and sum the periods anew.

    The archive is read through and compared with its manifest before anything is written. Raises
    ArchiveUnusable, NotEmpty, SchemaBehind, ImportStopped, OSError.
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
        return _report("imported", archive.manifest)


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
    _roll_up_anew(engine)
    for park_id, day in manifest.totals.items():
        with writing(engine) as connection:
            rebuild_totals(connection, [int(park_id)], date.fromisoformat(day))
    with writing(engine) as connection:
        _set_version(connection, manifest)


def _roll_up_anew(engine: Engine) -> None:
    """Weeks, months and years of a release that did not say which days they count."""
    with reading(engine) as connection:
        if are_all_counted(connection):
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


def _report(what: str, manifest: Manifest) -> TransferReport:
    rows = sum(entry.rows for entry in manifest.tables.values())
    report = TransferReport(
        len(manifest.tables), rows, manifest.exported_at, manifest.has_readings, manifest.simulated
    )
    log.info(what, extra={"tables": report.tables, "rows": rows, "has_readings": report.has_readings})
    return report
