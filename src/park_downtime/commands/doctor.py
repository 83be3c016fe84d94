"""`park-downtime doctor`: what is in force, and whether everything works."""

from __future__ import annotations

import click

from park_downtime.commands.failures import FAILED
from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("doctor")
@pass_invocation
def command(invocation: Invocation) -> int:
    """Settings in force and where each came from; then database, feed, freshness, classification and spool.

    Each check says ok or what to do; the exit status is 1 if one failed. Reads the settings, the database,
    the feed's park list and SPOOL_DIR; writes nothing that stays but that folder. Passwords are masked.
    """
    from park_downtime.clock import utc_now
    from park_downtime.commands.doctor_checks import checks
    from park_downtime.config.settings import KNOWN, SettingsInvalid, shown, told_env_file

    try:
        settings = invocation.settings
    except SettingsInvalid as error:
        for problem in error.problems:
            say(f"FAILED  settings       {problem}")
        return FAILED
    say(f"Settings: {told_env_file(settings)}")
    width = max(len(known.name) for known in KNOWN)
    for known in KNOWN:
        say(f"{known.name:<{width}}  {shown(known, settings)}  ({settings.sources.get(known.name, 'given')})")
    say()
    failed = False
    for check in checks(settings, utc_now()):
        say(f"{'ok' if check.is_ok else 'FAILED':<7} {check.name:<14} {check.text}")
        failed = failed or not check.is_ok
    return FAILED if failed else 0
