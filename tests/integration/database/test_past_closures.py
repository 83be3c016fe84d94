"""What is read of a park's closures in parts is what the closures say as a whole."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from cycles import NOON, RIDES, add_parks, cycle, park, said
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.database.closures import Telling, replace_closures
from park_downtime.database.engine import writing
from park_downtime.database.past_closures import closures_of_ride, lengths_in_park, outages_began
from park_downtime.model import StretchKind
from park_downtime.periods import DateRange
from park_downtime.statistics.days import LOST, DayClosure
from park_downtime.statistics.outages import lengths_of

PARK, RIDE_IDS = 6, (1, 2)
DATES = DateRange(date(2026, 3, 1), date(2026, 3, 20))
UNTIL = datetime(2026, 3, 19, 12, tzinfo=UTC)


def closures(numbers: random.Random, day: date) -> list[DayClosure]:
    found = []
    for ride_id in RIDE_IDS:
        start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(
            seconds=numbers.randrange(3600)
        )
        seconds = numbers.randrange(0, 7200, 300)
        found.append(
            DayClosure(
                ride_id=ride_id,
                kind=(kind := numbers.choice(LOST)),
                stat_date=day,
                started_at=start,
                ended_at=start + timedelta(seconds=seconds + numbers.choice((0, 0, 1, 900))),
                due_at=None if kind is StretchKind.OUTAGE else start,
                seconds=seconds,
                park_wide_seconds=numbers.choice((0, seconds // 2, seconds)) * (kind is StretchKind.OUTAGE),
                is_incident=numbers.random() < 0.8,
            )
        )
    return found


def test_lengths_and_beginnings(engine: Engine) -> None:
    add_parks(engine, park(PARK))
    store_cycle(engine, cycle(NOON, {PARK: tuple(map(said, RIDE_IDS))}), RIDES)
    numbers = random.Random(1)
    with writing(engine) as connection:
        for day in DATES.each_day():
            told = Telling(None, RIDE_IDS)
            replace_closures(connection, PARK, [day], closures(numbers, day), [], told)
        lengths = lengths_in_park(connection, PARK, DATES, UNTIL)
        whole = {ride_id: closures_of_ride(connection, ride_id, DATES, UNTIL) for ride_id in RIDE_IDS}
        began = outages_began(connection, PARK, DATES, UNTIL)
    assert {ride_id: Counter(own) for ride_id, own in lengths.items()} == {
        ride_id: Counter(lengths_of(own)) for ride_id, own in whole.items()
    }
    assert {each.is_whole for own in lengths.values() for each in own} == {True, False}
    assert sorted(began) == sorted(
        each.started_at
        for own in whole.values()
        for each in own
        if each.is_incident and each.kind is StretchKind.OUTAGE
    )
    assert len(began) > 5
