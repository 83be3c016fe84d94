"""Closed days judged again by the present method, from the archive, park after park."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import groupby

from sqlalchemy import Engine

from park_downtime.database.again import read_again, write_again
from park_downtime.database.engine import reading
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.judging.rank_intervals import work_out_rank_intervals
from park_downtime.judging.rejudge_park import DayAgain, rejudge_park
from park_downtime.judging.save_rejudged import save_rejudged
from park_downtime.periods import DateRange
from park_downtime.reports.make_ready import make_periods_ready, make_ready
from park_downtime.statistics.measures import Measures, total
from park_downtime.stretches.archive import ArchiveUnreadable, StretchArchive

log = logging.getLogger(__name__)


class NothingToRejudge(Exception):
    """No closed day that was asked for is in the archive, or no such park; the message says which."""


@dataclass(frozen=True, slots=True)
class RejudgedPark:
    """`before` and `after`: what the park's rides add up to over the days that could be judged, `days` of
    them, `changed` with other figures. `not_whole`: days of which not all is in the archive.
    """

    park: ParkRow
    days: int
    changed: list[date]
    not_whole: list[date]
    before: Measures
    after: Measures


@dataclass(slots=True)
class RejudgeReport:
    """`left`: days that something else closed or opened again meanwhile; `failed`: why of a park."""

    parks: list[RejudgedPark] = field(default_factory=list)
    rows_written: int = 0
    left: list[tuple[int, date]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


Tell = Callable[[RejudgedPark], None]
"""Told what a park's days would be, before anything of it is written."""


def rejudge(
    engine: Engine,
    archive: StretchArchive,
    dates: DateRange,
    now: datetime,
    park_ids: Collection[int] | None = None,
    is_written: bool = False,
    tell: Tell | None = None,
) -> RejudgeReport:
    """Raises NothingToRejudge. Killed at any moment it leaves whole months of parks, and the same call makes
    the rest good.
    """
    report = RejudgeReport()
    for park in _parks(engine, park_ids):
        try:
            with reading(engine) as connection:
                found = list(rejudge_park(connection, archive, park, dates, now))
        except ArchiveUnreadable as error:
            log.error("park not judged again", extra={"park_id": park.park_id, "reason": str(error)})
            report.failed.append(str(error))
            continue
        judged = [one for one in found if isinstance(one, DayAgain)]
        if not found:
            continue
        of_park = _of_park(park, judged, [one for one in found if isinstance(one, date)])
        report.parks.append(of_park)
        if tell is not None:
            tell(of_park)
        if is_written:
            _write(engine, archive, park, judged, now, report)
    if not report.failed and not any(of_park.days for of_park in report.parks):
        whose = "" if park_ids is None else f" of park {', '.join(map(str, sorted(park_ids)))}"
        raise NothingToRejudge(
            f"no closed day{whose} from {dates.first} to {dates.last} is in the archive {archive.folder} "
            "with the days beside it"
        )
    if is_written:
        report.rows_written += work_out_rank_intervals(engine, now, dates)
        make_periods_ready(engine)
        make_ready(engine)
    counts = {"parks": len(report.parks), "rows_written": report.rows_written, "left": len(report.left)}
    log.info("rejudged", extra={**counts, "first": str(dates.first), "last": str(dates.last)})
    return report


def _parks(engine: Engine, park_ids: Collection[int] | None) -> list[ParkRow]:
    parks = read_again(engine, all_parks)
    if park_ids is None:
        return list(parks.values())
    unknown = sorted(set(park_ids) - parks.keys())
    if unknown:
        raise NothingToRejudge(f"no park has the id {unknown[0]}; `park-downtime report` names them")
    return [park for park_id, park in parks.items() if park_id in park_ids]


def _of_park(park: ParkRow, judged: Sequence[DayAgain], not_whole: list[date]) -> RejudgedPark:
    return RejudgedPark(
        park=park,
        days=len(judged),
        changed=[one.day for one in judged if one.is_changed],
        not_whole=not_whole,
        before=total(parts for one in judged for parts in one.before.values()),
        after=total(
            ride.parts
            for one in judged
            for ride in one.judged.row.rides.values()
            if ride.ride_id not in one.gone
        ),
    )


def _write(
    engine: Engine,
    archive: StretchArchive,
    park: ParkRow,
    judged: Iterable[DayAgain],
    now: datetime,
    report: RejudgeReport,
) -> None:
    for _, days in groupby(judged, key=lambda one: one.day.replace(day=1)):
        store = partial(save_rejudged, archive=archive, park=park, days=list(days), now=now)
        saved = write_again(engine, store)
        report.rows_written += saved.rows
        report.left += [(park.park_id, day) for day in saved.left]
