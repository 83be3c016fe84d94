"""How long outages last: by Kaplan and Meier, for of some only a least length is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from park_downtime.model import StretchKind
from park_downtime.statistics.days import DayClosure
from park_downtime.timeline.judge import is_park_wide

LEAST_OUTAGES = 10
"""Of fewer nothing is said."""
BACK_WITHIN = timedelta(minutes=30)
ROUNDING = 1e-9
"""Of a product of thousands of shares; exactly half of the outages is half of them."""
HAVE_LENGTH = (StretchKind.OUTAGE, StretchKind.DID_NOT_REOPEN)


class Length(NamedTuple):
    """`is_whole`: False where it lasted at least so long: part of it was not observed, or the ride did not
    open again.
    """

    seconds: int
    is_whole: bool
    is_park_wide: bool = False


class Typical(NamedTuple):
    """Seconds that half of the outages do not exceed, and nine in ten; None below LEAST_OUTAGES, and where
    too many of them are not whole to say.
    """

    median: int | None
    nine_in_ten: int | None


@dataclass(frozen=True, slots=True)
class BackAgain:
    """Of `outages` that had lasted so long, `back` were over within BACK_WITHIN more."""

    lasted_seconds: int
    outages: int
    back: int


def lengths_of(closures: Iterable[DayClosure]) -> list[Length]:
    """Of incidents, and of rides that did not reopen: what those would have taken is not known. An outage
    with time inside in which it was not observed, or its park stood still, lasted at least what was seen.
    """
    return [
        Length(
            each.seconds,
            each.kind is StretchKind.OUTAGE
            and (each.ended_at - each.started_at).total_seconds() <= each.seconds,
            is_park_wide(each.seconds, each.park_wide_seconds),
        )
        for each in closures
        if each.is_incident and each.kind in HAVE_LENGTH
    ]


def without_park_wide(lengths: Iterable[Length]) -> list[Length]:
    return [each for each in lengths if not each.is_park_wide]


def typical(lengths: Collection[Length]) -> Typical:
    if len(lengths) < LEAST_OUTAGES:
        return Typical(None, None)
    going_on = _going_on(lengths)
    return Typical(_reached(going_on, 1 / 2), _reached(going_on, 1 / 10))


def back_again(lengths: Iterable[Length], lasted_seconds: int) -> BackAgain | None:
    """What came of outages like one that has lasted so long; None below LEAST_OUTAGES. One that is not
    whole tells nothing of what came after its known length.
    """
    until = lasted_seconds + BACK_WITHIN.total_seconds()
    known = [each for each in lengths if each.is_whole or each.seconds >= until]
    outages = [each for each in known if each.seconds >= lasted_seconds]
    if len(outages) < LEAST_OUTAGES:
        return None
    return BackAgain(lasted_seconds, len(outages), sum(each.seconds < until for each in outages))


def _going_on(lengths: Iterable[Length]) -> list[tuple[int, float]]:
    """After each length the share of outages that go on."""
    ended, known = Counter[int](), Counter[int]()
    for seconds, is_whole, _ in lengths:
        known[seconds] += 1
        if is_whole:
            ended[seconds] += 1
    share, left = 1.0, known.total()
    found = []
    for seconds in sorted(known):
        share *= 1 - ended[seconds] / left
        left -= known[seconds]
        found.append((seconds, share))
    return found


def _reached(going_on: Iterable[tuple[int, float]], share: float) -> int | None:
    """The first length after which no more than `share` go on; None: so many never end."""
    return next((seconds for seconds, left in going_on if left <= share + ROUNDING), None)
