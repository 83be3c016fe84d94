"""A year of plausible statistics: each ride operates every day, and one in five has an outage."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table

from benchmarks._bulk import Bulk, Row
from park_downtime.database import statistics_tables as t
from park_downtime.database.lists import as_list
from park_downtime.database.parks import ParkRow
from park_downtime.database.rolled_up import LEVELS
from park_downtime.database.tables import (
    collection_cycles,
    park_activity_snapshots,
    park_runs,
    ride_runs,
)
from park_downtime.named_periods import WHOLE
from park_downtime.simulator.backfill_runs import runs_of_day
from park_downtime.simulator.world import World
from park_downtime.statistics.days import METHOD_VERSION
from park_downtime.statistics.measures import MEASURE_NAMES, PARK_MEASURE_NAMES, Measures

EXTREMES = {part.name for part in fields(Measures) if "of_several" in part.metadata}

DAY = timedelta(days=1)
VARIANTS = 14
OUTAGE_SHARE = 0.2
CYCLES_PER_DAY = 144
CHUNK_DAYS = 7
HOW_JUDGED = {
    "days_provisional": "0",
    "days_lost_known": "SUM(days_with_data)",
    "lowest_method": "MIN(method_version)",
    "highest_method": "MAX(method_version)",
}


class History:
    def __init__(self, bulk: Bulk, world: World, parks: Sequence[ParkRow]) -> None:
        self._bulk = bulk
        self._world = world
        self._parks = parks
        self._rides = {p: [ride.ride_id for ride in world.parks[p].rides] for p in world.parks}
        chance = random.Random(1)
        self._variants = [
            [(r, p, _ride_day(chance)) for p, rides in self._rides.items() for r in rides]
            for _ in range(VARIANTS)
        ]

    def add_days(self, first: date, last: date, final_until: date | None) -> None:
        """Daily rows, outages, sessions and the log of the nights."""
        days = [first + number * DAY for number in range((last - first).days + 1)]
        final = [day for day in days if final_until is not None or day < last]
        for start in range(0, len(days), CHUNK_DAYS):
            chunk = days[start : start + CHUNK_DAYS]
            self._bulk.add(
                t.ride_daily_stats,
                _columns(t.ride_daily_stats),
                (r for d in chunk for r in self._ride_rows(d)),
            )
            self._bulk.add(
                t.ride_closures, _columns(t.ride_closures), (r for d in chunk for r in self._outages(d))
            )
        self._add(t.park_daily_stats, (row for day in days for row in self._park_rows(day, day in final)))
        self._add(
            t.park_operating_sessions,
            ((p, _at(d, 14), str(d), _at(d, 26), _at(d, 26), 0, 600) for d in days for p in self._rides),
        )
        self._add(
            t.aggregation_log,
            (
                (zone, str(d), "daily", 1, 1, _at(d, 30), _at(d, 30), 25, 0, 1300, None, 1)
                for d in final
                for zone in sorted({park.timezone for park in self._parks})
            ),
        )

    def _add(self, table: Table, rows: Iterable[Row]) -> None:
        self._bulk.add(table, _columns(table), rows)

    def _ride_rows(self, day: date) -> Iterator[Row]:
        text, opened, closed = str(day), _at(day, 14), _at(day, 26)
        for ride_id, park_id, parts in self._variants[day.toordinal() % VARIANTS]:
            yield (park_id, text, ride_id, *parts, opened, closed)

    def _outages(self, day: date) -> Iterator[Row]:
        """By park, as cycles write them."""
        down = MEASURE_NAMES.index("downtime_seconds")
        for number, (ride_id, park_id, parts) in enumerate(self._variants[day.toordinal() % VARIANTS]):
            if parts[down]:
                begun = datetime(day.year, day.month, day.day, 15, tzinfo=UTC) + timedelta(
                    minutes=10 * (number % 50)
                )
                ended = begun + timedelta(seconds=parts[down])
                known = (_text(begun), 0, _text(ended), None, parts[down], 0, 1, _text(begun))
                yield park_id, str(day), ride_id, *known

    def add_edges(self, days: Sequence[date]) -> None:
        """When rides opened and closed on the days of which that is remembered."""
        for day in days:
            self._add(
                t.ride_edges,
                (
                    (
                        park_id,
                        _at(day, 14),
                        as_list((r, 600 * (r % 6), 43_200 - 600 * (r % 5)) for r in rides),
                    )
                    for park_id, rides in self._rides.items()
                ),
            )

    def _park_rows(self, day: date, is_final: bool) -> Iterator[Row]:
        for park_id in self._rides:
            parts = dict.fromkeys(MEASURE_NAMES, 50 * 3600) | {"wait_min": 0, "wait_max": 120}
            values = {
                **parts,
                **dict.fromkeys(PARK_MEASURE_NAMES, 43_200),
                "stat_date": str(day),
                "park_id": park_id,
                "days_with_data": 1,
                "longest_outage_seconds": 7200,
                "rides_with_downtime": 10,
                "first_running_at": _at(day, 14),
                "last_running_at": _at(day, 26),
                "is_final": int(is_final),
                "is_partial": 0,
                "method_version": METHOD_VERSION,
            }
            yield [values[name] for name in _columns(t.park_daily_stats)]

    def add_roll_ups(self, first: date, last: date) -> None:
        """`last`: the last day that is final."""
        for level in LEVELS:
            day = first
            while day <= last:
                dates = WHOLE[level.kind](day)
                until = min(dates.last, last)
                self._sum(
                    level.rides, t.ride_daily_stats, "ride_id", {"park_id": "park_id"}, dates.first, until
                )
                of_park = {"last_date": f"'{until}'", **HOW_JUDGED}
                self._sum(level.parks, t.park_daily_stats, "park_id", of_park, dates.first, until)
                day = dates.last + DAY

    def _sum(
        self, table: Table, daily: Table, key: str, others: Mapping[str, str], first: date, last: date
    ) -> None:
        """`others`: columns that are no sums, and what they are."""
        names = [name for name in _columns(table) if name in daily.c and name not in (key, *others)]
        sums = ", ".join(f"{'MAX' if n in EXTREMES else 'SUM'}({n})" for n in names)
        columns, values = ", ".join([key, *others]), ", ".join([key, *others.values()])
        keys = ", ".join(name for name in (key, *others) if name in daily.c)
        park_ids = ", ".join(map(str, sorted(self._rides)))
        self._bulk.run(
            f"INSERT INTO {table.name} (period_start, {columns}, {', '.join(names)}, trend_percentage)"  # noqa: S608
            f" SELECT '{first}', {values}, {sums}, -12.5 FROM {daily.name}"
            f" WHERE park_id IN ({park_ids}) AND stat_date BETWEEN '{first}' AND '{last}'"
            f" GROUP BY {keys} ORDER BY {key}"
        )

    def add_runs(self, days: Sequence[date]) -> None:
        """One simulated day of runs, repeated."""
        day = days[-1]
        found = []
        for park in self._parks:
            until = datetime(day.year, day.month, day.day, tzinfo=UTC) + 2 * DAY
            rides = self._rides[park.park_id]
            found.append(
                (
                    park.park_id,
                    runs_of_day(self._world, park.park_id, day, park.zone, until, rides, None, []),
                )
            )
        for other in days:
            shift = other - day
            self._bulk.add(
                ride_runs, _columns(ride_runs), (_run(p, r, shift) for p, of in found for r in of.runs)
            )
            self._bulk.add(
                park_runs,
                _columns(park_runs),
                (_park_run(p, r, shift) for p, of in found for r in of.park_runs),
            )

    def add_cycles(self, first: datetime, activity_from: datetime, end: datetime) -> None:
        """Cycles until `end`, with the parks' activity from `activity_from` on."""
        instants = []
        at = first
        while at < end:
            instants.append(at)
            at += timedelta(minutes=10)
        self._add(
            collection_cycles,
            (cycle_values(number, at) for number, at in enumerate(instants, start=1)),
        )
        self._add(
            park_activity_snapshots,
            (
                (p, _text(at), number, *ACTIVITY)
                for number, at in enumerate(instants, start=1)
                if at >= activity_from
                for p in self._rides
            ),
        )


ACTIVITY = (0, 40, 10, 0, 40, 1, 22.5, 90, 35, 30, 1, 1, None, -120, 20, 19)
"""What an hour of the afternoon looks like, in the order of the columns."""
CYCLE_COLUMNS = [column.name for column in collection_cycles.columns]
ACTIVITY_COLUMNS = [column.name for column in park_activity_snapshots.columns]


def cycle_values(cycle_id: int, at: datetime) -> Row:
    return cycle_id, _text(at), 600, 1, 0, 100, 0, 0, 5000, 0, 0, 5.2, 1.1


def _ride_day(chance: random.Random) -> tuple[Any, ...]:
    down = chance.randrange(600, 7200, 600) if chance.random() < OUTAGE_SHARE else 0
    late, early = chance.randrange(0, 3600, 600), chance.randrange(0, 3600, 600)
    waits = chance.randrange(40, 70)
    values = {
        "open_seconds": 43_200 - down - late - early,
        "downtime_seconds": down,
        "park_wide_seconds": down // 3,
        "ongoing_seconds": 0,
        "late_start_seconds": late if late > 3000 else 0,
        "late_opening_seconds": late if late <= 3000 else 0,
        "did_not_reopen_seconds": 0,
        "early_close_seconds": early,
        "did_not_operate_seconds": 0,
        "unknown_seconds": 600,
        "expected_seconds": 43_800,
        "outage_count": int(down > 0),
        "park_wide_outage_count": 0,
        "status_changes": 2 + 2 * (down > 0),
        "days_operated": 1,
        "days_not_operated": 0,
        "longest_outage_seconds": down,
        "wait_sum": waits * chance.randrange(5, 60),
        "wait_count": waits,
        "wait_min": 5,
        "wait_max": chance.randrange(10, 150, 5),
    }
    return tuple(values[name] for name in MEASURE_NAMES)


def _run(park_id: int, run: Any, shift: timedelta) -> Row:
    state = 1 if run.state == "open" else 2
    return (
        park_id,
        str(run.local_date + shift),
        run.ride_id,
        _text(run.started_at + shift),
        _text(run.last_reading_at + shift),
        600,
        state,
        run.reading_count,
        run.wait_count,
        run.wait_sum,
        run.wait_min,
        run.wait_max,
    )


def _park_run(park_id: int, run: Any, shift: timedelta) -> Row:
    return (
        park_id,
        str(run.local_date + shift),
        _text(run.started_at + shift),
        _text(run.last_reading_at + shift),
        600,
        int(run.is_running),
    )


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _at(day: date, hour: int) -> str:
    return _text(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour))


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
