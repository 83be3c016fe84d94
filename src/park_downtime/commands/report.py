"""`park-downtime report`: the numbers in the terminal."""

from __future__ import annotations

from datetime import datetime

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option


@click.command("report")
@click.option("--live", is_flag=True, help="What is open now, park by park, instead of rankings.")
@click.option(
    "--park", "park_ids", type=int, multiple=True, metavar="ID", help="Only this park, with its rides."
)
@as_of_option
@pass_invocation
def command(invocation: Invocation, live: bool, park_ids: tuple[int, ...], as_of: datetime | None) -> None:
    """Rankings of parks and rides, or with --live what is open now.

    Reads the database; writes to the terminal only.
    """
    from park_downtime.clock import utc_now
    from park_downtime.commands.report_live import live_lines
    from park_downtime.database.engine import reading
    from park_downtime.database.live import live_parks

    if not live:
        raise click.UsageError("say what to report: --live")
    with invocation.database() as engine, reading(engine) as connection:
        view = live_parks(connection, as_of)
    unknown = sorted(set(park_ids) - {park.park_id for park in view.parks})
    if unknown and view.as_of is not None:
        raise click.ClickException(f"no tracked park {', '.join(map(str, unknown))}")
    click.echo("\n".join(live_lines(view, as_of or utc_now(), park_ids)))
