"""How long outages last: by Kaplan and Meier, for of some only a least length is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from park_downtime.model import StretchKind
from park_downtime.statistics.days import DayClosure
from park_downtime.timeline.judge import is_park_wide

LEAST_OUTAGES = 10
"""Of fewer nothing is said."""
BACK_WITHIN = timedelta(minutes=30)
HAVE_LENGTH = (StretchKind.OUTAGE, StretchKind.DID_NOT_REOPEN)


@dataclass(frozen=True, slots=True)
class Length:
    """`is_whole`: False where it lasted at least so long: part of it was not observed, or the ride did not
    open again.
    """

    seconds: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class BackAgain:
    """Of `outages` that had lasted so long, `back` were over within BACK_WITHIN more."""

    lasted_seconds: int
    outages: int
    back: int


def lengths_of(closures: Iterable[DayClosure], with_park_wide: bool = True) -> list[Length]:
    """Of incidents, and of rides that did not reopen: what those would have taken is not known. An outage
    with time inside in which it was not observed, or its park stood still, lasted at least what was seen.
    """
    return [
        Length(each.seconds, is_whole=each.kind is StretchKind.OUTAGE and not _has_gap(each))
        for each in closures
        if each.is_incident
        and each.kind in HAVE_LENGTH
        and (with_park_wide or not is_park_wide(each.seconds, each.park_wide_seconds))
    ]


def _has_gap(closure: DayClosure) -> bool:
    return (closure.ended_at - closure.started_at).total_seconds() > closure.seconds


def median(lengths: Iterable[Length]) -> int | None:
    """Seconds that half of the outages do not exceed; None below LEAST_OUTAGES, and where too many of them
    are not whole to say.
    """
    return _length_of(lengths, Fraction(1, 2))


def nine_in_ten(lengths: Iterable[Length]) -> int | None:
    """The same of nine in ten."""
    return _length_of(lengths, Fraction(9, 10))


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


def _length_of(lengths: Iterable[Length], share: Fraction) -> int | None:
    """The first length at which no more than 1 - `share` of the outages go on. Exact: at a half it matters
    on which side of it a product of fractions lies.
    """
    ordered = sorted(lengths, key=lambda each: (each.seconds, not each.is_whole))
    if len(ordered) < LEAST_OUTAGES:
        return None
    going_on, left = Fraction(1), len(ordered)
    for seconds, ended, gone in _by_length(ordered):
        going_on *= Fraction(left - ended, left)
        left -= gone
        if going_on <= 1 - share:
            return seconds
    return None


def _by_length(ordered: Sequence[Length]) -> Iterable[tuple[int, int, int]]:
    """Each length, how many ended at it, and how many are known no longer than it."""
    found: dict[int, list[int]] = {}
    for each in ordered:
        counts = found.setdefault(each.seconds, [0, 0])
        counts[0] += each.is_whole
        counts[1] += 1
    return [(seconds, ended, gone) for seconds, (ended, gone) in found.items()]
