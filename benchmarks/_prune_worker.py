"""What retention deletes a day later, as cron would run it, in a process of its own: `... DATABASE NOW`."""

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


def main(database_url: str, now: datetime) -> None:
    from park_downtime.database.engine import make_engine
    from park_downtime.jobs.prune import prune
    from park_downtime.stretches.archive import StretchArchive

    look_rarely()  # as every command does
    logging.basicConfig(level="CRITICAL")
    with tempfile.TemporaryDirectory() as folder:
        done = prune(make_engine(database_url), now, StretchArchive(Path(folder)))
    report(wall_seconds=monotonic_seconds() - BEGUN, rows=done.snapshots + done.runs + done.activity)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
