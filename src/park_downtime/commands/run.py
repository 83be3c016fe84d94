"""`park-downtime run`: everything in one process."""

from __future__ import annotations

from datetime import datetime
from threading import Event

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option, host_and_port_options
from park_downtime.commands.saying import say
from park_downtime.commands.stopping import stop_signals


@click.command("run")
@host_and_port_options
@as_of_option
@pass_invocation
def command(invocation: Invocation, host: str, port: int, as_of: datetime | None) -> None:
    """Everything in one process until stopped: dashboard, API and scheduler.

    Brings the database to the newest revision, collects at once and then every
    COLLECT_INTERVAL_MINUTES, closes the local days that are over and deletes raw rows that are no
    longer needed. Reads the feed; writes the database (SQLite in your data folder unless DATABASE_URL
    says otherwise), SPOOL_DIR and ARCHIVE_DIR.
    """
    with stop_signals() as stopping:
        _run(invocation, host, port, as_of, stopping)


def _run(invocation: Invocation, host: str, port: int, as_of: datetime | None, stopping: Event) -> None:
    from park_downtime.commands.as_of_note import as_of_note
    from park_downtime.commands.saying import tell_settings
    from park_downtime.server.embedded import run_embedded
    from park_downtime.server.web_server import listen

    settings = invocation.settings

    def announce(url: str) -> None:
        say(f"Dashboard: {url}   API: {url}/api/docs   (Ctrl-C ends it)")
        if as_of is not None:
            with invocation.database(is_migrated=False) as engine:
                say(as_of_note(engine, as_of))
        if settings.collect_enabled:
            say(f"Feed: {settings.queue_times_url}, every {settings.collect_interval_minutes} minutes")
        else:
            say("Feed: not asked, COLLECT_ENABLED is false")

    with listen(host, port, "run") as listener:
        tell_settings(settings)
        run_embedded(settings, listener, stopping, announce, as_of)
