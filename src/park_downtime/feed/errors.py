"""How the feed can fail us: nothing came, or what came is no payload."""

from __future__ import annotations


class FeedUnavailable(Exception):
    """Nothing usable came: network, HTTP status, deadline. `reason` is one clear line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FeedRefused(FeedUnavailable):
    """The feed does not take this question (4xx): asked in the same way again it says the same."""


class FeedRejected(Exception):
    """Something came that is no payload. `path` names the first offending place, `$` the whole.

    `park_id` is None for the park list. `sample` holds the beginning of an answer that was
    too long to be read whole.
    """

    def __init__(self, park_id: int | None, path: str, reason: str, sample: bytes = b"") -> None:
        super().__init__(f"{path}: {reason}")
        self.park_id = park_id
        self.path = path
        self.reason = reason
        self.sample = sample


def nothing_collected(address: str, reason: str | None) -> str:
    return (
        f"nothing could be collected from {address}: {reason or 'no park answered'}; "
        "`make demo` shows everything without a network"
    )
