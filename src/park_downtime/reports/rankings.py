"""Parks and rides in the order of their downtime: what the API and the terminal both show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.ride_status import StatusRow
from park_downtime.database.rides import Entry, entries
from park_downtime.judging.moment import AsOf
from park_downtime.model import Period, Status
from park_downtime.reports.live import ride_statuses
from park_downtime.reports.period_sums import Figures, figures
from park_downtime.statistics.measures import Measures, ParkMeasures, total
from park_downtime.statistics.scores import ParkScore, Ranked, park_score, rank
from park_downtime.statistics.trends import trend_percentage


@dataclass(frozen=True, slots=True)
class RideFigures:
    """One counted ride in a period. `now` is None where nothing was ever read of it."""

    entry: Entry
    current: Measures
    previous: Measures
    seven: Measures
    now: StatusRow | None

    @property
    def trend(self) -> float | None:
        return trend_percentage(self.current, self.previous)


@dataclass(frozen=True, slots=True)
class ParkFigures:
    """One park in a period: the sum of its counted rides, its score and its observation."""

    park: ParkRow
    current: Measures
    previous: Measures
    observed: ParkMeasures
    previously_observed: ParkMeasures
    score: ParkScore
    rides_down: int
    is_open_now: bool | None
    rides: Mapping[int, Measures]

    @property
    def trend(self) -> float | None:
        return trend_percentage(self.current, self.previous)


@dataclass(frozen=True, slots=True)
class RankingInput:
    """What rankings are made of; whoever makes several of one moment loads it once."""

    figures: Figures
    status: Mapping[int, StatusRow]
    entries: Mapping[int, Entry]


def load(
    connection: Connection,
    as_of: AsOf,
    period: Period,
    now: datetime,
    park_ids: Iterable[int] | None = None,
) -> RankingInput:
    """`park_ids`: None for all that are tracked."""
    wanted = sorted(as_of.parks if park_ids is None else park_ids)
    known = entries(connection, wanted)
    return RankingInput(
        figures(connection, as_of, period, wanted),
        ride_statuses(connection, as_of, now, known, wanted),
        known,
    )


def ride_figures(
    connection: Connection,
    as_of: AsOf,
    period: Period,
    now: datetime,
    park_ids: Iterable[int] | None = None,
    park_wide: bool = True,
) -> list[RideFigures]:
    """Every counted ride of the parks: active ones, and those that ran in the period."""
    return ride_figures_of(load(connection, as_of, period, now, park_ids), park_wide)


def ride_figures_of(loaded: RankingInput, park_wide: bool = True) -> list[RideFigures]:
    found = loaded.figures
    return [
        RideFigures(
            entry,
            _with(found.current.get(ride_id), park_wide),
            _with(found.previous.get(ride_id), park_wide),
            _with(found.seven.get(ride_id), park_wide),
            loaded.status.get(ride_id),
        )
        for ride_id, entry in loaded.entries.items()
        if entry.is_counted and (entry.is_active or ride_id in found.current)
    ]


def park_figures(
    connection: Connection,
    as_of: AsOf,
    period: Period,
    now: datetime,
    park_ids: Iterable[int] | None = None,
    park_wide: bool = True,
    running: Mapping[int, bool | None] | None = None,
) -> list[ParkFigures]:
    """Every tracked park. `running`: which park runs now, where that is known."""
    wanted = sorted(as_of.parks if park_ids is None else park_ids)
    loaded = load(connection, as_of, period, now, wanted)
    return park_figures_of(loaded, as_of, wanted, park_wide, running)


def park_figures_of(
    loaded: RankingInput,
    as_of: AsOf,
    park_ids: Iterable[int],
    park_wide: bool = True,
    running: Mapping[int, bool | None] | None = None,
) -> list[ParkFigures]:
    own: dict[int, dict[int, Entry]] = {park_id: {} for park_id in park_ids}
    for ride_id, entry in loaded.entries.items():
        if entry.is_counted and entry.park_id in own:
            own[entry.park_id][ride_id] = entry
    return [
        _park(as_of.parks[park_id], rides, loaded, park_wide, (running or {}).get(park_id))
        for park_id, rides in own.items()
    ]


def _park(
    park: ParkRow,
    own: Mapping[int, Entry],
    loaded: RankingInput,
    park_wide: bool,
    is_running: bool | None,
) -> ParkFigures:
    """`own`: the park's counted rides."""
    found, status = loaded.figures, loaded.status
    current = {i: _with(found.current[i], park_wide) for i in own if i in found.current}
    previous = [_with(found.previous[i], park_wide) for i in own if i in found.previous]
    return ParkFigures(
        park=park,
        current=total(current.values()),
        previous=total(previous),
        observed=found.parks_current.get(park.park_id, ParkMeasures()),
        previously_observed=found.parks_previous.get(park.park_id, ParkMeasures()),
        score=park_score(current, {i: e.tier for i, e in own.items()}),
        rides_down=sum(i in status and status[i].status is Status.DOWN for i in own),
        is_open_now=is_running,
        rides=current,
    )


def _with(parts: Measures | None, park_wide: bool) -> Measures:
    if parts is None:
        return Measures()
    return parts if park_wide else parts.without_park_wide()


def ranked_parks(rows: Iterable[ParkFigures], weighted: bool = False) -> list[Ranked[ParkFigures]]:
    """By downtime, or by weighted score."""
    return rank(
        (
            row.score.weighted_seconds if weighted else row.current.downtime_seconds,
            row.current,
            row.park.name,
            row,
        )
        for row in rows
    )


def ranked_rides(rows: Iterable[RideFigures]) -> list[Ranked[RideFigures]]:
    return rank((row.current.downtime_seconds, row.current, row.entry.name, row) for row in rows)
