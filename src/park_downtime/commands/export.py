"""`park-downtime export`: everything permanent in one file, for another database of either engine."""

from __future__ import annotations

from pathlib import Path

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.progress import progress
from park_downtime.commands.saying import say


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with-readings",
    is_flag=True,
    help="Also what is kept for days only (readings, runs, cycles, use of keys): for a move.",
)
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@pass_invocation
def command(invocation: Invocation, file: Path, with_readings: bool, force: bool) -> None:
    """Write everything permanent into FILE, one compressed archive with counts and checksums.

    Parks, rides, classifications, sessions, outages, statistics, the aggregation log and hashes of API keys,
    as of one moment, and the stretches of closed days; others may go on writing. Reads the database and
    ARCHIVE_DIR, writes FILE (readable by you alone).
    """
    from park_downtime.clock import utc_now
    from park_downtime.jobs.transfer import export_archive

    if file.exists() and not force:
        raise click.ClickException(f"{file} exists: name another file, or say --force to overwrite it")
    archive = invocation.archive()
    with invocation.database() as engine, progress("Exporting") as tell:
        try:
            report = export_archive(engine, file, utc_now(), with_readings, tell, archive)
        except FileNotFoundError:
            raise  # told with its name
        except OSError as error:
            raise click.ClickException(f"{file} cannot be written: {error.strerror or error}") from None
    simulated = "simulated " if report.is_simulated else ""
    say(f"Exported {report.rows} {simulated}rows of {report.tables} tables to {file}")
    say(f"with the stretches of {report.stretch_days} days of parks from {archive.folder}")
