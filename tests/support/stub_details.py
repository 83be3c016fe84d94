"""One park, its day and one ride of a stub world, with every kind of stretch and of day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stub_lost import lost_fields, outage_fields, outage_id
from stub_world import Row, World, instant


def _opening(world: World) -> datetime:
    """Six hours before now, on the half hour."""
    return (world.as_of - timedelta(hours=6)).replace(minute=30, second=0, microsecond=0)


def park_details(world: World, park: Row, period: str) -> dict[str, Any]:
    rides = [ride for ride in world.rides() if ride["park"]["park_id"] == park["park_id"]]
    counted = [ride for ride in rides if ride["is_counted"]]
    opening = _opening(world)
    count = {
        status: sum(ride["status"] == status for ride in counted)
        for status in ("Running", "Down", "Closed", "Unknown")
    }
    return {
        "park_id": park["park_id"],
        "name": park["park_name"],
        "location": {"city": park["city"], "state": park["state"], "country": "United States"},
        "coordinates": {"latitude": 28.4, "longitude": -81.5},
        "operator": "Made Up Parks",
        "timezone": park["timezone"],
        "tracking_since": instant(opening - timedelta(days=200)),
        "total_rides_tracked": len(counted),
        "tier_distribution": _tiers_of_opened(counted),
        "current_status": {
            "is_open_now": park["is_open_now"],
            "last_active_at": park["last_active"],
            "rides_open": count["Running"],
            "rides_down": count["Down"],
            "rides_closed": count["Closed"],
            "rides_unknown": count["Unknown"],
            "avg_wait_time": 31.5,
            "max_wait_time": 95,
            "as_of": instant(world.as_of),
        },
        "statistics": {
            "period": period,
            "total_downtime_hours": park["downtime"],
            "park_wide_downtime_hours": 1.5,
            "ongoing_hours": round(sum(_ongoing_minutes(ride) for ride in counted) / 60, 2),
            **lost_fields(park["downtime"]),
            "days_lost_known": 7,
            "avg_uptime_percentage": 97.4,
            "rides_with_downtime": 8,
            "outage_count": 31,
            **outage_fields(park["downtime"]),
            "period_days": 7,
            "days_with_data": 7,
            "coverage_percentage": 99.2,
            "park_stop_hours": 0.5,
            "weighted_downtime_score": 0.74,
            "score_percentage": 2.31,
            "trend_percentage": -12.5,
        },
        "operating_sessions": [
            {
                "local_date": str(
                    (opening - timedelta(days=day)).astimezone(ZoneInfo(park["timezone"])).date()
                ),
                "started_at": instant(opening - timedelta(days=day)),
                "ended_at": None
                if day == 0
                else instant(opening - timedelta(days=day) + timedelta(hours=11)),
                "last_running_at": instant(world.as_of - timedelta(days=day)),
                "park_stop_minutes": 30.0 if day == 2 else 0.0,
                "unknown_minutes": 10.0,
            }
            for day in range(6)
        ],
        "feed": world.feed(park["park_id"]),
        "first_timeline_date": str(
            (opening - timedelta(days=5)).astimezone(ZoneInfo(park["timezone"])).date()
        ),
        "rides": [_park_ride(ride) for ride in sorted(rides, key=lambda ride: str(ride["ride_name"]))],
        "queue_times_url": park["url"],
    }


def _tiers_of_opened(rides: list[Row]) -> dict[str, int]:
    """As their stretches say; an unclassified ride counts as 2."""
    opened = [ride["tier"] or 2 for number, ride in enumerate(rides) if _ride_figures(number)["operated"]]
    counts = {f"tier{tier}_count": opened.count(tier) for tier in (1, 2, 3)}
    return {**counts, "total_park_weight": sum(4 - tier for tier in opened)}


def _ongoing_minutes(ride: Row) -> float:
    return float(ride["minutes"]) if ride["status"] == "Down" else 0.0


def _park_ride(ride: Row) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "downtime_hours": ride["downtime"],
        "park_wide_downtime_hours": 0.0,
        "ongoing_minutes": _ongoing_minutes(ride),
        "uptime_percentage": 96.2,
        "outage_count": 3,
        "longest_outage_minutes": 55.0,
        "days_operated": 7,
        "days_not_operated": 0,
        **lost_fields(ride["downtime"]),
        "late_opening_hours": 0.5,
        "early_close_hours": 0.25,
        "median_outage_minutes": 25.0,
        "p90_outage_minutes": None,
        "coverage_percentage": 99.0,
    }
    if not ride["is_counted"]:
        figures = dict.fromkeys(figures)
    return {
        "ride_id": ride["ride_id"],
        "ride_name": ride["ride_name"],
        "land": "Harbour",
        "category": ride["category"],
        "is_counted": ride["is_counted"],
        "tier": ride["tier"],
        "tier_label": ride["tier_label"],
        "current_status": ride["status"],
        "down_since": ride["down_since"],
        "back_today_percentage": ride["back_today"],
        "current_wait_time": ride["wait"],
        **figures,
        "days_lost_known": 7,
        "queue_times_url": ride["url"],
    }


def park_timeline(world: World, park: Row, date: str | None) -> dict[str, Any]:
    zone = ZoneInfo(park["timezone"])
    opening = _opening(world)
    today = opening.astimezone(zone).date()
    shown = datetime.fromisoformat(date).date() if date else today
    opening += timedelta(days=(shown - today).days)
    # At no hour of the test may its picture end in the middle: this day is the one around the opening.
    start = opening.replace(minute=0) - timedelta(hours=8)
    rides = [
        ride for ride in world.rides() if ride["park"]["park_id"] == park["park_id"] and ride["is_counted"]
    ]

    def at(minutes: int) -> str:
        return instant(opening + timedelta(minutes=minutes))

    return {
        "park_id": park["park_id"],
        "park_name": park["park_name"],
        "timezone": park["timezone"],
        "date": str(shown),
        "day_started_at": instant(start),
        "day_ended_at": instant(start + timedelta(days=1)),
        "first_date": str(today - timedelta(days=5)),
        "last_date": str(today),
        "sessions": [{"started_at": at(0), "ended_at": None if shown == today else at(360)}],
        "park_stops": [{"started_at": at(120), "ended_at": at(140)}],
        "queue_times_url": park["url"],
        "park_wide_spans": [{"started_at": at(200), "ended_at": at(230)}],
        "figures": _day_figures(len(rides)),
        "rides": [
            {
                "ride_id": ride["ride_id"],
                "ride_name": ride["ride_name"],
                "tier": ride["tier"],
                "tier_label": ride["tier_label"],
                "category": ride["category"],
                **_ride_figures(number),
                "stretches": [
                    {
                        "kind": kind,
                        "started_at": at(a),
                        "ended_at": at(b),
                        "park_wide": kind == "outage" and a == 200,
                    }
                    for kind, a, b in _stretches(number)
                ],
                "queue_times_url": ride["url"],
            }
            for number, ride in enumerate(rides)
        ],
    }


def _ride_figures(number: int) -> dict[str, Any]:
    """What the ride's stretches add up to."""
    sums = dict.fromkeys(("open", "outage", "ongoing"), 0.0)
    for kind, start, end in _stretches(number):
        if kind in sums:
            sums[kind] += end - start
    up, down = sums["open"], sums["outage"]
    return {
        "operated": up > 0,
        "uptime_minutes": up,
        "downtime_minutes": down,
        "ongoing_minutes": sums["ongoing"],
        "uptime_percentage": round(100 * up / (up + down), 2) if up + down else None,
        "coverage_percentage": 98.0,
        "outage_count": int(down > 0),
        "longest_outage_minutes": down,
    }


def _day_figures(ride_count: int) -> dict[str, Any]:
    rides = [_ride_figures(number) for number in range(ride_count)]
    sums = {
        name: sum(ride[name] for ride in rides)
        for name in ("uptime_minutes", "downtime_minutes", "ongoing_minutes", "outage_count")
    }
    operating = sums["uptime_minutes"] + sums["downtime_minutes"]
    return {
        **sums,
        "uptime_percentage": round(100 * sums["uptime_minutes"] / operating, 2) if operating else None,
        "coverage_percentage": 98.0,
        "park_wide_minutes": 30.0,
        "rides_with_downtime": sum(ride["downtime_minutes"] > 0 for ride in rides),
        "park_stop_minutes": 20.0,
    }


def _stretches(number: int) -> list[tuple[str, int, int]]:
    days = [
        [
            ("open", 0, 120),
            ("park_stop", 120, 140),
            ("open", 140, 200),
            ("outage", 200, 230),
            ("open", 230, 360),
        ],
        [
            ("late_opening", 0, 60),
            ("open", 60, 120),
            ("park_stop", 120, 140),
            ("open", 140, 300),
            ("ongoing", 300, 360),
        ],
        [("did_not_operate", 0, 120), ("park_stop", 120, 140), ("did_not_operate", 140, 360)],
        [
            ("open", 0, 90),
            ("unknown", 90, 120),
            ("park_stop", 120, 140),
            ("outage", 140, 170),
            ("open", 170, 290),
            ("early_close", 290, 360),
        ],
    ]
    return days[number % len(days)]


def ride_details(world: World, ride: Row) -> dict[str, Any]:
    today = world.as_of.astimezone(ZoneInfo(ride["park"]["timezone"])).date()
    opening = _opening(world)
    outages = [
        {
            "started_at": instant(opening + timedelta(minutes=60 * number)),
            "ended_at": instant(opening + timedelta(minutes=60 * number + (40 if number == 3 else 25))),
            "minutes": 25.0,
            "park_wide": number == 2,
            "ongoing": False,
            "is_incident": number != 1,
        }
        for number in reversed(range(6))
    ]
    if ride["status"] == "Down":
        since = {"started_at": ride["down_since"], "ended_at": None, "minutes": _ongoing_minutes(ride)}
        outages[0] |= since | {"ongoing": True}
    for each in outages:
        each["outage_id"] = outage_id(ride["ride_id"], str(each["started_at"]))
    return {
        "ride_id": ride["ride_id"],
        "ride_name": ride["ride_name"],
        "park_id": ride["park"]["park_id"],
        "park_name": ride["park"]["park_name"],
        "land": "Harbour",
        "timezone": ride["park"]["timezone"],
        "tier": ride["tier"],
        "tier_label": ride["tier_label"],
        "tier_reason": None if ride["tier"] is None else "A large coaster that the park is known for",
        "category": ride["category"],
        "is_counted": ride["is_counted"],
        "current_status": ride["status"],
        "down_since": ride["down_since"],
        "back_today_percentage": ride["back_today"],
        "current_wait_time": ride["wait"],
        "tracking_since": instant(opening - timedelta(days=200)),
        "statistics": {
            "downtime_hours": ride["downtime"],
            "park_wide_downtime_hours": 0.5,
            "ongoing_minutes": _ongoing_minutes(ride),
            "uptime_percentage": 95.1,
            "coverage_percentage": 99.0,
            "outage_count": 5,
            "longest_outage_minutes": 70.0,
            **outage_fields(ride["downtime"]),
            **lost_fields(ride["downtime"]),
            "days_lost_known": 7,
            "days_operated": 6,
            "days_not_operated": 1,
            "late_opening_hours": 0.5,
            "early_close_hours": 0.25,
            "trend_percentage": 8.4,
        },
        "days": [
            _day(str(today - timedelta(days=89 - number)), number)
            | ({"ongoing_minutes": _ongoing_minutes(ride)} if number == 89 else {})
            for number in range(90)
        ],
        "back_again": None
        if ride["status"] != "Down"
        else {
            "lasted_minutes": _ongoing_minutes(ride),
            "outages": 23,
            "back": 11,
            "within_minutes": 30.0,
        },
        "usual_opening": "09:10",
        "usual_closing": "21:00",
        "not_operated_since": None,
        "outages": outages,
        "edges": [
            {
                "outage_id": outage_id(ride["ride_id"], instant(opening - timedelta(days=1))),
                "kind": "late_start",
                "started_at": instant(opening - timedelta(days=1)),
                "due_at": instant(opening - timedelta(days=1, minutes=-14)),
                "ended_at": instant(opening - timedelta(days=1, minutes=-65)),
                "minutes": 51.0,
            },
            {
                "outage_id": outage_id(ride["ride_id"], instant(opening - timedelta(days=2, hours=-10))),
                "kind": "did_not_reopen",
                "started_at": instant(opening - timedelta(days=2, hours=-10)),
                "due_at": instant(opening - timedelta(days=2, hours=-11)),
                "ended_at": instant(opening - timedelta(days=2, hours=-11)),
                "minutes": 60.0,
            },
        ],
        "queue_times_url": ride["url"],
    }


def _day(date: str, number: int) -> dict[str, Any]:
    edges = ("late_start", "late_opening", "did_not_reopen", "early_close")
    names = ("uptime", "downtime", "ongoing", "park_wide", *edges, "unknown")
    minutes: dict[str, Any] = {f"{name}_minutes": None for name in names}
    row = {
        "date": date,
        "operated": None,
        "park_operated": True,
        **minutes,
        "outage_count": None,
        "corrected": number == 60,
    }
    if number % 17 == 3:
        return row | {"park_operated": False}
    if number < 6:
        return row | {"park_operated": None}
    if number % 13 == 5:
        return row | {"operated": False} | dict.fromkeys(minutes, 0.0) | {"outage_count": 0}
    down = float((number * 37) % 71 if number % 4 == 0 else number % 9)
    known = {"uptime_minutes": 600.0 - down, "downtime_minutes": down, "outage_count": int(down > 0)}
    return row | {"operated": True} | dict.fromkeys(minutes, 0.0) | known
