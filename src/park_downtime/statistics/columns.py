"""The parts of many rides, measure by measure: what thousands of rides are put in order by.

A ranking needs a few measures of every ride, and all of them only of those that it shows. Lists of numbers
are added up by Python's own loops, ten times faster than an object for each ride.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass
from functools import lru_cache
from operator import add, itemgetter, sub
from typing import Any, cast

from park_downtime.statistics.measures import (
    MEASURE_NAMES,
    PARK_WIDE_PART,
    Measures,
    Shares,
    coverage_share,
)
from park_downtime.timeline.runs import greatest, least

Column = list[Any]
"""One measure of each ride."""


_TWO: dict[str | None, Callable[[Any, Any], Any]] = {None: add, "least": least, "greatest": greatest}
_ADDED = {part.name: _TWO[part.metadata.get("of_several")] for part in fields(Measures)}
_AT_FIRST: dict[str, Any] = {part.name: part.default for part in fields(Measures)}


@dataclass(frozen=True, slots=True)
class Columns:
    """`parts` has a column for each measure that was read, in the order of `ride_ids`, which differ."""

    ride_ids: list[int]
    parts: Mapping[str, Column]

    def of(self, ride_ids: list[int]) -> Columns:
        """The same for exactly these rides; one that is not known has what `Measures` has at first."""
        if ride_ids == self.ride_ids:
            return self
        known = {ride_id: place for place, ride_id in enumerate(self.ride_ids)}
        places = [known.get(ride_id, -1) for ride_id in ride_ids]
        return Columns(ride_ids, {name: _at(places, name, column) for name, column in self.parts.items()})

    def only(self, ride_ids: Collection[int]) -> Columns:
        """The same for those of these rides of which something is known."""
        wanted = set(ride_ids)
        return self.of([ride_id for ride_id in self.ride_ids if ride_id in wanted])

    def plus(self, other: Columns) -> Columns:
        """Both added up, of the rides of either."""
        ride_ids = self.ride_ids
        if other.ride_ids != ride_ids:
            ride_ids = list(dict.fromkeys([*ride_ids, *other.ride_ids]))
        mine, theirs = self.of(ride_ids).parts, other.of(ride_ids).parts
        return Columns(ride_ids, {name: list(map(_ADDED[name], mine[name], theirs[name])) for name in mine})

    def without_park_wide(self) -> Columns:
        """The same with park-wide time taken out of downtime, and park-wide outages out of their number."""
        without = dict(self.parts)
        for name, wide in PARK_WIDE_PART.items():
            if name in without:
                without[name] = list(map(sub, without[name], without[wide]))
                without[wide] = [0] * len(self.ride_ids)
        return Columns(self.ride_ids, without)

    def operating_seconds(self) -> list[int]:
        """Open or in an outage."""
        return list(map(add, self.parts["open_seconds"], self.parts["downtime_seconds"]))

    def coverage_shares(self) -> list[float | None]:
        return list(map(coverage_share, self.parts["expected_seconds"], self.parts["unknown_seconds"]))

    def measures(self) -> list[Measures]:
        """Of each ride. A measure that was not read is none of their attributes: who asks for it is told."""
        return list(map(_kind(tuple(self.parts)), *self.parts.values()))

    def total(self, places: Sequence[int]) -> Measures:
        """The sum of the rides at some places, of the measures that were read."""
        chosen = at_places(places)
        return _kind(tuple(self.parts))(
            *(_total(name, chosen(column)) for name, column in self.parts.items())
        )


def columns_of(ride_ids: list[int], names: Collection[str], parts: Iterable[Column]) -> Columns:
    """Of rows, of which a ride may have several: on the day on which it moves to another park."""
    return _each_once(Columns(ride_ids, dict(zip(names, parts, strict=True))))


def _each_once(read: Columns) -> Columns:
    ride_ids = read.ride_ids
    if len(set(ride_ids)) == len(ride_ids):
        return read
    first = {ride_id: place for place, ride_id in reversed(list(enumerate(ride_ids)))}
    places = sorted(first.values())
    further = sorted({*range(len(ride_ids))}.difference(places))
    return _rows(read, places).plus(_each_once(_rows(read, further)))


def at_places(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What takes the values at some places out of a column."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda column: [column[place] for place in places]


def none_of(names: Iterable[str]) -> Columns:
    """Of no ride."""
    return Columns([], {name: [] for name in names})


def _rows(read: Columns, places: Sequence[int]) -> Columns:
    return Columns(
        [read.ride_ids[place] for place in places],
        {name: [column[place] for place in places] for name, column in read.parts.items()},
    )


def _at(places: Sequence[int], name: str, column: Column) -> Column:
    """Place -1 is that of nothing known."""
    padded = [*column, _AT_FIRST[name]]
    return list(at_places(places)(padded))


def _total(name: str, column: Sequence[Any]) -> int | None:
    how = _ADDED[name]
    if how is add:
        added: int = sum(column)
        return added
    total: int | None = _AT_FIRST[name]
    for value in column:
        total = how(total, value)
    return total


@lru_cache(maxsize=64)
def _kind(names: tuple[str, ...]) -> Callable[..., Measures]:
    """Measures of which only these are known: who asks for another is told."""
    if names == MEASURE_NAMES:
        return Measures
    return cast("Callable[..., Measures]", make_dataclass("SomeMeasures", names, bases=(Shares,), slots=True))
