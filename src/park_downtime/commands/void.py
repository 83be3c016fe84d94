"""`park-downtime void`: a stretch in which the feed lied becomes unknown, says why, and can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import Instant
from park_downtime.commands.saying import say

if TYPE_CHECKING:
    from park_downtime.database.corrections import Correction
    from park_downtime.jobs.corrections import ChangedDay, Corrected

_TIME = "%Y-%m-%dT%H:%M:%SZ"


class ZonedInstant(Instant):
    """ISO 8601 with its zone: a stretch that is off by some hours would hide true readings."""

    examples = "2026-04-17T14:30+02:00 or 2026-04-17T12:30Z"

    def without_zone(
        self, moment: datetime, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        self.fail(
            f"{value!r} has no zone: write {value}Z for UTC, or the park's offset behind it, +02:00 say",
            param,
            ctx,
        )


@click.command("void")
@click.option("--park", "park_id", type=int, metavar="ID", help="The park whose feed lied.")
@click.option("--ride", "ride_id", type=int, metavar="ID", help="Only this ride of the park.")
@click.option("--from", "start", type=ZonedInstant(), metavar="TIME", help="First instant that is unknown.")
@click.option("--to", "end", type=ZonedInstant(), metavar="TIME", help="First instant that is known again.")
@click.option("--reason", metavar="TEXT", help="Why; it is published beside the stretch.")
@click.option("--list", "is_list", is_flag=True, help="Every correction ever made, the newest first.")
@click.option("--withdraw", "withdrawn", type=int, metavar="ID", help="Take this correction back.")
@pass_invocation
def command(
    invocation: Invocation,
    park_id: int | None,
    ride_id: int | None,
    start: datetime | None,
    end: datetime | None,
    reason: str | None,
    is_list: bool,
    withdrawn: int | None,
) -> None:
    """Make a stretch unknown in which the feed lied: neither up nor down, in no figure.

    Readings of the park, or of one ride, from TIME up to TIME say nothing any more; its days are judged
    again at once, their weeks, months and years by the next `aggregate`. Goes back as far as runs are kept,
    about 7 days. Times are ISO 8601 with their zone; ids are those of Queue-Times. The API and the page of
    the method list it with its reason. --withdraw restores the figures; the list then says since when.

    Reads and writes the database and ARCHIVE_DIR. A cycle under way at that moment refuses it.
    """
    making = {"--park": park_id, "--from": start, "--to": end, "--reason": reason}
    is_making = ride_id is not None or any(value is not None for value in making.values())
    if is_list + (withdrawn is not None) + is_making != 1:
        raise click.UsageError(
            "Say --park, --from, --to and --reason to make a correction, or --list, or --withdraw ID."
        )
    if is_list:
        _list(invocation)
    elif withdrawn is not None:
        _withdraw(invocation, withdrawn)
    elif park_id is None or start is None or end is None or reason is None:
        missing = ", ".join(name for name, value in making.items() if value is None)
        raise click.UsageError(f"A correction needs {missing} too.")
    else:
        _make(invocation, park_id, ride_id, (start, end), reason)


def _make(
    invocation: Invocation, park_id: int, ride_id: int | None, span: tuple[datetime, datetime], reason: str
) -> None:
    from park_downtime.clock import utc_now
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.jobs.corrections import CorrectionRefused, make_correction
    from park_downtime.timeline.voided import Voided

    now = utc_now()
    with invocation.database() as engine, collecting_alone(invocation.settings.spool_dir, "void", now):
        try:
            voided = Voided(ride_id, *span)
            made = make_correction(engine, park_id, voided, reason, now, invocation.archive())
        except CorrectionRefused as error:
            raise click.ClickException(str(error)) from None
    say(f"Correction {_told(made.correction)}")
    _tell_changes(made)


def _withdraw(invocation: Invocation, correction_id: int) -> None:
    from park_downtime.clock import utc_now
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.jobs.corrections import CorrectionRefused, withdraw_correction

    now = utc_now()
    with invocation.database() as engine, collecting_alone(invocation.settings.spool_dir, "void", now):
        try:
            taken_back = withdraw_correction(engine, correction_id, now, invocation.archive())
        except CorrectionRefused as error:
            raise click.ClickException(str(error)) from None
    say(f"Taken back: correction {_told(taken_back.correction)}")
    _tell_changes(taken_back)


def _list(invocation: Invocation) -> None:
    from park_downtime.database.corrections import all_corrections
    from park_downtime.database.engine import reading

    with invocation.database() as engine, reading(engine) as connection:
        corrections = all_corrections(connection)
    if not corrections:
        say("No correction has been made.")
    for correction in corrections:
        state = (
            "in force"
            if correction.withdrawn_at is None
            else f"taken back {correction.withdrawn_at.strftime(_TIME)}"
        )
        say(f"{_told(correction)}; made {correction.made_at.strftime(_TIME)}, {state}")


def _told(correction: Correction) -> str:
    whose = f"{correction.park_name} ({correction.park_id})"
    if correction.ride_id is not None:
        whose = f"{correction.ride_name} ({correction.ride_id}) of {whose}"
    span = f"{correction.started_at.strftime(_TIME)} to {correction.ended_at.strftime(_TIME)}"
    return f"{correction.correction_id}: {whose}, {span}: {correction.reason}"


def _tell_changes(done: Corrected) -> None:
    if not done.changed:
        say("No day's figures are others by it.")
        return
    say(
        "Hours of the ride's days:"
        if done.correction.ride_id
        else "Hours of the park's days, of all its rides:"
    )
    for day in done.changed:
        say(f"  {day.day}  {_hours(day)}")
    say("Weeks, months and years follow with the next `park-downtime aggregate`.")


def _hours(day: ChangedDay) -> str:
    return ", ".join(
        f"{name} {getattr(day.before, name) / 3600:.2f} -> {getattr(day.after, name) / 3600:.2f}"
        for name in ("downtime", "open", "unknown")
    )
