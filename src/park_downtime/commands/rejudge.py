"""`park-downtime rejudge`: closed days by the present method, out of the archive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say

if TYPE_CHECKING:
    from datetime import date

    from park_downtime.jobs.rejudge import RejudgedPark

_DAY = click.DateTime(["%Y-%m-%d"])
DAYS_NAMED = 5


@click.command("rejudge")
@click.option(
    "--from",
    "first",
    type=_DAY,
    required=True,
    metavar="YYYY-MM-DD",
    help="The first local day of each park.",
)
@click.option("--to", "last", type=_DAY, required=True, metavar="YYYY-MM-DD", help="The last one, included.")
@click.option("--park", "park_ids", type=int, multiple=True, metavar="ID", help="Only this park; repeatable.")
@click.option("--write", "is_written", is_flag=True, help="Store it; else it is only said.")
@pass_invocation
def command(
    invocation: Invocation, first: datetime, last: datetime, park_ids: tuple[int, ...], is_written: bool
) -> None:
    """Judge closed days again by the present method, from their stretches in ARCHIVE_DIR.

    Says for each park what its days have and what they would have: downtime, interruptions, late starts and
    rides that did not reopen. With --write they are stored, park by park, after that was said; weeks,
    months, years, kept sums and how sure ranks are follow. Waits stay as they were stored. Where the method
    is the same, so are the figures. Days that are not final, or of which not all is in the archive, stay
    as they are and are named.

    Reads ARCHIVE_DIR and the database; writes the database when told to.
    """
    from park_downtime.clock import utc_now
    from park_downtime.jobs.rejudge import NothingToRejudge, rejudge
    from park_downtime.periods import DateRange

    if first > last:
        raise click.UsageError("--from lies after --to.")
    dates = DateRange(first.date(), last.date())
    with invocation.database() as engine:
        try:
            report = rejudge(
                engine, invocation.archive(), dates, utc_now(), park_ids or None, is_written, _tell
            )
        except NothingToRejudge as error:
            raise click.ClickException(str(error)) from None
    changed = sum(len(park.changed) for park in report.parks)
    days = sum(park.days for park in report.parks)
    say(f"{changed} of {_park_days(days)} {'had' if is_written else 'would have'} other figures.")
    if not is_written:
        say("Nothing was written; --write stores it.")
    if report.failed:
        raise click.ClickException("; ".join(report.failed))
    if report.left:
        raise click.ClickException(
            f"{_park_days(len(report.left))} were closed or opened again meanwhile and stay as they are: "
            "say the same again"
        )


def _tell(one: RejudgedPark) -> None:
    days = f"{one.days} {'day' if one.days == 1 else 'days'}"
    say(f"{one.park.name} ({one.park.park_id}): {days}, {len(one.changed)} with other figures")
    for name, before, after in (
        ("downtime", _hours(one.before.downtime_seconds), _hours(one.after.downtime_seconds)),
        ("interruptions", str(one.before.outage_count), str(one.after.outage_count)),
        ("late starts", _hours(one.before.late_start_seconds), _hours(one.after.late_start_seconds)),
        (
            "did not reopen",
            _hours(one.before.did_not_reopen_seconds),
            _hours(one.after.did_not_reopen_seconds),
        ),
    ):
        say(f"  {name} {before} -> {after}")
    if one.not_whole:
        say(f"  not all in the archive, so left as they are: {_named(one.not_whole)}")


def _hours(seconds: int) -> str:
    return f"{seconds / 3600:.2f} h"


def _park_days(count: int) -> str:
    return f"{count} {'day of a park' if count == 1 else 'days of parks'}"


def _named(days: list[date]) -> str:
    named = ", ".join(map(str, days[:DAYS_NAMED]))
    return named if len(days) <= DAYS_NAMED else f"{named} and {len(days) - DAYS_NAMED} more"
