"""Agreement with another source as CSV: a row per park and ride, or per ride and day."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from park_downtime.api.table import is_formula
from park_downtime.jobs.verify import ComparedDay, ComparedPark, ComparedRide, Verified
from park_downtime.statistics.agreement import Agreement

Row = dict[str, Any]


def rides_csv(verified: Verified) -> str:
    """Each park, its ride left empty, and then its rides."""
    rows = []
    for park in verified.parks:
        if park.rides:
            nobody = {"ride_id": None, "ride_name": None, "their_name": park.their_name}
            rows.append(_of_park(park) | nobody | _figures(park.days, park.agreement))
            rows += [_of_ride(park, ride) | _figures(ride.days, ride.agreement) for ride in park.rides]
    return _csv(rows, verified.is_simulated)


def days_csv(verified: Verified) -> str:
    return _csv(
        [
            _of_ride(park, ride) | _of_day(day)
            for park in verified.parks
            for ride in park.rides
            for day in ride.days
        ],
        verified.is_simulated,
    )


def _of_park(park: ComparedPark) -> Row:
    return {"park_id": park.park.park_id, "park_name": park.park.name}


def _of_ride(park: ComparedPark, ride: ComparedRide) -> Row:
    named = {
        "ride_id": ride.entry.ride_id,
        "ride_name": ride.entry.name,
        "their_name": ride.their_name,
    }
    return _of_park(park) | named


def _figures(days: list[ComparedDay], agreed: Agreement) -> Row:
    versions = {day.ours.method_version for day in days}
    dates = {day.ours.stat_date for day in days}
    known = {
        "first_date": min(dates),
        "last_date": max(dates),
        "ride_days": len(days),
        "final_ride_days": sum(day.ours.is_final for day in days),
        "lowest_method_version": min(versions),
        "highest_method_version": max(versions),
    }
    return known | _parts(agreed) | _both_sides(days)


def _of_day(day: ComparedDay) -> Row:
    judged = {
        "date": day.ours.stat_date,
        "is_final": day.ours.is_final,
        "is_partial": day.ours.is_partial,
        "method_version": day.ours.method_version,
    }
    return judged | _parts(day.agreement) | _both_sides([day])


def _parts(agreed: Agreement) -> Row:
    return {
        "both_down_minutes": _minutes(agreed.both_seconds),
        "only_we_minutes": _minutes(agreed.only_we_seconds),
        "only_they_minutes": _minutes(agreed.only_they_seconds),
        "unknown_minutes": _minutes(agreed.unknown_seconds),
        "only_they_closed_here_minutes": _minutes(agreed.closed_here_seconds),
        "agreement_percentage": None if agreed.share is None else round(agreed.share * 100, 2),
    }


def _both_sides(days: list[ComparedDay]) -> Row:
    """What each of the two says by itself; their unknown minutes are empty where any day lacks them."""
    unknown = [day.theirs.unknown for day in days]
    return {
        "our_open_minutes": _minutes(sum(day.ours.open_seconds for day in days)),
        "our_down_minutes": _minutes(sum(day.ours.downtime_seconds for day in days)),
        "our_unknown_minutes": _minutes(sum(day.ours.unknown_seconds for day in days)),
        "their_operating_minutes": sum(day.theirs.operating for day in days),
        "their_down_minutes": sum(day.theirs.down for day in days),
        "their_unknown_minutes": None
        if None in unknown
        else sum(minutes for minutes in unknown if minutes is not None),
    }


def _minutes(seconds: int) -> float:
    return round(seconds / 60, 2)


def _csv(rows: Iterable[Mapping[str, Any]], is_simulated: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for place, row in enumerate(rows):
        if place == 0:
            writer.writerow([*row, "is_simulated"])
        writer.writerow([_cell(value) for value in (*row.values(), is_simulated)])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + value if isinstance(value, str) and is_formula(value) else value
