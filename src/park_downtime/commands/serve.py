"""`park-downtime serve`: dashboard and API on a database that others fill."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Event

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import as_of_option, host_and_port_options
from park_downtime.commands.saying import say
from park_downtime.commands.stopping import stop_signals

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
    with stop_signals() as stopping:
        _serve(invocation, host, port, as_of, stopping)


def _serve(invocation: Invocation, host: str, port: int, as_of: datetime | None, stopping: Event) -> None:
    from park_downtime.commands.as_of_note import as_of_note
    from park_downtime.commands.saying import tell_settings
    from park_downtime.database.engine import DATABASE_UNAVAILABLE, VISITORS, in_one_line
    from park_downtime.database.schema import require_newest
    from park_downtime.server.serving import serve_only
    from park_downtime.server.web_server import listen

    settings = invocation.settings
    with (
        listen(host, port) as listener,
        invocation.database(is_migrated=False, patience=VISITORS) as engine,
    ):
        tell_settings(settings)

        def announce(url: str) -> None:
            say(f"Dashboard: {url}   API: {url}/api/docs   (Ctrl-C ends it)")
            if as_of is not None:
                say(as_of_note(engine, as_of))

        try:
            require_newest(engine)
        except DATABASE_UNAVAILABLE as error:
            # It may come back; until then every answer says so.
            log.error("the database is away", extra={"reason": in_one_line(error)})
        if not stopping.is_set():
            serve_only(settings, engine, listener, stopping, announce, as_of)
