"""`park-downtime collect`: one cycle, as cron and timers run it."""

from __future__ import annotations

from contextlib import suppress

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say


@click.command("collect")
@pass_invocation
def command(invocation: Invocation) -> None:
    """One collection cycle: ask the feed for every tracked park and store what it says.

    Reads the feed (QUEUE_TIMES_URL) and, daily, its list of parks; writes the database. While the database
    is away the readings wait in SPOOL_DIR and the next cycle that can stores them. Two at once are
    refused. With COLLECT_ENABLED=false nothing is asked.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from park_downtime.classification.classifier import Classifier
    from park_downtime.clock import utc_now
    from park_downtime.database.engine import DATABASE_UNAVAILABLE
    from park_downtime.database.schema import require_newest
    from park_downtime.feed.client import QueueTimes
    from park_downtime.feed.errors import nothing_collected
    from park_downtime.feed.samples import SampleStore
    from park_downtime.jobs.collect import CollectFailed, collect

    settings = invocation.settings
    if not settings.collect_enabled:
        say("Not asked: COLLECT_ENABLED is false.")
        return
    now = utc_now()
    with (
        invocation.database(is_migrated=False) as engine,
        QueueTimes(settings.queue_times_url, settings.contact_url) as client,
    ):
        with suppress(*DATABASE_UNAVAILABLE):  # then the cycle keeps what it reads in SPOOL_DIR
            require_newest(engine)
        samples = SampleStore(settings.spool_dir / "samples")
        try:
            report = collect(
                engine,
                settings,
                now,
                client,
                Classifier.load(learnt_path=settings.llm_cache),
                samples=samples,
            )
        except CollectFailed as error:
            if isinstance(error.__cause__, SQLAlchemyError):
                raise
            raise click.ClickException(nothing_collected(settings.queue_times_url, str(error))) from error
    if not report.anything_answered:
        raise click.ClickException(nothing_collected(settings.queue_times_url, report.problem))
    say(
        f"Cycle of {report.recorded_at:%Y-%m-%d %H:%M:%S} UTC: {report.parks_ok} parks ok, "
        f"{report.parks_failed} failed, {report.parks_rejected} rejected, {report.rows_written} rows, "
        f"{report.fetch_seconds + report.store_seconds:.1f} s"
        + (f"; kept in {settings.spool_dir}: {report.problem}" if report.was_spooled else "")
        + (f"; earlier cycles stored: {report.caught_up}" if report.caught_up else "")
    )
