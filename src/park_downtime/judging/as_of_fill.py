"""The database of an earlier moment filled: what is kept is taken over, what was open is judged again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.aggregation import LogRow, begin_attempt, end_attempt, zone_days
from park_downtime.database.as_of_copy import (
    copy_cycles,
    copy_days,
    copy_ended_periods,
    copy_names,
    copy_rank_sets,
    copy_readings,
    copy_version,
    copy_whole_runs,
    empty,
)
from park_downtime.database.as_of_reads import first_landed, last_reached
from park_downtime.database.as_of_told import copy_former, copy_told
from park_downtime.database.cycles import add_complete_cycles, holding_cycles, latest_cycle
from park_downtime.database.parks import all_parks
from park_downtime.database.readings import forget_waits, last_open_readings, waits_at
from park_downtime.database.ride_status import activity_at, statuses
from park_downtime.database.rolled_up import LEVELS
from park_downtime.database.totals import rebuild_totals
from park_downtime.judging.as_of_judge import ParkThen, judge_then
from park_downtime.judging.as_of_runs import cut_runs, make_up_activity
from park_downtime.judging.park_history import first_whole_day
from park_downtime.judging.roll_up import roll_up_one
from park_downtime.model import ZoneDayStatus
from park_downtime.named_periods import WHOLE
from park_downtime.periods import local_date, night_slot

ZoneDay = tuple[str, date]
UNKNOWN_INTERVAL_SECONDS = 600
"""Of a moment that stands for itself: no cycle of that time is kept."""


def fill(source: Connection, target: Connection, as_of: datetime, at: datetime | None) -> frozenset[int]:
    """`at`: the last cycle that had landed by `as_of`. Answers the parks whose waits are not known."""
    empty(target)
    copy_names(source, target, as_of)
    without_waits = frozenset[int]() if at is None else _Filling(source, target, as_of, at).fill()
    copy_version(source, target, at)
    return without_waits


class _Filling:
    """One moment that has something: which parks and days are judged again, and what the nights had done."""

    def __init__(self, source: Connection, target: Connection, as_of: datetime, at: datetime) -> None:
        self.source, self.target, self.as_of, self.at = source, target, as_of, at
        self.parks = all_parks(target)
        self.today = {park_id: local_date(at, park.zone) for park_id, park in self.parks.items()}
        first = {park_id: first_whole_day(source, park) for park_id, park in self.parks.items()}
        self.first = {park_id: day for park_id, day in first.items() if day <= self.today[park_id]}
        self.nights = {
            timezone: zone_days(source, timezone, min(self.first.values()))
            for timezone in {self.parks[park_id].timezone for park_id in self.first}
        }
        self.open_days = {park_id: self._open_days(park_id) for park_id in self.first}
        self.tried: defaultdict[ZoneDay, list[bool]] = defaultdict(list)

    def fill(self) -> frozenset[int]:
        copy_cycles(self.source, self.target, self.as_of, self.at, self.first)
        if latest_cycle(self.target) is None:
            add_complete_cycles(self.target, [self.at], UNKNOWN_INTERVAL_SECONDS, 0)
        copy_days(self.source, self.target, self.as_of, self._is_closed)
        copy_rank_sets(self.source, self.target, self.as_of)
        copy_whole_runs(self.source, self.target, self.as_of, self.first)
        without_waits = frozenset(park_id for park_id in self.first if not self._judge(park_id))
        copy_former(self.source, self.target, self.as_of)
        self._log_nights()
        self._roll_up()
        self._copy_last_waits()
        for park_id, today in self.today.items():
            rebuild_totals(self.target, [park_id], today)
        return without_waits

    def _is_closed(self, park_id: int, day: date) -> bool:
        today = self.today.get(park_id)
        if today is None:
            return False
        if park_id in self.first:
            return day <= today and day not in self.open_days[park_id]
        return day < today

    def _open_days(self, park_id: int) -> list[date]:
        """Kept days that no night had closed by then."""
        first, today = self.first[park_id], self.today[park_id]
        days = (first + timedelta(days=n) for n in range((today - first).days + 1))
        return [day for day in days if not self._was_closed(self._night(park_id, day))]

    def _night(self, park_id: int, day: date) -> LogRow | None:
        return self.nights[self.parks[park_id].timezone].get(day)

    def _was_closed(self, night: LogRow | None) -> bool:
        return night is not None and night.status is ZoneDayStatus.SUCCESS and self._was_over(night)

    def _was_over(self, night: LogRow) -> bool:
        return night.finished_at is not None and night.finished_at <= self.as_of

    def _tried_at(self, park_id: int, day: date) -> datetime | None:
        """When a night had last tried to close the day; the log knows the last attempt of all only."""
        night = self._night(park_id, day)
        if night is None:
            return None
        if night.started_at <= self.as_of:
            return night.started_at
        slot = night_slot(day, self.parks[park_id].timezone, self.at)
        return None if slot is None else self._first_cycle_from(slot)

    def _first_cycle_from(self, slot: datetime) -> datetime:
        return first_landed(self.source, slot, self.at) or self.at

    def _judge(self, park_id: int) -> bool:
        """Answers whether the park's waits are known."""
        reached = last_reached(self.source, park_id, self.at)
        if reached is None:
            return True
        are_waits_known = cut_runs(self.source, self.target, park_id, self.as_of, reached)
        waits = waits_at(self.target, park_id, reached.at)
        if reached.is_made_up:
            make_up_activity(self.target, self.parks[park_id], reached.at)
        said = activity_at(self.target, self.at).get(park_id)
        if said is not None and said.rides_open + said.rides_closed and not waits:
            forget_waits(self.target, park_id)
            are_waits_known = False
        open_days = self.open_days[park_id] or [self.today[park_id]]
        copy_told(self.source, self.target, self.as_of, self.parks[park_id], self.open_days[park_id])
        attempts = {day: at for day in open_days if (at := self._tried_at(park_id, day)) is not None}
        then = ParkThen(self.parks[park_id], reached.at, open_days, attempts)
        for day, is_final in judge_then(self.target, then, waits).items():
            self.tried[self.parks[park_id].timezone, day].append(is_final)
        return are_waits_known

    def _log_nights(self) -> None:
        """Attempts that had been made and of which the log only knows a later one."""
        for (timezone, day), final in self.tried.items():
            night = self.nights[timezone].get(day)
            if night is None or self._was_over(night):
                continue
            status = ZoneDayStatus.SUCCESS if all(final) else ZoneDayStatus.FAILED
            begin_attempt(self.target, timezone, day, 1, self.at)
            closed = sum(final)
            end_attempt(self.target, timezone, day, status, self.at, closed, len(final) - closed, 0, None)

    def _roll_up(self) -> None:
        """Weeks, months and years that were over are taken over, those that went on are summed again."""
        closed_before = {
            park_id: min(self.open_days.get(park_id, ()), default=today)
            for park_id, today in self.today.items()
        }
        for level in LEVELS:
            copy_ended_periods(self.source, self.target, level, closed_before)
            went_on: defaultdict[date, set[int]] = defaultdict(set)
            for park_id, today in self.today.items():
                for day in (closed_before[park_id], today):
                    went_on[WHOLE[level.kind](day).first].add(park_id)
            for first in sorted(went_on):
                roll_up_one(self.target, level, went_on[first], first)

    def _copy_last_waits(self) -> None:
        """What the rides that were down had posted when they were last open."""
        down = {
            row.ride_id: row.down_since
            for row in statuses(self.target, self.at).values()
            if row.down_since is not None
        }
        if not down:
            return
        held = set(holding_cycles(self.target, self.at))
        keys = last_open_readings(self.target, down, min(down.values()), self.at)
        copy_readings(self.source, self.target, [key for key in keys if key[1] not in held])
