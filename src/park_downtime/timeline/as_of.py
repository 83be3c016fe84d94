"""Runs as they stood at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from park_downtime.timeline.runs import ParkRun, Run


def run_as_of(run: Run, moment: datetime) -> Run | None:
    """The run cut at `moment`, which is the instant of a cycle; None: it had not begun.

    Readings are taken to be spread evenly. Which of its waits had been posted by then the run does not
    know: it has none.
    """
    if run.started_at > moment:
        return None
    if run.last_reading_at <= moment:
        return run
    share = (moment - run.started_at) / (run.last_reading_at - run.started_at)
    return replace(
        run,
        last_reading_at=moment,
        reading_count=max(1, 1 + int((run.reading_count - 1) * share)),
        wait_count=0,
        wait_sum=0,
        wait_min=None,
        wait_max=None,
    )


def runs_as_of(runs: Iterable[Run], moment: datetime) -> list[Run]:
    return [cut for run in runs if (cut := run_as_of(run, moment)) is not None]


def park_runs_as_of(runs: Iterable[ParkRun], moment: datetime) -> list[ParkRun]:
    return [
        replace(run, last_reading_at=min(run.last_reading_at, moment))
        for run in runs
        if run.started_at <= moment
    ]
