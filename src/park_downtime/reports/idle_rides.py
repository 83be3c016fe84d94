"""Since when rides have not opened although their park ran: of all of them ready since the night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import Connection

from park_downtime.database.counted_rides import counted_rides
from park_downtime.database.idle_rides import not_opened_since, opened_on
from park_downtime.database.ready_columns import LASTING, keep_ready, lapse_idle, name_of_idle, read_ready
from park_downtime.judging.moment import AsOf, moment
from park_downtime.model import Days
from park_downtime.named_periods import TODAY
from park_downtime.periods import DAY, DateRange
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.reports.ready_rides import of_parks

LOOKS_BACK = timedelta(days=365)
PARKS, RIDE_ID, SINCE = "parks", "ride_id", "since"


def idle_since(connection: Connection, as_of: AsOf, park_ids: Collection[int]) -> dict[int, date]:
    """The first local day, of the last year, since when each counted ride has not opened. Who has opened
    since, or of whom nothing is known, is missing. A day that goes on takes nobody in, and whoever opens out.
    """
    today = as_of.today_of(park_ids)
    found = _ready(connection, today) if len(today) == len(as_of.parks) else None
    if found is None:
        found = _until_yesterday(connection, today)
    return _not_opened_today(connection, as_of, park_ids, found)


def ride_idle_since(connection: Connection, as_of: AsOf, park_id: int, ride_id: int) -> date | None:
    """The same of one ride."""
    found: dict[int, date] = {}
    for today in as_of.today_of([park_id]).values():
        found = not_opened_since(connection, park_id, [ride_id], _year_before(today))
    return _not_opened_today(connection, as_of, [park_id], found).get(ride_id)


def _not_opened_today(
    connection: Connection, as_of: AsOf, park_ids: Collection[int], found: Mapping[int, date]
) -> dict[int, date]:
    if not found:
        return {}
    today = PeriodSums(connection, as_of, TODAY, park_ids).rides(Days.CURRENT, ["days_operated"], found)
    opened = {
        ride_id for ride_id, days in zip(today.ride_ids, today.parts["days_operated"], strict=True) if days
    }
    return {ride_id: since for ride_id, since in found.items() if ride_id not in opened}


def are_idle_ready(connection: Connection, as_of: AsOf) -> bool:
    """Until the date of a park changes or a day is judged again."""
    today = as_of.today_of(as_of.parks)
    return not today or _ready(connection, today) is not None


def make_idle_ready(connection: Connection) -> None:
    """Of all parks."""
    lapse_idle(connection)  # before anything is read: whoever judges a day meanwhile takes turns with this
    as_of = moment(connection)
    today = as_of.today_of(as_of.parks)
    found = _until_yesterday(connection, today)
    columns = {
        PARKS: of_parks(today),
        RIDE_ID: list(found),
        SINCE: [day.toordinal() for day in found.values()],
    }
    keep_ready(connection, LASTING, {name_of_idle(name): column for name, column in columns.items()})


def _ready(connection: Connection, today: Mapping[int, date]) -> dict[int, date] | None:
    found = read_ready(connection, [name_of_idle(name) for name in (PARKS, RIDE_ID, SINCE)])
    if found is None:
        return None
    parks, ride_ids, since = (column.values() for column in found)
    if parks != of_parks(today):
        return None
    return dict(zip(ride_ids, map(date.fromordinal, since), strict=True))


def _until_yesterday(connection: Connection, today: Mapping[int, date]) -> dict[int, date]:
    found: dict[int, date] = {}
    for park_id, unsettled in _unsettled(connection, today).items():
        found |= not_opened_since(connection, park_id, unsettled, _year_before(today[park_id]))
    return found


def _unsettled(connection: Connection, today: Mapping[int, date]) -> dict[int, list[int]]:
    """By park the rides that did not open yesterday, most often few: only of these more is read."""
    parks_by_date: defaultdict[date, list[int]] = defaultdict(list)
    for park_id, day in today.items():
        parks_by_date[day].append(park_id)
    opened = {
        ride_id
        for day, park_ids in parks_by_date.items()
        for ride_id in opened_on(connection, day - DAY, park_ids)
    }
    rides = counted_rides(connection, today)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for ride_id, park_id, is_active in zip(rides.ride_ids, rides.park_ids, rides.are_active, strict=True):
        if is_active and ride_id not in opened:
            found[park_id].append(ride_id)
    return found


def _year_before(today: date) -> DateRange:
    return DateRange(today - LOOKS_BACK, today - DAY)
