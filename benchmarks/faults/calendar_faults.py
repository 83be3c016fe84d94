"""Nights on which the clocks change, and a park that leaves the feed for a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.faults.bench import Bench, Fault
from benchmarks.faults.rows import Row, Rows, differences, rows_of
from benchmarks.faults.scenario import Scenario, small_world
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict

from park_downtime.periods import Zone, day_range
from park_downtime.simulator.world import World
from park_downtime.statistics.parts import PART_NAMES

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
UNKNOWN_PARK = 900_000
"""Added to ids: of these parks we have no facts, so the zone that the feed names is used."""

NEW_YORK = "America/New_York"
IN_AUTUMN, IN_SPRING = date(2026, 11, 1), date(2026, 3, 8)
SUMMED = [name for name in PART_NAMES if not name.startswith(("longest", "wait_m", "days_", "status"))]


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


def clock_change(bench: Bench, day: date, hours: int, fixed: str) -> Verdict:
    """The same readings with and without a change: sums are equal, and each day has what falls into it."""
    undisturbed = bench.undisturbed(f"fixed-{day}", _nights(day, fixed))
    changed = bench.undisturbed(f"change-{day}", _nights(day, NEW_YORK))
    wrong = _unequal_sums(undisturbed, changed)[:4]
    start, end = day_range(day, Zone(NEW_YORK))
    if (end - start).total_seconds() != hours * 3600:
        wrong.append(f"the day has {(end - start).total_seconds() / 3600:g} hours instead of {hours}")
    crossing = 0
    for row in changed["park_daily_stats"].values():
        begin, finish = _local_day(row["stat_date"])
        sessions = [
            _span(session)
            for session in undisturbed["park_operating_sessions"].values()
            if session["park_id"] == row["park_id"]
        ]
        inside = sum(_common(session, (begin, finish)) for session in sessions)
        crossing += sum(opened < start + 2 * HOUR < closed for opened, closed in sessions)
        found = row["session_seconds"]
        if found != inside:
            wrong.append(f"{row['park_id']} {row['stat_date']}: {found} s of sessions instead of {inside:g}")
    if not crossing:
        wrong.append("no park was open when the clocks changed")
    return Verdict(f"equal sums; the day has {hours} hours", wrong)


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


def autumn(bench: Bench) -> Verdict:
    return clock_change(bench, IN_AUTUMN, 25, "Etc/GMT+4")


def spring(bench: Bench) -> Verdict:
    return clock_change(bench, IN_SPRING, 23, "Etc/GMT+5")


GONE_PARK = 5
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


def park_gone(bench: Bench) -> Verdict:
    """Its own day is one without data, every other daily row is equal."""
    undisturbed = bench.undisturbed("three-days", THREE_DAYS)
    with bench.site(THREE_DAYS, bench.files.url("gone")) as site:
        site.run(Gone())
        disturbed = rows_of(site.engine)
    lost_day = date(2026, 7, 15)
    daily = ("ride_daily_stats", "park_daily_stats", "ride_outages", "park_operating_sessions")
    found = differences({name: undisturbed[name] for name in daily}, disturbed)
    wrong = []
    for difference in found:
        old = undisturbed[difference.table].get(difference.key, {})
        day = old.get("stat_date", old.get("local_date"))
        if (old.get("park_id"), day) != (GONE_PARK, lost_day):
            wrong.append(str(difference))
    row = disturbed["park_daily_stats"].get((lost_day, GONE_PARK), {})
    if row.get("open_seconds") or row.get("days_with_data"):
        wrong.append(f"something is said of the day on which the park was gone: {dict(row)}")
    left = {key for key in disturbed["ride_daily_stats"] if key[0] == lost_day}
    told = "a day without data" if row else "no row"
    return Verdict(
        f"differs by exactly that park's day ({len(found)} rows; {told}); the other park and days are equal",
        wrong[:4],
        [f"{len(left)} ride rows of the other park on that day"],
    )


FAULTS = [
    Fault("dst-autumn", "The night of 1 November 2026, parks open while an hour comes twice",
          "the sums of a zone without a change; a day of 25 hours", autumn),
    Fault("dst-spring", "The night of 8 March 2026, parks open while an hour is left out",
          "the sums of a zone without a change; a day of 23 hours", spring),
    Fault("park-gone", "A park answers 404 and leaves the park list for a day (20-minute cycles)",
          "differs by that park's day only, which has no data", park_gone),
]  # fmt: skip
