"""One cycle as cron would run it, in a process of its own: `... FEED DATABASE NOW`."""

from __future__ import annotations

import logging
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks._processes import report
from park_downtime.clock import monotonic_seconds
from park_downtime.config.gc_tuning import look_rarely

BEGUN = monotonic_seconds()


def main(feed_url: str, database_url: str, now: datetime) -> None:
    from park_downtime.classification.classifier import Classifier
    from park_downtime.config.settings import load
    from park_downtime.database.engine import make_engine
    from park_downtime.feed.client import QueueTimes
    from park_downtime.jobs.collect import collect

    look_rarely()  # as every command does
    logging.basicConfig(level="CRITICAL")
    with tempfile.TemporaryDirectory() as spool:
        environment = {"DATABASE_URL": database_url, "QUEUE_TIMES_URL": feed_url, "SPOOL_DIR": spool}
        settings = load(environment, Path("no-such-file"))
        with QueueTimes(feed_url) as client:
            done = collect(make_engine(database_url), settings, now, client, Classifier.load())
    report(
        wall_seconds=monotonic_seconds() - BEGUN,
        fetch_seconds=done.fetch_seconds,
        store_seconds=done.store_seconds,
        parks_ok=done.parks_ok,
        parks_failed=done.parks_failed,
        rows=done.rows_written,
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3]))
