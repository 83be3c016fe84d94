"""`park-downtime migrate`: the newest revision of the schema."""

from __future__ import annotations

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("migrate")
@click.option(
    "--with-cleanup-event",
    is_flag=True,
    help="On MySQL and MariaDB: also install the retention rule as an hourly event of the server.",
)
@pass_invocation
def command(invocation: Invocation, with_cleanup_event: bool) -> None:
    """Bring the database to the newest revision.

    Reads and writes the schema of DATABASE_URL; creates it on an empty database. Twice is once; one that
    was stopped in its middle goes on where it was.
    """
    from park_downtime.database.cleanup_event import NoEvents, install_cleanup_event
    from park_downtime.database.schema import migrate

    with invocation.database(is_migrated=False) as engine:
        before, after = migrate(engine)
        if with_cleanup_event:
            try:
                is_on = install_cleanup_event(engine)
            except NoEvents as error:
                raise click.ClickException(str(error)) from error
            say(
                "Installed the hourly cleanup event."
                + ("" if is_on else " The server's event_scheduler is OFF: it will not run until it is ON.")
            )
    if before == after:
        say(f"The database is at revision {after}; nothing to do.")
    else:
        say(f"Migrated from {before or 'an empty database'} to revision {after}.")
