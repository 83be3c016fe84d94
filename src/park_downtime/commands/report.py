"""`park-downtime report`: the numbers in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option
from park_downtime.commands.saying import say
from park_downtime.named_periods import FORMS, TODAY, NoSuchPeriod, Period, PeriodKind, period_named

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

SIMULATED = "Simulated data: these figures are made up and say nothing of real parks and rides."


class PeriodType(click.ParamType[Period]):
    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return value if isinstance(value, Period) else period_named(value)
        except NoSuchPeriod as error:
            self.fail(f"{value!r} {error}", param, ctx)


@click.command("report")
@click.option("--live", is_flag=True, help="What is open now, park by park, instead of rankings.")
@click.option(
    "--period",
    type=PeriodType(),
    default=TODAY.name,
    show_default=True,
    metavar="NAME",
    help=f"What the rankings add up: local days of each park. {', '.join(FORMS)}; with --park a range, too.",
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
@click.option("--demo", "is_demo", is_flag=True, help="Of what `demo` keeps, instead of DATABASE_URL.")
@as_of_option
@pass_invocation
def command(
    invocation: Invocation,
    live: bool,
    period: Period,
    limit: int,
    park_ids: tuple[int, ...],
    is_demo: bool,
    as_of: datetime | None,
) -> None:
    """Parks and rides ranked by downtime, or with --live what is open now.

    Reads the database; writes to the terminal only. Times shown are UTC. Without data the exit status
    is 1.
    """
    from park_downtime.clock import utc_now
    from park_downtime.commands.as_of_note import nothing_known
    from park_downtime.commands.report_live import live_lines
    from park_downtime.commands.report_rankings import ranking_lines
    from park_downtime.database.engine import reading
    from park_downtime.database.version import is_simulated
    from park_downtime.judging.as_of import AsOfDatabase
    from park_downtime.judging.moment import moment
    from park_downtime.reports.live import live_view
    from park_downtime.reports.period_facts import NothingInPeriod

    if period.kind is PeriodKind.RANGE and not park_ids:
        raise click.UsageError("a range of days needs --park: of everything there are whole periods")
    now = as_of or utc_now()
    with _database(invocation, is_demo) as engine:
        past = None if as_of is None else AsOfDatabase(engine, as_of)
        with reading(engine) if past is None else past.reading() as connection:
            at = moment(connection)
            if at.instant is None:
                raise click.ClickException(nothing_known(as_of) if as_of else nothing_in(engine.url, is_demo))
            unknown = sorted(set(park_ids) - at.parks.keys())
            if unknown:
                raise click.ClickException(f"no tracked park {', '.join(map(str, unknown))}")
            if live:
                lines = live_lines(live_view(connection, at, now), park_ids, past)
            else:
                lines = ranking_lines(connection, at, period, now, limit, park_ids, past)
            try:
                shown = list(lines)
            except NothingInPeriod as nothing:
                raise click.ClickException(str(nothing)) from nothing
            if is_simulated(connection):
                shown.insert(-1, SIMULATED)  # above the attribution: the end is what a terminal shows
            say("\n".join(shown))


@contextmanager
def _database(invocation: Invocation, is_demo: bool) -> Iterator[Engine]:
    """The one to report from; a file that is not there is not made."""
    from park_downtime.commands.demo_settings import demo_database, of_database
    from park_downtime.database.schema import missing_file, require_newest

    chosen = Invocation(of_database(invocation.settings, demo_database())) if is_demo else invocation
    with chosen.database(is_migrated=False) as engine:
        if missing_file(engine) is not None:
            raise click.ClickException(nothing_in(engine.url, is_demo))
        require_newest(engine)
        yield engine


def nothing_in(url: URL, is_demo: bool) -> str:
    """Why there are no data, and where there are some."""
    from park_downtime.commands.demo_settings import demo_database

    nothing = f"No data: nothing has been collected in {url.render_as_string(hide_password=True)}"
    if is_demo:
        return f"{nothing}: start `park-downtime demo` first"
    if demo_database().exists():
        return f"{nothing}; those of the demo: park-downtime report --demo"
    return f"{nothing}: `park-downtime run` collects"
