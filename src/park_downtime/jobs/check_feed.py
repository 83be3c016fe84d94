"""One polite cycle against the feed as it is, to see whether it is what we take it for.

Nothing is stored: no database is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from park_downtime.classification.park_facts import park_facts
from park_downtime.clock import Clock, monotonic_seconds
from park_downtime.collection.park_list_state import PLANNED_PARKS
from park_downtime.collection.refresh_park_list import LIST_SECONDS
from park_downtime.collection.sync_parks import NORTH_AMERICA, is_tracked
from park_downtime.config.settings import Settings, masked
from park_downtime.feed.assumptions.about_entries import entry_findings
from park_downtime.feed.assumptions.about_list import list_findings
from park_downtime.feed.assumptions.about_parks import (
    cost,
    parks_answer,
    parks_tracked,
    payloads_filled,
    rides_listed,
)
from park_downtime.feed.assumptions.about_stamps import stamp_findings, stamps_move, worth_another_look
from park_downtime.feed.assumptions.finding import Finding, Verdict, held_if
from park_downtime.feed.assumptions.heard import ListHeard, ParkHeard, hear_list, hear_park, titled
from park_downtime.feed.client import QueueTimes
from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.feed.fetching import fetch_cycle
from park_downtime.feed.source import ParkListAnswer, Source
from park_downtime.jobs.collect import DEADLINE_SECONDS, NOTHING_TRACKED
from park_downtime.model import ParkReadings, TrackedPark

PLANNED_RIDES = 1_572
"""Rides of North American parks that the curated list set out to cover."""
MOST_ENTRIES_HELD = 50_000
"""Thirty times those of every park of North America."""

Pause = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What was found. `not_heard` names every park of which there is nothing to judge, and why."""

    begun_at: datetime
    address: str
    is_simulated: bool
    asked: int
    findings: tuple[Finding, ...]
    not_heard: tuple[str, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(finding.verdict is verdict for finding in self.findings)

    @property
    def all_hold(self) -> bool:
        return self.count(Verdict.BROKEN) == 0


class _Listener:
    """The source, whose answers are also looked at as they came."""

    def __init__(self, source: Source, parks: Sequence[TrackedPark]) -> None:
        self._source = source
        self._names = {park.park_id: park.name for park in parks}
        self._entries = 0
        self.heard: dict[int, ParkHeard] = {}

    @property
    def is_simulated(self) -> bool:
        return self._source.is_simulated

    def park_list(self, etag: str | None, deadline: float) -> ParkListAnswer:
        return self._source.park_list(etag, deadline)

    def payload(self, park_id: int, deadline: float) -> bytes:
        return self._source.payload(park_id, deadline)

    def readings(self, park_id: int, payload: bytes, fetched_at: datetime) -> ParkReadings:
        park = hear_park(park_id, self._names[park_id], payload, fetched_at)
        self._entries += len(park.entries) + len(park.odd)
        if self._entries > MOST_ENTRIES_HELD:
            raise FeedRejected(park_id, "$", f"more than {MOST_ENTRIES_HELD} entries beside the other parks")
        self.heard[park_id] = park
        return self._source.readings(park_id, payload, fetched_at)


def check_feed(
    source: QueueTimes, settings: Settings, clock: Clock, wait_seconds: float | None, pause: Pause
) -> FeedReport:
    """Asks for the list of parks and for every tracked park once; with `wait_seconds`, for three of them
    again after that long.

    A list that is none leaves the parks that we know from elsewhere; one that does not come leaves nothing.
    """
    begun_at, address = clock(), masked(settings.queue_times_url)
    findings: list[Finding] = []
    listed: ListHeard | None = None
    try:
        listed = hear_list(source.park_list_unread(monotonic_seconds() + LIST_SECONDS))
        findings += list_findings(listed)
    except (FeedUnavailable, FeedRejected) as error:
        findings.append(held_if(False, "park list", "can be had and read", str(error)))
        if isinstance(error, FeedUnavailable):
            return FeedReport(begun_at, address, source.is_simulated, 0, tuple(findings), ())
    parks = _tracked(listed, settings)
    heard, not_heard, seconds = _ask(source, parks, settings, clock())
    again: list[ParkHeard] = []
    if wait_seconds is not None and (few := worth_another_look(heard)):
        pause(wait_seconds)
        ids = {park.park_id for park in few}
        few_parks = [park for park in parks if park.park_id in ids]
        again, _, _ = _ask(source, few_parks, settings, clock())
    planned = _is_as_planned(settings)
    findings += [
        parks_tracked(len(parks), PLANNED_PARKS if planned else None),
        parks_answer(len(parks), not_heard),
        rides_listed(heard, PLANNED_RIDES if planned else None),
        payloads_filled(heard),
        *entry_findings(heard),
        *stamp_findings(heard),
        stamps_move(heard, again, wait_seconds),
        cost(heard, seconds),
    ]
    if not parks:
        not_heard = [NOTHING_TRACKED]
    return FeedReport(begun_at, address, source.is_simulated, len(parks), tuple(findings), tuple(not_heard))


def _ask(
    source: Source, parks: Sequence[TrackedPark], settings: Settings, at: datetime
) -> tuple[list[ParkHeard], list[str], float]:
    """What was heard, in the order of `parks`; who was not, and why; and seconds."""
    listener = _Listener(source, parks)
    cycle = fetch_cycle(listener, parks, at, settings.interval_seconds, DEADLINE_SECONDS)
    names = {park.park_id: park.name for park in parks}
    not_heard = [
        f"{titled(names[failure.park_id], failure.park_id)}: {failure.reason}" for failure in cycle.failures
    ]
    heard = dict(listener.heard)  # a thread that is late may still add to it
    return [heard[park.park_id] for park in parks if park.park_id in heard], not_heard, cycle.fetch_seconds


def _tracked(listed: ListHeard | None, settings: Settings) -> list[TrackedPark]:
    """As `collect` would choose them from this list, or without one from our own facts, by id."""
    facts = park_facts()
    if listed is None:
        return [
            TrackedPark(park_id, park.name, park.timezone)
            for park_id, park in sorted(facts.items())
            if is_tracked(park_id, NORTH_AMERICA, park.country, settings)
        ]
    found = []
    for park in sorted(listed.parks, key=lambda park: park.park_id):
        known = facts.get(park.park_id)
        if is_tracked(park.park_id, park.continent, (known and known.country) or park.country, settings):
            found.append(TrackedPark(park.park_id, park.name, park.timezone))
    return found


def _is_as_planned(settings: Settings) -> bool:
    """Whether all of North America is tracked and nothing else: what the expected numbers are of."""
    continents = [name.casefold() for name in settings.tracked_continents]
    return (
        continents == [NORTH_AMERICA.casefold()]
        and not settings.tracked_countries
        and not settings.tracked_parks
    )
