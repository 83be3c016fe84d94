"""`park-downtime parks`: which parks are followed, which are left out and why; accepting a doubted list."""

from __future__ import annotations

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("parks")
@click.option(
    "--accept", is_flag=True, help="Take over the feed's list of parks as it is now, however doubtful."
)
@pass_invocation
def command(invocation: Invocation, accept: bool) -> None:
    """Parks tracked and heard, and those in scope that are left out, each with its reason.

    A list of parks that lost half of those known, grew by more than half or names more than 500 is
    believed when the same one is heard a day later, or with --accept. Reads the database and SPOOL_DIR;
    with --accept also the feed, and writes both. A cycle under way at that moment refuses it.
    """
    from park_downtime.clock import utc_now
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.collection.park_list_state import read_state
    from park_downtime.collection.refresh_park_list import accept_parks
    from park_downtime.commands.doctor_checks import left_out_lines, park_counts
    from park_downtime.feed.client import QueueTimes

    settings, now = invocation.settings, utc_now()
    with invocation.database() as engine:
        if accept:
            with (
                QueueTimes(settings.queue_times_url, settings.contact_url) as client,
                collecting_alone(settings.spool_dir, "parks --accept", now),
            ):
                problem = accept_parks(engine, client, settings, now)
            if problem is not None:
                raise click.ClickException(problem)
        state = read_state(settings.spool_dir)
        say(f"{park_counts(engine, now)}.")
    if state.problem is not None:
        say(f"Not taken over: {state.problem}.")
    for line in left_out_lines(state):
        say(line)
