"""How sure a rank is: where a row would stand had the period's days come up otherwise (DESIGN, Periods).

A draw takes as many of the period's local dates as there are, some twice and some not at all, the same for
all rows, and ranks the rows by what they add up to. To do that 200 times for 5,000 rides without a library,
a date's seconds of all rows stand side by side in one long number: such numbers added are all rows added.
"""

from __future__ import annotations

import random
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import mul
from typing import NamedTuple, TypeAlias

from park_downtime.statistics.scores import RANKED_FROM_SECONDS

DRAWS = 200
LOW_PERCENT, HIGH_PERCENT = 5, 95
UNRANKED = 0

Seconds: TypeAlias = "array[int]"
"""One unsigned number of 64 bits per row: no sum over a year of a park's rides comes near its end."""


class RankInterval(NamedTuple):
    """The ranks, 1 the first, between which a row lies in nine of ten draws; both are included."""

    low: int
    high: int

    def widened(self, rank: int) -> RankInterval:
        """So that a rank of now, which today's row has a part in, lies inside."""
        return RankInterval(min(self.low, rank), max(self.high, rank))


@dataclass(frozen=True, slots=True)
class DatesSeconds:
    """What a date, or whatever else is drawn as one, had of each row, in the order of the rows."""

    downtime: Seconds
    operating: Seconds


def no_seconds(rows: int) -> Seconds:
    return array("Q", bytes(8 * rows))


def added_up(seconds: Seconds, places: Sequence[int], rows: int) -> Seconds:
    """The seconds of fewer rows, parks, that each add up some of these; `places`: which one each goes to."""
    total = no_seconds(rows)
    for place, some in zip(places, seconds, strict=True):
        total[place] += some
    return total


def rank_intervals(
    row_ids: Sequence[int], dates: Sequence[DatesSeconds], seed: str
) -> dict[int, RankInterval]:
    """By row. The same seed gives the same answer. Missing: rows that no draw ranks."""
    found = {}
    ranks_by_draw = list(_ranks_by_draw(len(row_ids), dates, seed))
    for row_id, ranks in zip(row_ids, zip(*ranks_by_draw, strict=True), strict=True):
        interval = _interval(sorted(ranks))
        if interval is not None:
            found[row_id] = interval
    return found


def _ranks_by_draw(rows: int, dates: Sequence[DatesSeconds], seed: str) -> Iterator[array[int]]:
    downtime = [_side_by_side(one.downtime) for one in dates]
    operating = [_side_by_side(one.operating) for one in dates]
    for times in drawn(seed, len(dates)):
        yield _ranks(_total(downtime, times, rows), _total(operating, times, rows))


def drawn(seed: str, dates: int) -> Iterator[list[int]]:
    """For each draw how many times each date is taken."""
    chance = random.Random(seed)
    for _ in range(DRAWS):
        times = [0] * dates
        for _ in range(dates):
            # Python promises the sequence of random() for ever, that of choices() it does not.
            times[int(chance.random() * dates)] += 1
        yield times


def _side_by_side(seconds: Seconds) -> int:
    return int.from_bytes(seconds.tobytes(), sys.byteorder)


def _total(numbers: Iterable[int], times: Iterable[int], rows: int) -> Seconds:
    total = sum(number * count for number, count in zip(numbers, times, strict=True) if count)
    return array("Q", total.to_bytes(8 * rows, sys.byteorder))


def _ranks(downtime: Seconds, operating: Seconds) -> array[int]:
    """Competition ranks, 1 for the longest downtime: who is as long down has the same one."""
    is_ranked = list(map(RANKED_FROM_SECONDS.__le__, operating))
    ranked = sorted(compress(downtime, is_ranked))
    # Of equals the last one stays, which is the best rank.
    rank_of = dict(zip(ranked, range(len(ranked), 0, -1), strict=True))
    # Times false is UNRANKED: two million ranks a night are too many for a loop of ours.
    return array("I", map(mul, map(rank_of.get, downtime, repeat(UNRANKED)), is_ranked))


def _interval(ascending: Sequence[int]) -> RankInterval | None:
    """`ascending`: a row's ranks in all draws; those in which it is unranked are left out."""
    first = bisect_right(ascending, UNRANKED)
    count = len(ascending) - first
    if not count:
        return None
    return RankInterval(
        *(ascending[first + nearest_rank(count, percent)] for percent in (LOW_PERCENT, HIGH_PERCENT))
    )


def nearest_rank(count: int, percent: int) -> int:
    """The place, from 0, of a percentile among so many values in ascending order."""
    return max(0, -(-count * percent // 100) - 1)
