"""Some weeks of made-up parks as runs alone, with doubts and corrections over them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cycles import GROUP
from sqlalchemy import Engine

from park_downtime.database.corrections import add_correction
from park_downtime.database.cycles import add_complete_cycles
from park_downtime.database.doubts import save_doubts
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.parks import ParkRow, save_groups, save_parks
from park_downtime.database.rides import RideRow, add_rides, save_classifications
from park_downtime.database.runs import replace_day, replace_park_day
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.model import Category, Classification, DoubtKind
from park_downtime.periods import DAY, DateRange, start_of_day
from park_downtime.simulator.backfill_runs import MadeUpDays
from park_downtime.simulator.world import World
from park_downtime.simulator.worlds import synthetic_world
from park_downtime.stretches.archive import StretchArchive
from park_downtime.timeline.doubts import Doubt
from park_downtime.timeline.presence import Presence
from park_downtime.timeline.voided import Voided

PARKS = (3, 4, 5)
"""In Los Angeles, New York and, with nights that go on after midnight, Chicago."""
DATES = DateRange(date(2025, 10, 14), date(2025, 11, 16))
"""American clocks were set back on 2 November."""
OVER = datetime(2025, 11, 18, 12, tzinfo=UTC)
"""A day later, so that the sessions of the last night are over."""
STEP = timedelta(minutes=10)
RIDES = 12


def fill(engine: Engine) -> None:
    world = synthetic_world(max(PARKS), RIDES)
    first = datetime.combine(DATES.first, datetime.min.time(), UTC)
    with writing(engine) as connection:
        save_groups(connection, {GROUP: "A group"})
        cycles = [first + number * STEP for number in range((OVER - first) // STEP + 1)]
        add_complete_cycles(connection, cycles, 600, len(PARKS))
        for park_id in PARKS:
            park = world.park(park_id)
            row = _row(world, park_id, first)
            save_parks(connection, [row])
            rides = [
                RideRow(ride.ride_id, park_id, ride.name, None, None, Presence(None, 0, None))
                for ride in park.rides
            ]
            add_rides(connection, rides, first)
            ride_ids = [ride.ride_id for ride in rides]
            what = Classification(Category.RIDE, 2, 1.0, "made up", "test")
            save_classifications(connection, dict.fromkeys(ride_ids, what), first)
            made = MadeUpDays(world, park_id, row.zone, ride_ids, DATES.first, OVER)
            day = DATES.first
            while day <= DATES.last + DAY:
                replace_day(connection, park_id, day, made.runs(day))
                replace_park_day(connection, park_id, day, made.park_runs(day))
                day += DAY
            for start, end, kind in DOUBTS.get(park_id, ()):
                doubt = Doubt(kind, _at(row, start), _at(row, start) + timedelta(hours=2), _at(row, end))
                save_doubts(connection, park_id, doubt.recognised_at, [doubt])
            for ride_id, start, end in VOIDED.get(park_id, ()):
                voided = Voided(ride_id, _at(row, start), _at(row, end))
                add_correction(connection, park_id, voided, "the feed lied", OVER)


def close(folder: Path, migrated: Path) -> None:
    """`month.sqlite` and its `archive` in the folder, every day closed by a night."""
    (folder / "month.sqlite").write_bytes(migrated.read_bytes())
    engine = make_engine(f"sqlite:///{folder / 'month.sqlite'}")
    fill(engine)
    aggregate_due(engine, OVER, StretchArchive(folder / "archive"))
    engine.dispose()


def _row(world: World, park_id: int, first: datetime) -> ParkRow:
    park = world.park(park_id)
    return ParkRow(
        park_id, GROUP, park.name, park.country, park.continent, None, None, None, None,
        park.local_timezone, None, True, first, None,
    )  # fmt: skip


Moment = tuple[int, float]
"""Day of the month, of November; of October it is below 1. And the hour."""


def _at(row: ParkRow, moment: Moment) -> datetime:
    day = date(2025, 10, 31) + timedelta(days=moment[0])
    return start_of_day(day, row.zone) + timedelta(hours=moment[1])


DOUBTS: dict[int, list[tuple[Moment, Moment, DoubtKind]]] = {
    3: [((3, 13), (3, 17), DoubtKind.STANDSTILL)],
    5: [
        ((-2, 22), (-1, 3), DoubtKind.STANDSTILL),
        ((9, 21.5), (10, 4), DoubtKind.LEFT_OPEN),
    ],
}
VOIDED: dict[int, list[tuple[int | None, Moment, Moment]]] = {
    4: [(3 * RIDES + 2, (5, 12.26), (5, 15.51))],
    5: [(None, (6, 20.1), (7, 1.3)), (4 * RIDES + 1, (7, 14), (7, 15))],
}
