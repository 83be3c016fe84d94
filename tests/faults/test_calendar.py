"""Nights on which the clocks change, and a park that leaves the feed for a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from faults.bench import Bench
from faults.rows import Row, Rows, differences, rows_of
from faults.scenario import Scenario, small_world
from faults.site import Site, Undisturbed

from park_downtime.periods import Zone, day_range
from park_downtime.simulator.world import World
from park_downtime.statistics.measures import MEASURE_NAMES

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
UNKNOWN_PARK = 900_000
"""Added to ids: of these parks we have no facts, so the zone that the feed names is used."""

NEW_YORK = "America/New_York"
IN_AUTUMN, IN_SPRING = date(2026, 11, 1), date(2026, 3, 8)
SUMMED = [name for name in MEASURE_NAMES if not name.startswith(("longest", "wait_m", "days_", "status"))]


def _awake_over_the_change(zone: str) -> World:
    """Parks said to be in `zone` that live by the hours of Anaheim: open when New York's clocks change."""
    world = small_world(17, 61)
    parks = [
        replace(park, park_id=park.park_id + UNKNOWN_PARK, timezone=zone) for park in world.parks.values()
    ]
    return World(world.seed, parks)


def _nights(day: date, zone: str) -> Scenario:
    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - DAY
    return Scenario(_awake_over_the_change(zone), start, start + 2 * DAY)


def _local_day(day: date) -> tuple[datetime, datetime]:
    """Worked out here and not by the program: what is to be tested."""
    zone = ZoneInfo(NEW_YORK)
    begin, finish = (datetime(each.year, each.month, each.day, tzinfo=zone) for each in (day, day + DAY))
    return begin.astimezone(UTC), finish.astimezone(UTC)


def _span(session: Row) -> tuple[datetime, datetime]:
    """Of one that may still change: to the end of the last reading's hold."""
    return session["started_at"], session["ended_at"] or session["last_running_at"] + 10 * MINUTE


def _common(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> float:
    return max(0.0, (min(one[1], other[1]) - max(one[0], other[0])).total_seconds())


def _unequal_sums(one: Rows, other: Rows) -> list[str]:
    found: list[str] = []
    for table, key in (("ride_daily_stats", "ride_id"), ("park_daily_stats", "park_id")):
        for name in SUMMED:
            sums = [_summed(rows[table], key, name) for rows in (one, other)]
            found += [
                f"{table} {which}: {name} {total} -> {sums[1].get(which, 0)}"
                for which, total in sums[0].items()
                if sums[1].get(which, 0) != total
            ]
    return found


def _summed(rows: dict[tuple[object, ...], Row], key: str, name: str) -> dict[int, int]:
    sums: dict[int, int] = {}
    for row in rows.values():
        sums[row[key]] = sums.get(row[key], 0) + row[name]
    return sums


@pytest.mark.parametrize(
    ("day", "hours", "fixed"),
    [
        pytest.param(IN_AUTUMN, 25, "Etc/GMT+4", id="autumn: an hour comes twice"),
        pytest.param(IN_SPRING, 23, "Etc/GMT+5", id="spring: an hour is left out"),
    ],
)
def test_a_clock_change_changes_no_sum_and_each_day_has_what_falls_into_it(
    bench: Bench, day: date, hours: int, fixed: str
) -> None:
    """There is no such day without the change, so the same readings are judged in a zone that has none."""
    undisturbed = bench.undisturbed(f"fixed-{day}", _nights(day, fixed))
    changed = bench.undisturbed(f"change-{day}", _nights(day, NEW_YORK))
    start, end = day_range(day, Zone(NEW_YORK))
    assert end - start == hours * HOUR
    sessions: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for session in undisturbed["park_operating_sessions"].values():
        sessions[session["park_id"]].append(_span(session))
    every = [span for of_park in sessions.values() for span in of_park]
    assert any(opened < start + 2 * HOUR < closed for opened, closed in every), "no park was open"
    assert _unequal_sums(undisturbed, changed) == []
    for row in changed["park_daily_stats"].values():
        local_day = _local_day(row["stat_date"])
        inside = sum(_common(span, local_day) for span in sessions[row["park_id"]])
        assert row["session_seconds"] == inside, (row["park_id"], row["stat_date"])


GONE_PARK, LOST_DAY = 5, date(2026, 7, 15)
THREE_DAYS = Scenario(
    small_world(5, 316),
    datetime(2026, 7, 14, 4, 0, tzinfo=UTC),
    datetime(2026, 7, 17, 12, 0, tzinfo=UTC),
    timedelta(minutes=20),
)


class Gone(Undisturbed):
    """From the second midnight to the third the park answers 404 and stands on no list."""

    def before(self, site: Site, at: datetime) -> None:
        if at == THREE_DAYS.start + DAY:
            site.quirks(f"{GONE_PARK}:gone=1")
        elif at == THREE_DAYS.start + 2 * DAY:
            site.quirks("")


def test_a_park_that_leaves_the_feed_for_a_day_has_no_data_on_it_and_nothing_else_changes(
    bench: Bench,
) -> None:
    undisturbed = bench.undisturbed("three-days", THREE_DAYS)
    with bench.site(THREE_DAYS, bench.files.url("gone")) as site:
        site.run(Gone())
        disturbed = rows_of(site.engine)
    daily = ("ride_daily_stats", "park_daily_stats", "ride_closures", "park_operating_sessions")
    found = differences({name: undisturbed[name] for name in daily}, disturbed)
    assert found
    for difference in found:
        old = undisturbed[difference.table].get(difference.key, {})
        day = old.get("stat_date", old.get("local_date"))
        assert (old.get("park_id"), day) == (GONE_PARK, LOST_DAY), difference
    row = disturbed["park_daily_stats"].get((GONE_PARK, LOST_DAY), {})
    assert not row.get("open_seconds") and not row.get("days_with_data")
    others = disturbed["ride_daily_stats"].values()
    assert any(row["stat_date"] == LOST_DAY for row in others), "the other park has its day"
