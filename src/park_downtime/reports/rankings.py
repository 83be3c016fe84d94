"""Parks and rides in the order of their downtime: what the API and the terminal both show.

Every ride is put in order by a few measures; all of them are read only of the rides that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import compress

from sqlalchemy import Connection

from park_downtime.database.counted_rides import CountedRide, RideColumns, counted_rides
from park_downtime.database.parks import ParkRow
from park_downtime.database.rank_intervals import Intervals
from park_downtime.database.ride_status import StatusRow
from park_downtime.judging.moment import AsOf
from park_downtime.model import Days, RankedKind, Status
from park_downtime.named_periods import ROLLING, Period
from park_downtime.reports.live import ride_statuses
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.reports.rank_intervals import rank_intervals
from park_downtime.reports.ready_rides import ready_intervals, ready_ranks, ready_rides
from park_downtime.statistics.columns import Columns
from park_downtime.statistics.measures import MEASURE_NAMES, PARK_WIDE_PART, Measures, ParkMeasures
from park_downtime.statistics.scores import ParkScore, Ranked, largest, park_score, rank, tier_totals
from park_downtime.statistics.trends import COMPARED_WITH, trend_percentage

OPERATION = ("open_seconds", "downtime_seconds")
"""The measures that ranks are made of; what equals are told apart by is read where there are any."""
OBSERVATION = ("expected_seconds", "unknown_seconds")
OBSERVED_OPERATION = (*OPERATION, *OBSERVATION)
"""What every figure needs that is null where nothing was observed."""
OF_SEVEN = ("downtime_seconds", "days_operated", "wait_sum", "wait_count")
PARK_WIDE = "park_wide_seconds"
OF_SCORE = (*OPERATION, PARK_WIDE, "days_operated")
"""What `park_figures` needs at least."""
MANY_EQUAL = 3
"""With so many times the rides that are needed, it takes less to read of all what tells equals apart."""


@dataclass(frozen=True, slots=True)
class RideFigures:
    """One counted ride in a period. `now` is None where nothing was ever read of it.

    `previous` has the measures of `COMPARED_WITH`, `seven` those of `OF_SEVEN`.
    """

    ride: CountedRide
    current: Measures
    previous: Measures
    seven: Measures
    now: StatusRow | None

    @property
    def trend(self) -> float | None:
        return trend_percentage(self.current, self.previous)


@dataclass(frozen=True, slots=True)
class ParkFigures:
    """One park in a period: the sum of its counted rides, its score and its observation.

    `current` has the measures that were asked for, `previous` those of `COMPARED_WITH`;
    `park_wide_seconds` is told whether or not it is taken out of them.
    """

    park: ParkRow
    current: Measures
    previous: Measures
    observed: ParkMeasures
    previously_observed: ParkMeasures
    score: ParkScore
    park_wide_seconds: int
    rides_with_downtime: int
    rides_down: int
    is_open_now: bool | None

    @property
    def trend(self) -> float | None:
        return trend_percentage(self.current, self.previous)


@dataclass(frozen=True)
class CountedRides:
    """The counted rides of some parks in a period, and their figures column by column.

    `reads`: the measures of the period that an order or a sum needs of all rides. With `park_wide` False,
    park-wide time is taken out of the outages. `year_before`: as `PeriodSums`.
    """

    connection: Connection
    as_of: AsOf
    period: Period
    now: datetime
    park_ids: Collection[int]
    reads: Collection[str] = OPERATION
    park_wide: bool = True
    year_before: bool = False

    @cached_property
    def rides(self) -> RideColumns:
        """Those that are not active any more, too: their park has lost what they lost."""
        ready = ready_rides(self.connection) if self.sums.is_ready else None
        return counted_rides(self.connection, self.park_ids) if ready is None else ready

    @cached_property
    def are_listed(self) -> list[bool]:
        """Whether the period speaks of each: it is active, or has a row."""
        return are_listed(self.rides, self._read)

    @property
    def listed(self) -> list[int]:
        """The places of those that are."""
        return _places(self.are_listed)

    @property
    def count(self) -> int:
        """How many are listed."""
        return sum(self.are_listed) if self._ready_ranks is None else len(self._ready_ranks)

    @cached_property
    def current(self) -> Columns:
        """In the order of `rides`, as all columns here are."""
        return self._shown(self._read)

    @cached_property
    def park_wide_seconds(self) -> list[int]:
        """Whether or not it is taken out of the outages."""
        return self._read.of(self.rides.ride_ids).parts[PARK_WIDE]

    @cached_property
    def previous(self) -> Columns:
        return self._shown(self.sums.rides(Days.PREVIOUS, self._with_park_wide(COMPARED_WITH)))

    @cached_property
    def seven(self) -> Columns:
        return self._shown(self.sums.rides(Days.SEVEN, self._with_park_wide(OF_SEVEN)))

    def days_lost_known(self, park_id: int) -> int:
        """Of how many days of the park the lost time of its rides is."""
        observed = self.sums.parks(Days.CURRENT).get(park_id)
        return 0 if observed is None else observed.days_lost_known

    @cached_property
    def sums(self) -> PeriodSums:
        return PeriodSums(self.connection, self.as_of, self.period, self.park_ids, self.year_before)

    @cached_property
    def statuses(self) -> dict[int, StatusRow]:
        """What each ride is now, by its id."""
        return ride_statuses(self.connection, self.as_of, self.now, self.rides.park_of)

    @cached_property
    def ranked(self) -> list[Ranked[int]]:
        """The places that the listed ones have in `rides`, in the order of their downtime."""
        if self._ready_ranks is not None:
            return self._ready_ranks
        observed = self._read
        if not observed.parts.keys() >= {*OBSERVATION}:
            observed = self.sums.rides(Days.CURRENT, OBSERVATION)
        return ranked_rides(self.rides, self.current, observed.of(self.rides.ride_ids), self.are_listed)

    @cached_property
    def _ready_ranks(self) -> list[Ranked[int]] | None:
        is_plain = self.period in ROLLING and self.sums.is_ready and self.park_wide
        return ready_ranks(self.connection, self.period) if is_plain else None

    def rank_intervals(self, ride_ids: Collection[int] | None = None) -> Intervals:
        """How sure the plain ranks of all of them are; `ride_ids`: of these only."""
        ready = ready_intervals(self.connection, self.period, ride_ids) if self.sums.is_ready else None
        if ready is not None:
            return ready
        return rank_intervals(self.connection, self.as_of, self.period, RankedKind.RIDE, ride_ids)

    def first(self, most: int) -> list[Ranked[RideFigures]]:
        """The first of them, whole: only of those that can be among them is all read that tells equals
        apart.
        """
        if self._ready_ranks is not None:
            return self.at(self._ready_ranks[:most])
        current = self.current
        places = largest(current.parts["downtime_seconds"], current.operating_seconds(), self.listed, most)
        if len(places) > MANY_EQUAL * most:
            return self.at(self.ranked[:most])
        whole = self.whole(places)
        ranked = rank(
            [row.current.downtime_seconds for row in whole],
            [row.current.operating_seconds for row in whole],
            [row.current.coverage_share for row in whole],
            [row.ride.name for row in whole],
        )
        return [Ranked(each.rank, whole[each.row]) for each in ranked[:most]]

    def at(self, ranked: Sequence[Ranked[int]]) -> list[Ranked[RideFigures]]:
        """The same, whole."""
        whole = self.whole([each.row for each in ranked])
        return [Ranked(each.rank, row) for each, row in zip(ranked, whole, strict=True)]

    def whole(self, places: Sequence[int]) -> list[RideFigures]:
        """All figures of the rides at some places, in the order asked for."""
        shown, sums = [self.rides[place] for place in places], self.sums
        ids = [ride.ride_id for ride in shown]
        status = self._statuses_of(ids)
        figures = (
            self._of(ids, sums.rides(Days.CURRENT, MEASURE_NAMES, ids)),
            self._of(ids, sums.rides(Days.PREVIOUS, self._with_park_wide(COMPARED_WITH), ids)),
            self._of(ids, sums.rides(Days.SEVEN, self._with_park_wide(OF_SEVEN), ids)),
        )
        return [
            RideFigures(ride, current, previous, seven, status.get(ride.ride_id))
            for ride, current, previous, seven in zip(
                shown, *(columns.measures() for columns in figures), strict=True
            )
        ]

    def _statuses_of(self, ride_ids: Collection[int]) -> dict[int, StatusRow]:
        if "statuses" in self.__dict__:  # those of all have been read
            return self.statuses
        park_of = self.rides.park_of
        return ride_statuses(self.connection, self.as_of, self.now, park_of, ride_ids=ride_ids)

    @cached_property
    def _read(self) -> Columns:
        return self.sums.rides(Days.CURRENT, self._with_park_wide(self.reads))

    def _with_park_wide(self, names: Collection[str]) -> list[str]:
        """With what is taken out of the outages, where it is."""
        if self.park_wide:
            return [*names]
        return [*dict.fromkeys([*names, *(wide for name, wide in PARK_WIDE_PART.items() if name in names)])]

    def _shown(self, read: Columns) -> Columns:
        return self._of(self.rides.ride_ids, read)

    def _of(self, ride_ids: list[int], read: Columns) -> Columns:
        aligned = read.of(ride_ids)
        return aligned if self.park_wide else aligned.without_park_wide()


def are_listed(rides: RideColumns, read: Columns) -> list[bool]:
    """Whether a period speaks of each, of which rides with a row were read."""
    with_row = set(read.ride_ids)
    known = zip(rides.are_active, rides.ride_ids, strict=True)
    return [is_active or ride_id in with_row for is_active, ride_id in known]


def ranked_rides(
    rides: RideColumns, current: Columns, observed: Columns, are_listed: Sequence[bool]
) -> list[Ranked[int]]:
    """The places of those that are listed, in the order of their downtime."""
    return rank(
        current.parts["downtime_seconds"],
        current.operating_seconds(),
        observed.coverage_shares(),
        rides.names,
        _places(are_listed),
    )


def _places(are_listed: Sequence[bool]) -> list[int]:
    return list(compress(range(len(are_listed)), are_listed))


def park_figures(rides: CountedRides, running: Mapping[int, bool | None] | None = None) -> list[ParkFigures]:
    """Every one of the parks. `running`: which park runs now, where that is known."""
    own: defaultdict[int, list[int]] = defaultdict(list)
    for place, park_id in enumerate(rides.rides.park_ids):
        own[park_id].append(place)
    now, before = rides.sums.parks(Days.CURRENT), rides.sums.parks(Days.PREVIOUS)
    down = _rides_down(rides)
    return [
        ParkFigures(
            park=rides.as_of.parks[park_id],
            current=rides.current.total(own[park_id]),
            previous=rides.previous.total(own[park_id]),
            observed=now.get(park_id, ParkMeasures()),
            previously_observed=before.get(park_id, ParkMeasures()),
            score=park_score(tier_totals(rides.current, rides.rides.tiers, own[park_id])),
            park_wide_seconds=sum(rides.park_wide_seconds[place] for place in own[park_id]),
            rides_with_downtime=sum(
                rides.current.parts["downtime_seconds"][place] > 0 for place in own[park_id]
            ),
            rides_down=down[park_id],
            is_open_now=(running or {}).get(park_id),
        )
        for park_id in sorted(rides.park_ids)
    ]


def _rides_down(rides: CountedRides) -> defaultdict[int, int]:
    """By park."""
    down: defaultdict[int, int] = defaultdict(int)
    park_of = rides.rides.park_of
    said = ride_statuses(rides.connection, rides.as_of, rides.now, park_of, said=Status.DOWN)
    for ride_id, row in said.items():
        down[park_of[ride_id]] += row.status is Status.DOWN
    return down


def ranked_parks(rows: Iterable[ParkFigures], weighted: bool = False) -> list[Ranked[ParkFigures]]:
    """By downtime, or by weighted score."""
    parks = list(rows)
    ranked = rank(
        [row.score.weighted_seconds if weighted else row.current.downtime_seconds for row in parks],
        [row.current.operating_seconds for row in parks],
        [row.current.coverage_share for row in parks],
        [row.park.name for row in parks],
    )
    return [Ranked(each.rank, parks[each.row]) for each in ranked]
