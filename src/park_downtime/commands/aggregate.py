"""`park-downtime aggregate`: close the local days that are over."""

from __future__ import annotations

from datetime import date, datetime

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("aggregate")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Redo this local day in every zone, as long as its runs are kept.",
)
@pass_invocation
def command(invocation: Invocation, day: datetime | None) -> None:
    """Close the local days that are over, zone by zone, and total weeks, months and years.

    Works out by itself what is due: start it every hour. What cannot be closed yet is left for the next
    time. Reads readings and runs, writes statistics, the aggregation log, and the stretches of the days
    to ARCHIVE_DIR.
    """
    from park_downtime.clock import utc_now
    from park_downtime.jobs.aggregate import aggregate_day, aggregate_due

    now, archive = utc_now(), invocation.archive()
    with invocation.database() as engine:
        if day is None:
            report = aggregate_due(engine, now, archive)
        else:
            report = aggregate_day(engine, day.date(), now, archive)
    say(
        f"{_zone_days(report.closed)} closed, {_zone_days(report.waiting)} not over yet; "
        f"{report.parks_final} park days final, {report.rows_written} rows"
    )
    if report.failed:
        reasons = "; ".join(f"{timezone} {of_day}: {reason}" for timezone, of_day, reason in report.failed)
        raise click.ClickException(f"{_zone_days(report.failed)} failed: {reasons}")


def _zone_days(zone_days: list[tuple[str, date]] | list[tuple[str, date, str]]) -> str:
    return f"{len(zone_days)} {'day of a zone' if len(zone_days) == 1 else 'days of zones'}"
