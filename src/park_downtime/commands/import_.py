"""`park-downtime import`: what `export` wrote, into an empty database of either engine and ARCHIVE_DIR."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.progress import progress
from park_downtime.commands.saying import say

if TYPE_CHECKING:
    from park_downtime.jobs.transfer import TransferReport


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Delete everything in the database first.")
@pass_invocation
def command(invocation: Invocation, file: Path, replace: bool) -> None:
    """Store what `export` wrote into FILE in an empty, migrated database.

    FILE is compared with its counts and checksums before anything is written; periods are summed anew.
    Stretches of closed days go to ARCHIVE_DIR, where days that are there already stay; if one has another
    content, nothing is imported. While it is at work no cycle is collected. Reads FILE, writes the database
    and ARCHIVE_DIR.
    """
    from park_downtime.clock import utc_now
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.jobs.transfer import import_archive

    archive = invocation.archive()
    with (
        invocation.database() as engine,
        collecting_alone(invocation.settings.spool_dir, "import", utc_now()),
        progress("Importing") as tell,
    ):
        report = import_archive(engine, file, replace, tell, archive)
    simulated = "simulated " if report.is_simulated else ""
    say(f"Imported {report.rows} {simulated}rows of {report.tables} tables, exported at {report.of}")
    say(_told_stretches(report, archive.folder, invocation.settings.sources.get("ARCHIVE_DIR") == "default"))


def _told_stretches(report: TransferReport, folder: Path, is_default: bool) -> str:
    if report.stretch_days is None:
        return (
            f"{report.tables} tables are all it has: an earlier release exports no stretches. What that "
            f"installation has in its ARCHIVE_DIR can be copied to {folder}"
        )
    place = f"{folder} (ARCHIVE_DIR is not set)" if is_default else str(folder)
    return (
        f"with the stretches of {report.stretch_days} days of parks in {place}, "
        f"{report.stretch_days_added} of them new there"
    )
