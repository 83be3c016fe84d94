"""`park-downtime import`: what `export` wrote, into an empty database of either engine."""

from __future__ import annotations

from pathlib import Path

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.progress import progress
from park_downtime.commands.saying import say


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Delete everything in the database first.")
@pass_invocation
def command(invocation: Invocation, file: Path, replace: bool) -> None:
    """Store what `export` wrote into FILE in an empty, migrated database.

    FILE is compared with its counts and checksums before anything is written; periods are summed anew.
    While it is at work no cycle is collected. Reads FILE, writes the database.
    """
    from park_downtime.clock import utc_now
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.jobs.transfer import import_archive

    with (
        invocation.database() as engine,
        collecting_alone(invocation.settings.spool_dir, "import", utc_now()),
        progress("Importing") as tell,
    ):
        report = import_archive(engine, file, replace, tell)
    simulated = "simulated " if report.is_simulated else ""
    say(f"Imported {report.rows} {simulated}rows of {report.tables} tables, exported at {report.of}")
