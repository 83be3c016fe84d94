"""How far two sources agree on a ride's day, of which each gives only totals.

Totals do not say *which* minutes: they are laid over each other as well as they can be. What comes out is
the most agreement that is possible, and the least that the two certainly differ by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class KnownDay:
    """What one source says of a ride's day. `unknown_seconds` is None where it does not say how much of the
    day it did not see: it may be all of it.
    """

    down_seconds: int
    unknown_seconds: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All time that at least one of the two calls down, in four parts. `closed_here_seconds` is no fifth: it
    is as much of what only they call down as fits into time in which we have the ride as closed otherwise.
    """

    both_seconds: int = 0
    only_we_seconds: int = 0
    only_they_seconds: int = 0
    unknown_seconds: int = 0
    closed_here_seconds: int = 0

    @property
    def called_down_seconds(self) -> int:
        return self.both_seconds + self.only_we_seconds + self.only_they_seconds + self.unknown_seconds

    @property
    def share(self) -> float | None:
        """Of what both can judge; None where nobody calls anything down that the other can judge."""
        judged = self.both_seconds + self.only_we_seconds + self.only_they_seconds
        return self.both_seconds / judged if judged else None


def agreement(ours: KnownDay, theirs: KnownDay, closed_here_seconds: int = 0) -> Agreement:
    """Both: the smaller figure. What one has beyond it is unknown as far as it fits into what the other did
    not see, and that one's alone beyond that. `closed_here_seconds`: closed by us, and no outage.
    """
    both = min(ours.down_seconds, theirs.down_seconds)
    only_we = _beyond(ours.down_seconds - both, theirs)
    only_they = _beyond(theirs.down_seconds - both, ours)
    return Agreement(
        both_seconds=both,
        only_we_seconds=only_we,
        only_they_seconds=only_they,
        unknown_seconds=max(ours.down_seconds, theirs.down_seconds) - both - only_we - only_they,
        closed_here_seconds=min(only_they, closed_here_seconds),
    )


def _beyond(excess: int, other: KnownDay) -> int:
    """What of it the other source must have seen otherwise."""
    return 0 if other.unknown_seconds is None else max(0, excess - other.unknown_seconds)


def total(several: Iterable[Agreement]) -> Agreement:
    parts = list(several)
    return Agreement(
        **{part.name: sum(getattr(one, part.name) for one in parts) for part in fields(Agreement)}
    )
