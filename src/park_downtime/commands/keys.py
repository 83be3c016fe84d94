"""`park-downtime keys`: who may use the API where keys are required."""

from __future__ import annotations

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say

_SECONDS = "%Y-%m-%d %H:%M:%S"


@click.group("keys")
def command() -> None:
    """Create, list and revoke API keys; they matter where API_KEYS_REQUIRED is true.

    Reads and writes the database, which keeps only hashes: a key is shown once, when it is made.
    """


@command.command("create")
@click.argument("name")
@pass_invocation
def create(invocation: Invocation, name: str) -> None:
    """Make a key for NAME and show it, this once. Writes its hash to the database."""
    from park_downtime.clock import utc_now
    from park_downtime.database.engine import writing
    from park_downtime.database.keys import create_key

    if not name.strip():
        raise click.BadParameter("say whose key it is", param_hint="NAME")
    with invocation.database() as engine, writing(engine) as connection:
        key_id, key = create_key(connection, name.strip(), utc_now())
    say(f"Key {key_id} for {name.strip()}; keep it, it is not shown again:", err=True)
    say(key)


@command.command("list")
@pass_invocation
def list_all(invocation: Invocation) -> None:
    """Every key ever made: id, name, when it was made and revoked, and its use. Reads the database."""
    from park_downtime.database.engine import reading
    from park_downtime.database.keys import list_keys

    with invocation.database() as engine, reading(engine) as connection:
        keys = list_keys(connection)
    if not keys:
        say("No key has been made.")
        return
    for key in keys:
        state = f"revoked {key.revoked_at:{_SECONDS}}" if key.revoked_at else "in force"
        used = f"last used {key.last_used_at:%Y-%m-%d %H}h" if key.last_used_at else "never used"
        say(
            f"{key.key_id:>5}  {key.name}: made {key.created_at:{_SECONDS}} UTC, {state}, "
            f"{key.request_count} requests, {used}"
        )


@command.command("revoke")
@click.argument("key_id", type=int)
@pass_invocation
def revoke(invocation: Invocation, key_id: int) -> None:
    """End a key by its id; running servers refuse it a second later. Writes the database."""
    from park_downtime.clock import utc_now
    from park_downtime.database.engine import writing
    from park_downtime.database.keys import KeyNotFound, revoke_key

    with invocation.database() as engine, writing(engine) as connection:
        try:
            revoke_key(connection, key_id, utc_now())
        except KeyNotFound as error:
            raise click.ClickException(str(error)) from None
    say(f"Key {key_id} is revoked.")
