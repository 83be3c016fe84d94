"""`park-downtime serve`: dashboard and API on a database that others fill."""

from __future__ import annotations

import logging
from datetime import datetime

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option, host_and_port_options

log = logging.getLogger(__name__)


@click.command("serve")
@host_and_port_options
@as_of_option
@pass_invocation
def command(invocation: Invocation, host: str, port: int, as_of: datetime | None) -> None:
    """Dashboard and API only, until stopped.

    Reads the database (DATABASE_READ_URL where it is set); writes only the counters of API keys.
    Collecting is left to `park-downtime collect`.
    """
    from park_downtime.commands.as_of_note import as_of_note
    from park_downtime.commands.stopping import stop_signals
    from park_downtime.database.engine import DATABASE_AWAY, in_one_line
    from park_downtime.database.schema import require_newest
    from park_downtime.server import serve_only

    with invocation.database(is_migrated=False) as engine, stop_signals() as stopping:

        def announce(url: str) -> None:
            click.echo(f"Dashboard: {url}   API: {url}/api/docs   (Ctrl-C ends it)")
            if as_of is not None:
                click.echo(as_of_note(engine, as_of))

        try:
            require_newest(engine)
        except DATABASE_AWAY as error:
            # It may come back; until then every answer says so.
            log.error("the database is away", extra={"reason": in_one_line(error)})
        serve_only(
            invocation.settings,
            engine,
            host,
            port,
            stopping,
            announce,
            as_of,
        )
