"""When a park was open: sessions, stops inside them, and gaps of our own at their edges (DESIGN, Session)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from park_downtime.timeline.holds import held
from park_downtime.timeline.runs import ParkRun
from park_downtime.timeline.spans import Span, clip, joined, seconds

ENDS_AFTER = timedelta(hours=3)
"""So long without a running reading ends a session, and so much of a gap at its edge was expected."""


@dataclass(frozen=True, slots=True)
class Session:
    """From the first running reading to the end of the hold of the last.

    It is settled when neither a later reading nor the passing of time can change it.
    `running`, `stops` and the rest, which nobody observed, make up `[started_at, ends_at)`.
    `gaps` lie outside: unobserved time at the edges in which the park may have been open.
    `quiet_since`: no wait was alive after then; of an open session (DESIGN, Left open).
    `is_start_seen`, `is_end_seen`: the park was read as not running close to that edge.
    """

    started_at: datetime
    ends_at: datetime
    last_running_at: datetime
    is_open: bool
    is_settled: bool
    running: tuple[Span, ...]
    stops: tuple[Span, ...]
    gaps: tuple[Span, ...] = ()
    quiet_since: datetime | None = None
    is_start_seen: bool = False
    is_end_seen: bool = False
    longest_interval_seconds: int = 0

    @property
    def span(self) -> Span:
        return self.started_at, self.ends_at

    @property
    def unknown_seconds(self) -> int:
        return seconds([self.span]) - seconds(self.running) - seconds(self.stops)


def sessions(
    runs: Iterable[ParkRun],
    now: datetime,
    observed_since: datetime | None,
    unknown: Sequence[Span] = (),
) -> list[Session]:
    """The sessions in a park's runs, as they stand at `now`.

    `observed_since`: the park's first reading ever; before it nothing was expected. `unknown`: made so.
    """
    holds = list(held((run for run in runs if run.started_at <= now), now, unknown))
    groups: list[list[tuple[ParkRun, datetime]]] = []
    for run, until in holds:
        if not run.is_running:
            continue
        # A gap in our own observation must never glue two days together.
        if groups and run.started_at - groups[-1][-1][0].last_reading_at < ENDS_AFTER:
            groups[-1].append((run, until))
        else:
            groups.append([(run, until)])
    observed = joined((run.started_at, until) for run, until in holds)
    stopped = [(run.started_at, until) for run, until in holds if not run.is_running]
    found: list[Session] = []
    for group in groups:
        start = group[0][0].started_at
        is_shared = bool(found) and not any(found[-1].ends_at < begin < start for begin, _ in observed)
        found.append(_session(group, observed, stopped, now, observed_since, is_shared))
    return found


def _session(
    group: list[tuple[ParkRun, datetime]],
    observed: list[Span],
    stopped: list[Span],
    now: datetime,
    observed_since: datetime | None,
    before_is_shared: bool,
) -> Session:
    start, end = group[0][0].started_at, group[-1][1]
    last = min(group[-1][0].last_reading_at, now)
    before = _gap_before(start, observed, observed_since)
    # One gap between two sessions touches both edges: what follows the earlier one is its 3 h already.
    if before is not None and before_is_shared:
        before = None
    after = _gap_after(end, observed, now)
    return Session(
        started_at=start,
        ends_at=end,
        last_running_at=last,
        is_open=now - last < ENDS_AFTER,
        is_settled=now - last >= ENDS_AFTER and (after is None or after[1] < now or now >= end + ENDS_AFTER),
        running=tuple(joined((run.started_at, until) for run, until in group)),
        stops=tuple(cut for span in stopped if (cut := clip(span, start, end)) is not None),
        gaps=tuple(gap for gap in (before, after) if gap is not None),
        is_start_seen=any(until == start for _, until in stopped),
        is_end_seen=any(begin == end for begin, _ in stopped),
        longest_interval_seconds=max(run.interval_seconds for run, _ in group),
    )


def _gap_before(start: datetime, observed: list[Span], observed_since: datetime | None) -> Span | None:
    earlier = [end for begin, end in observed if begin < start]
    if any(begin < start <= end for begin, end in observed):
        return None
    known_end = max(earlier) if earlier else observed_since
    if known_end is None or known_end >= start:
        return None
    return max(known_end, start - ENDS_AFTER), start


def _gap_after(end: datetime, observed: list[Span], now: datetime) -> Span | None:
    if any(begin <= end < until for begin, until in observed):
        return None
    later = [begin for begin, _ in observed if begin > end]
    gap_end = min(later) if later else now
    return (end, min(gap_end, end + ENDS_AFTER)) if gap_end > end else None
