"""`park-downtime doctor`: what is in force, and whether everything works."""

from __future__ import annotations

import click

from park_downtime.commands.failures import FAILED
from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("doctor")
@click.option(
    "--feed",
    "is_of_feed",
    is_flag=True,
    help="Ask the feed for every tracked park once, and report whether it is what we take it for.",
)
@click.option(
    "--wait",
    "wait_seconds",
    type=click.IntRange(1, 3600),
    metavar="SECONDS",
    help="With --feed: look at three parks again after so long; 360 tells whether stamps move.",
)
@pass_invocation
def command(invocation: Invocation, is_of_feed: bool, wait_seconds: int | None) -> int:
    """Settings in force and where each came from; then database, feed, freshness, classification and spool.

    Each check says ok or what to do; the exit status is 1 if one failed. Reads the settings, the database,
    the feed's park list and SPOOL_DIR; writes nothing that stays but that folder. Passwords are masked.

    With --feed instead: one polite cycle, and a report to keep of what was assumed of the feed, each held,
    BROKEN or not seen. Reads the feed and no database, writes nothing; the exit status is 1 if one is broken.
    """
    if is_of_feed:
        return _report_on_feed(invocation, wait_seconds)
    if wait_seconds is not None:
        raise click.UsageError("--wait belongs to --feed")
    return _look_at_everything(invocation)


def _look_at_everything(invocation: Invocation) -> int:
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


def _report_on_feed(invocation: Invocation, wait_seconds: int | None) -> int:
    from threading import Event

    from park_downtime.clock import utc_now
    from park_downtime.commands.doctor_feed import report_lines
    from park_downtime.config.settings import tracked_scope
    from park_downtime.feed.client import QueueTimes
    from park_downtime.jobs.check_feed import check_feed

    settings = invocation.settings
    if not settings.collect_enabled:
        raise click.ClickException("the feed is not asked: COLLECT_ENABLED is false")

    def pause(seconds: float) -> None:
        say(f"Looking again in {seconds:g} s", err=True)
        Event().wait(seconds)  # ended by Ctrl-C only

    with QueueTimes(settings.queue_times_url, settings.contact_url) as client:
        report = check_feed(client, settings, utc_now, wait_seconds, pause)
    for line in report_lines(report, tracked_scope(settings)):
        say(line)
    return 0 if report.all_hold else FAILED
