"""The nights: close the local days of each time zone, roll them up, and log how far that came."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine

from park_downtime.database.again import read_again, write_again
from park_downtime.database.aggregation import LogRow, begin_attempt, end_attempt, zone_days
from park_downtime.database.availability import unforeseen
from park_downtime.database.daily import final_days
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.database.retention import update_final_until
from park_downtime.database.runs import days_with_runs, first_days_with_runs, has_runs
from park_downtime.database.totals import parks_summed, rebuild_totals, renew_park_totals
from park_downtime.database.version import bump_version
from park_downtime.judging.close_day import close_park_day
from park_downtime.judging.count_votes import learn_odds
from park_downtime.judging.park_history import first_whole_day
from park_downtime.judging.rank_intervals import work_out_rank_intervals
from park_downtime.judging.roll_up import roll_up
from park_downtime.model import ZoneDayStatus
from park_downtime.periods import DAY, local_date, night_slot
from park_downtime.reports.make_ready import make_periods_ready, make_ready
from park_downtime.stretches.archive import ArchiveUnreadable, ArchiveUnwritable, StretchArchive

log = logging.getLogger(__name__)


class RunsGone(Exception):
    """A day cannot be redone: what it was judged from is no longer kept."""


@dataclass(slots=True)
class NightReport:
    """What an aggregation did. `closed`: days of zones that are a success now."""

    closed: list[tuple[str, date]] = field(default_factory=list)
    waiting: list[tuple[str, date]] = field(default_factory=list)
    failed: list[tuple[str, date, str]] = field(default_factory=list)
    parks_final: int = 0
    rows_written: int = 0


@dataclass(slots=True)
class _ZoneDay:
    final: set[int] = field(default_factory=set)
    is_open: set[int] = field(default_factory=set)
    rows: int = 0
    errors: list[str] = field(default_factory=list)


def aggregate_due(engine: Engine, now: datetime, archive: StretchArchive | None = None) -> NightReport:
    """Every attempt that is due at `now`; a failure in one zone or park never stops another.

    `archive`: where the stretches of days go that are closed; None: nowhere.
    """
    report = NightReport()
    for timezone, parks in _zones(engine).items():
        try:
            _aggregate_zone(engine, timezone, parks, now, report, archive)
        except DATABASE_UNAVAILABLE:
            raise
        except Exception as error:
            log.error(
                "aggregation of a zone failed",
                exc_info=unforeseen(error),
                extra={"reason": in_one_line(error), "timezone": timezone},
            )
            report.failed.append((timezone, local_date(now, timezone), in_one_line(error)))
    if report.closed:
        write_again(engine, partial(learn_odds, now=now))
    _work_out_rank_intervals(engine, now, report)
    make_periods_ready(engine)
    make_ready(engine)
    log.info(
        "aggregated",
        extra={
            "zone_days_closed": len(report.closed),
            "zone_days_waiting": len(report.waiting),
            "zone_days_failed": len(report.failed),
            "parks_final": report.parks_final,
            "rows_written": report.rows_written,
        },
    )
    return report


def aggregate_day(
    engine: Engine, day: date, now: datetime, archive: StretchArchive | None = None
) -> NightReport:
    """Redo one local day in every zone, with identical rows. Raises RunsGone where its runs are not kept."""
    zones = _zones(engine)
    for timezone in zones:
        if day >= local_date(now, timezone):
            raise RunsGone(f"{day} is not over in {timezone}: it is judged with every cycle")
    parks_of_zones = [park for parks in zones.values() for park in parks]

    def judgeable_parks(connection: Connection) -> tuple[dict[int, date], list[ParkRow]]:
        first = {park.park_id: first_whole_day(connection, park) for park in parks_of_zones}
        judgeable = [
            park
            for park in parks_of_zones
            if first[park.park_id] <= day and has_runs(connection, park.park_id, day)
        ]
        return first, judgeable

    first, judgeable = read_again(engine, judgeable_parks)
    if not judgeable:
        known = f"they are from {min(first.values())} on" if first else "there are no runs yet"
        raise RunsGone(f"not all runs of {day} are kept, so it cannot be judged again: {known}")
    report = NightReport()
    for timezone, parks in zones.items():
        parks_here = [park for park in parks if park in judgeable]
        if parks_here:
            _attempt(engine, timezone, parks_here, day, now, 1, report, set(), archive)
    _work_out_rank_intervals(engine, now, report)
    make_periods_ready(engine)
    make_ready(engine)
    return report


def _zones(engine: Engine) -> dict[str, list[ParkRow]]:
    """The parks that have runs, by zone; also those that are no longer tracked, until they are final."""

    def parks_with_runs(connection: Connection) -> list[ParkRow]:
        first_days = first_days_with_runs(connection)
        return [park for park in all_parks(connection).values() if park.park_id in first_days]

    zones: dict[str, list[ParkRow]] = {}
    for park in read_again(engine, parks_with_runs):
        zones.setdefault(park.timezone, []).append(park)
    return zones


def _aggregate_zone(
    engine: Engine,
    timezone: str,
    parks: list[ParkRow],
    now: datetime,
    report: NightReport,
    archive: StretchArchive | None,
) -> None:
    park_ids = [park.park_id for park in parks]

    def nights(connection: Connection) -> tuple[date, dict[date, LogRow], set[tuple[int, date]], set[date]]:
        first_days = first_days_with_runs(connection)
        first = min(first_days[park_id] for park_id in park_ids if park_id in first_days)
        final = final_days(connection, park_ids, first, local_date(now, timezone))
        behind = {day for _, day in days_with_runs(connection, park_ids, first) - final}
        return first, zone_days(connection, timezone, first), final, behind

    first, known, final, behind = read_again(engine, nights)
    for day in days_over(first, timezone, now):
        row = known.get(day)
        # A park may have come to the zone, or its readings to the database, after the day was closed.
        if row is not None and row.status is ZoneDayStatus.SUCCESS and day not in behind:
            continue
        last = row.started_at if row is not None and row.attempts else None
        if not is_due(day, timezone, last, now):
            continue
        attempts = (row.attempts if row is not None else 0) + 1
        closed = {park_id for park_id, final_day in final if final_day == day}
        _attempt(engine, timezone, parks, day, now, attempts, report, closed, archive)


def _attempt(
    engine: Engine,
    timezone: str,
    parks: Iterable[ParkRow],
    day: date,
    now: datetime,
    attempts: int,
    report: NightReport,
    already_final: set[int],
    archive: StretchArchive | None,
) -> None:
    write_again(engine, lambda connection: begin_attempt(connection, timezone, day, attempts, now))
    did = _ZoneDay(final=set(already_final))
    # Also those of an earlier attempt, which may have been killed before it summed them up.
    judged = set(already_final)
    for park in parks:
        if park.park_id not in already_final and _close(engine, park, day, now, did, archive):
            judged.add(park.park_id)
    _sum_up(engine, [park for park in parks if park.park_id in judged], day, now, did)
    status = ZoneDayStatus.SUCCESS if not did.errors and not did.is_open else ZoneDayStatus.FAILED
    error = "; ".join(did.errors) or (
        f"{len(did.is_open)} parks have an open session that touches the day" if did.is_open else None
    )

    def end(connection: Connection) -> None:
        end_attempt(connection, timezone, day, status, now, len(did.final), len(did.is_open), did.rows, error)
        bump_version(connection)

    write_again(engine, end)
    report.parks_final += len(did.final)
    report.rows_written += did.rows
    if status is ZoneDayStatus.SUCCESS:
        report.closed.append((timezone, day))
    elif did.errors:
        report.failed.append((timezone, day, "; ".join(did.errors)))
    else:
        report.waiting.append((timezone, day))


def _close(
    engine: Engine,
    park: ParkRow,
    day: date,
    now: datetime,
    did: _ZoneDay,
    archive: StretchArchive | None,
) -> bool:
    """One park in one transaction; answers whether the day was judged."""
    try:
        closed = write_again(engine, lambda connection: close_park_day(connection, park, day, now, archive))
    except DATABASE_UNAVAILABLE:
        raise
    except Exception as error:
        log.error(
            "park day not closed",
            exc_info=None if isinstance(error, ArchiveUnreadable | ArchiveUnwritable) else unforeseen(error),
            extra={"reason": in_one_line(error), "park_id": park.park_id, "local_date": day.isoformat()},
        )
        did.errors.append(f"park {park.park_id}: {in_one_line(error)}")
        return False
    if closed is None:
        return False
    (did.final if closed.is_final else did.is_open).add(park.park_id)
    did.rows += closed.rows_written
    return True


def _sum_up(engine: Engine, parks: list[ParkRow], day: date, now: datetime, did: _ZoneDay) -> None:
    """Weeks, months, years and period totals of the parks whose day was judged."""
    if not parks:
        return
    try:
        park_ids = [park.park_id for park in parks]
        did.rows += write_again(engine, lambda connection: roll_up(connection, park_ids, day))
        write_again(engine, partial(_total, parks=parks, now=now))
    except DATABASE_UNAVAILABLE:
        raise
    except Exception as error:
        log.error(
            "roll-up failed",
            exc_info=unforeseen(error),
            extra={"reason": in_one_line(error), "local_date": day.isoformat()},
        )
        did.errors.append(f"roll-up: {in_one_line(error)}")


def _work_out_rank_intervals(engine: Engine, now: datetime, report: NightReport) -> None:
    """Once the last zone has closed a date; what fails or is killed here is due again at the next night."""
    try:
        report.rows_written += work_out_rank_intervals(engine, now)
    except DATABASE_UNAVAILABLE:
        raise
    except Exception as error:
        log.error(
            "rank intervals not worked out",
            exc_info=unforeseen(error),
            extra={"reason": in_one_line(error)},
        )
        report.failed.append(("all zones", now.date(), f"rank intervals: {in_one_line(error)}"))


def _total(connection: Connection, parks: list[ParkRow], now: datetime) -> None:
    """`parks`: of one zone. Their rides' sums were renewed with the days, unless they are of another date."""
    today, park_ids = local_date(now, parks[0].zone), {park.park_id for park in parks}
    summed = parks_summed(connection, park_ids, today)
    if summed:
        renew_park_totals(connection, sorted(summed), today)
    if park_ids - summed:
        rebuild_totals(connection, sorted(park_ids - summed), today)
    update_final_until(connection, parks, today)


def days_over(first: date, timezone: str, now: datetime) -> list[date]:
    """The local days from `first` to yesterday."""
    yesterday = local_date(now, timezone) - DAY
    return [first + timedelta(days=n) for n in range((yesterday - first).days + 1)]


def is_due(day: date, timezone: str, last_attempt_at: datetime | None, now: datetime) -> bool:
    """Whether an attempt to close `day` is due; one attempt fills one slot, however late it was."""
    slot = night_slot(day, timezone, now)
    return slot is not None and (last_attempt_at is None or last_attempt_at < slot)
