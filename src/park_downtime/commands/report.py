"""`park-downtime report`: the numbers in the terminal."""

from __future__ import annotations

from datetime import datetime

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option
from park_downtime.model import Period


@click.command("report")
@click.option("--live", is_flag=True, help="What is open now, park by park, instead of rankings.")
@click.option(
    "--period",
    type=click.Choice([period.value for period in Period]),
    default=Period.TODAY.value,
    show_default=True,
    help="What the rankings add up: local days of each park.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    metavar="ROWS",
    help="How many parks and how many rides the rankings list.",
)
@click.option(
    "--park", "park_ids", type=int, multiple=True, metavar="ID", help="Only this park, with its rides."
)
@as_of_option
@pass_invocation
def command(
    invocation: Invocation,
    live: bool,
    period: str,
    limit: int,
    park_ids: tuple[int, ...],
    as_of: datetime | None,
) -> None:
    """Parks and rides ranked by downtime, or with --live what is open now.

    Reads the database; writes to the terminal only. Times shown are UTC.
    """
    from park_downtime.clock import utc_now
    from park_downtime.commands.report_live import live_lines
    from park_downtime.commands.report_rankings import ranking_lines
    from park_downtime.database.engine import reading
    from park_downtime.database.live import live_parks
    from park_downtime.database.moment import moment

    now = as_of or utc_now()
    with invocation.database() as engine, reading(engine) as connection:
        at = moment(connection, as_of)
        unknown = sorted(set(park_ids) - at.parks.keys())
        if unknown:
            raise click.ClickException(f"no tracked park {', '.join(map(str, unknown))}")
        if live:
            lines = live_lines(live_parks(connection, as_of), now, park_ids)
        else:
            lines = ranking_lines(connection, at, Period(period), now, limit, park_ids)
        click.echo("\n".join(lines))
