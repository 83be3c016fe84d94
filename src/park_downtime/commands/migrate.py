"""`park-downtime migrate`: the newest revision of the schema."""

from __future__ import annotations

import click

from park_downtime.commands.invocation import Invocation, pass_invocation


@click.command("migrate")
@pass_invocation
def command(invocation: Invocation) -> None:
    """Bring the database to the newest revision.

    Reads and writes the schema of DATABASE_URL; creates it on an empty database. Twice is once.
    """
    from park_downtime.database.schema import migrate

    with invocation.database(is_migrated=False) as engine:
        before, after = migrate(engine)
    if before == after:
        click.echo(f"The database is at revision {after}; nothing to do.")
    else:
        click.echo(f"Migrated from {before or 'an empty database'} to revision {after}.")
