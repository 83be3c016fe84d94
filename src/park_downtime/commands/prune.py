"""`park-downtime prune`: raw rows that are old and no longer needed."""

from __future__ import annotations

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("prune")
@pass_invocation
def command(invocation: Invocation) -> None:
    """Delete raw rows that are old and no longer needed.

    Snapshots after 24 hours, runs and activity after 7 days, each only once the local day of its park is
    final, runs once their stretches are in ARCHIVE_DIR; cycles after 90 days; rides that one payload
    brought and no other named within a week. Statistics are never deleted. Reads and writes the database;
    writes to ARCHIVE_DIR what is missing there; start it every hour.
    """
    from park_downtime.clock import utc_now
    from park_downtime.jobs.prune import prune

    with invocation.database() as engine:
        report = prune(engine, utc_now(), invocation.archive())
    say(
        f"Deleted {report.snapshots} snapshots, {report.runs} runs, {report.activity} activity rows, "
        f"{report.cycles} cycles" + (f", {report.rides} rides that were heard once" if report.rides else "")
    )
    if report.parks_held_back:
        say(f"Rows of {report.parks_held_back} parks stay until `aggregate` has closed their days.")
    if report.not_archived:
        raise click.ClickException(f"runs of {len(report.not_archived)} parks stay: {report.not_archived[0]}")
