"""Closures that were told keep their ids for ever: what becomes of them when their days are judged anew."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from park_downtime.model import GoneReason, StretchKind
from park_downtime.statistics.days import DayClosure


class ClosureId(NamedTuple):
    """A ride closes once at an instant, whichever park it is in."""

    ride_id: int
    started_at: datetime

    def __str__(self) -> str:
        return f"{self.ride_id}-{int(self.started_at.timestamp())}"


@dataclass(frozen=True, slots=True)
class ToldClosure:
    """`known_at`: when it was told first; None: before that was noted."""

    closure: DayClosure
    known_at: datetime | None

    @property
    def id(self) -> ClosureId:
        return id_of(self.closure)


@dataclass(frozen=True, slots=True)
class FormerId:
    """An id that is no closure's any more. `moved_to`: when the closure begins that lies there now."""

    id: ClosureId
    known_at: datetime | None
    reason: GoneReason
    moved_to: datetime | None


@dataclass(slots=True)
class Retold:
    """`first`: never told before; `other`: told, and other than they were; `removed`: rows of closures that
    are none any more, or belong to another day.
    """

    first: list[DayClosure] = field(default_factory=list)
    other: list[ToldClosure] = field(default_factory=list)
    removed: list[DayClosure] = field(default_factory=list)
    former: list[FormerId] = field(default_factory=list)


def id_of(closure: DayClosure) -> ClosureId:
    return ClosureId(closure.ride_id, closure.started_at)


def retold(
    told: Sequence[ToldClosure],
    judged: Iterable[DayClosure],
    ongoing: Iterable[DayClosure],
    why: GoneReason,
    counted: Container[int],
) -> Retold:
    """`told`, `judged` and `ongoing` are of the same days of one park; of those that are not judged yet only
    what was told stays. `counted`: the rides that the park is judged by now.
    """
    known = {each.id: each for each in told}
    said = {id_of(closure): closure for closure in judged}
    said |= {key: closure for closure in ongoing if (key := id_of(closure)) in known and key not in said}
    found = Retold()
    for key, closure in said.items():
        before = known.get(key)
        if before is None:
            found.first.append(closure)
        elif closure != before.closure:
            found.other.append(ToldClosure(closure, before.known_at))
            if closure.stat_date != before.closure.stat_date:
                found.removed.append(before.closure)
    for key, each in known.items():
        if key not in said:
            found.removed.append(each.closure)
            moved_to = _covering(each.closure, said.values())
            found.former.append(FormerId(key, each.known_at, _reason(each, why, counted), moved_to))
    return found


def _covering(gone: DayClosure, said: Iterable[DayClosure]) -> datetime | None:
    """The first closure of the ride that shares time with one that is gone."""
    begins = [
        closure.started_at
        for closure in said
        if closure.ride_id == gone.ride_id
        and (closure.started_at <= gone.started_at or closure.started_at < gone.ended_at)
        and gone.started_at < closure.ended_at
    ]
    return min(begins, default=None)


def _reason(gone: ToldClosure, why: GoneReason, counted: Container[int]) -> GoneReason:
    if gone.closure.ride_id not in counted:
        return GoneReason.NOT_COUNTED
    if gone.closure.kind is StretchKind.ONGOING and why in _AS_TIME_GOES_ON:
        return GoneReason.NOT_AN_OUTAGE
    return why


_AS_TIME_GOES_ON = (GoneReason.JUDGED_ANEW, GoneReason.CLOSED_DAY)
"""What cycles and nights say of every closure that a ride's day ends with."""
