"""`park-downtime publish`: the open data set, for any web server to serve as it is."""

from __future__ import annotations

from pathlib import Path

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.progress import progress
from park_downtime.commands.saying import say


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--simulated", is_flag=True, help="Publish simulated data, marked as that.")
@pass_invocation
def command(invocation: Invocation, folder: Path, simulated: bool) -> None:
    """Write the open data set into DIR, for any web server to serve as it is.

    Parks and rides, and for each month the final days of parks and rides, the outages and the stretches as
    CSV, packed; datapackage.json, which says what every column means, and a page. A month whose days were
    not closed again since is left alone; one that was over and has other figures says so.

    Reads the database and ARCHIVE_DIR, writes DIR; start it once a day, after the nights.
    """
    from park_downtime.clock import utc_now
    from park_downtime.jobs.publish import PublishRefused, publish

    settings = invocation.settings
    with invocation.database() as engine, progress("Publishing") as tell:
        try:
            report = publish(
                engine, invocation.archive(), folder, utc_now(), settings.data_license, simulated, tell
            )
        except PublishRefused as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(
                f"{folder} cannot be written: {reason}; what is there is whole"
            ) from None
    say(
        f"{report.months} months, {report.bytes / 1e6:.1f} MB in {folder}; {report.months_written} months "
        f"made, {report.files_written} files written"
        + (f"; judged anew: {', '.join(report.judged_anew)}" if report.judged_anew else "")
    )
