"""What a feed is to those who collect: a list of parks, and the readings of each park."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from park_downtime.model import FeedPark, ParkReadings, UnreadablePark

MOST_AT_ONCE = 6
"""Threads that ask one source at the same time."""


@dataclass(frozen=True, slots=True)
class ParkListAnswer:
    """`parks` None: not modified since the ETag that was sent. `etag` is one that may be sent again."""

    parks: tuple[FeedPark, ...] | None
    etag: str | None
    unreadable: tuple[UnreadablePark, ...] = ()


class Source(Protocol):
    """May be asked by up to MOST_AT_ONCE threads. `deadline` is on `clock.monotonic_seconds`.

    A park is asked and its answer read in two steps: what cannot be read is kept for study as it came,
    and answers come side by side but are read one after the other.
    """

    @property
    def is_simulated(self) -> bool:
        """Whether an answer so far said that it is made up."""

    def park_list(self, etag: str | None, deadline: float) -> ParkListAnswer:
        """Every park, or that nothing changed. Raises FeedUnavailable, FeedRejected."""

    def payload(self, park_id: int, deadline: float) -> bytes:
        """The answer for one park, unread. Raises FeedUnavailable; FeedRejected if it is too long."""

    def readings(self, park_id: int, payload: bytes, fetched_at: datetime) -> ParkReadings:
        """What such an answer says. Raises FeedRejected, whatever the bytes are."""
