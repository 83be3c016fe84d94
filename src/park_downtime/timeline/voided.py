"""Stretches that the operator made unknown because the feed lied in them (DESIGN, `void`).

Runs hold what the feed said. A voided stretch lies over them and is applied when a park is judged, so that
taking it back gives what was there before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from park_downtime.timeline.runs import ParkRun, ReadAt, Run, Said, fold_cycles, hold_limit
from park_downtime.timeline.spans import Span, joined

BEFORE_AN_INSTANT = timedelta(milliseconds=500)
"""Instants are whole seconds, and an operator's may lie a second after a reading: this is between the two."""


@dataclass(frozen=True, slots=True)
class Voided:
    """Readings of `[started_at, ended_at)` say nothing: those of one ride, or of the whole park."""

    ride_id: int | None
    started_at: datetime
    ended_at: datetime


def unknown_spans(voided: Iterable[Voided], ride_id: int | None = None) -> list[Span]:
    """Where nothing is known of a ride; without one, of the park itself. In time order."""
    return joined(sorted((one.started_at, one.ended_at) for one in voided if one.ride_id in (None, ride_id)))


def breaks_at(voided: Iterable[Voided], ride_id: int | None = None) -> list[datetime]:
    """Instants over which no run of the ride, or of the park, is extended."""
    own = (one for one in voided if one.ride_id in (None, ride_id))
    return [edge - BEFORE_AN_INSTANT for one in own for edge in (one.started_at, one.ended_at)]


def is_unknown_since(unknown: Iterable[Span], last_reading_at: datetime, at: datetime) -> bool:
    """Whether a reading does not hold until `at` because what came after it is void."""
    return any(last_reading_at < start <= at for start, _ in unknown)


def fold_between(
    cycles: Sequence[tuple[ReadAt, Sequence[Said]]], missed: Sequence[datetime], voided: Sequence[Voided]
) -> list[Run]:
    """All runs of what was said, by ride, then time; none reaches over the edge of a voided stretch."""
    own = {one.ride_id for one in voided if one.ride_id is not None}
    others = [(at, [one for one in said if one[0] not in own]) for at, said in cycles] if own else cycles
    runs = fold_cycles(others, [*missed, *breaks_at(voided)])
    for ride_id in own:
        of_ride = [(at, [one for one in said if one[0] == ride_id]) for at, said in cycles]
        runs += fold_cycles(of_ride, [*missed, *breaks_at(voided, ride_id)])
    return sorted(runs, key=lambda run: (run.ride_id, run.started_at)) if own else runs


def known_runs(runs: Iterable[Run], unknown: Sequence[Span], cycles: Sequence[datetime]) -> list[Run]:
    """One ride's runs without what was read in the unknown spans.

    Where the raw readings were still kept no run reaches over an edge. Any other is cut at `cycles`, the
    instants at which readings were made: which of its waits belong to which piece nobody knows any more, so
    the pieces have none.
    """
    found: list[Run] = []
    for run in runs:
        for first, last in _pieces(run, unknown, cycles):
            if (first, last) == (run.started_at, run.last_reading_at):
                found.append(run)
                continue
            read = bisect_right(cycles, last) - bisect_left(cycles, first)
            found.append(
                replace(
                    run,
                    started_at=first,
                    last_reading_at=last,
                    reading_count=max(1, min(read, run.reading_count)),
                    wait_count=0,
                    wait_sum=0,
                    wait_min=None,
                    wait_max=None,
                )
            )
    return found


def known_park_runs(
    runs: Iterable[ParkRun], unknown: Sequence[Span], cycles: Sequence[datetime]
) -> list[ParkRun]:
    return [
        replace(run, started_at=first, last_reading_at=last)
        for run in runs
        for first, last in _pieces(run, unknown, cycles)
    ]


def _pieces(run: Run | ParkRun, unknown: Sequence[Span], cycles: Sequence[datetime]) -> Iterator[Span]:
    """First and last reading of each piece of the run that is left."""
    first, last = run.started_at, run.last_reading_at
    for start, end in unknown:
        if end <= first:
            continue
        if start > last:
            break
        if first < start:
            before = bisect_left(cycles, start) - 1
            yield first, max(first, cycles[before]) if before >= 0 else first
        if end > last:
            return
        after = bisect_left(cycles, end)
        first = min(last, cycles[after]) if after < len(cycles) else last
    yield first, last


def runs_rejoined(
    runs: Mapping[int, Sequence[Run]], taken_back: Voided, missed: Sequence[datetime], left: Sequence[Voided]
) -> list[Run]:
    """A day's runs as they were before a stretch that is taken back had broken them. `left`: the others."""
    found: list[Run] = []
    for ride_id, own in runs.items():
        is_concerned = taken_back.ride_id in (None, ride_id)
        edges = breaks_at([taken_back], ride_id) if is_concerned else []
        others = [*missed, *breaks_at(left, ride_id)]
        for run in own:
            last = found[-1] if found and found[-1].ride_id == ride_id else None
            if last is None or last.state is not run.state or not _was_one(last, run, edges, others):
                found.append(run)
                continue
            found[-1] = replace(
                last,
                last_reading_at=run.last_reading_at,
                interval_seconds=run.interval_seconds,
                reading_count=last.reading_count + run.reading_count,
                wait_count=last.wait_count + run.wait_count,
                wait_sum=last.wait_sum + run.wait_sum,
                wait_min=min((w for w in (last.wait_min, run.wait_min) if w is not None), default=None),
                wait_max=max((w for w in (last.wait_max, run.wait_max) if w is not None), default=None),
            )
    return found


def park_runs_rejoined(
    runs: Iterable[ParkRun], taken_back: Voided, missed: Sequence[datetime], left: Sequence[Voided]
) -> list[ParkRun]:
    edges = [] if taken_back.ride_id is not None else breaks_at([taken_back])
    others = [*missed, *breaks_at(left)]
    found: list[ParkRun] = []
    for run in runs:
        last = found[-1] if found else None
        if last is None or last.is_running != run.is_running or not _was_one(last, run, edges, others):
            found.append(run)
            continue
        found[-1] = replace(last, last_reading_at=run.last_reading_at, interval_seconds=run.interval_seconds)
    return found


def _was_one(
    last: Run | ParkRun, run: Run | ParkRun, edges: Iterable[datetime], others: Iterable[datetime]
) -> bool:
    return (
        last.local_date == run.local_date
        and run.started_at - last.last_reading_at <= hold_limit(last.interval_seconds)
        and any(last.last_reading_at < edge < run.started_at for edge in edges)
        and not any(last.last_reading_at < other < run.started_at for other in others)
    )
