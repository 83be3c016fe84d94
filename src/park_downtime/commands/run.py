"""`park-downtime run`: everything in one process."""

from __future__ import annotations

from datetime import datetime

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option, host_and_port_options


@click.command("run")
@host_and_port_options
@as_of_option
@pass_invocation
def command(invocation: Invocation, host: str, port: int, as_of: datetime | None) -> None:
    """Everything in one process until stopped: dashboard, API and scheduler.

    Brings the database to the newest revision, collects at once and then every
    COLLECT_INTERVAL_MINUTES, closes the local days that are over and deletes raw rows that are no
    longer needed. Reads the feed; writes the database (SQLite in your data folder unless DATABASE_URL
    says otherwise) and SPOOL_DIR.
    """
    from park_downtime.commands.as_of_note import as_of_note
    from park_downtime.commands.stopping import stop_signals
    from park_downtime.server import run_embedded
    from park_downtime.settings import masked

    settings = invocation.settings

    def announce(url: str) -> None:
        click.echo(f"Dashboard: {url}   API: {url}/api/docs   (Ctrl-C ends it)")
        click.echo(f"Database: {masked(settings.database_url)}")
        if as_of is not None:
            with invocation.database(is_migrated=False) as engine:
                click.echo(as_of_note(engine, as_of))
        if settings.collect_enabled:
            click.echo(f"Feed: {settings.queue_times_url}, every {settings.collect_interval_minutes} minutes")
        else:
            click.echo("Feed: not asked, COLLECT_ENABLED is false")

    with stop_signals() as stopping:
        run_embedded(settings, host, port, stopping, announce, as_of)
