"""What the API would answer of a stub world: every field that the dashboard may read, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from stub_details import park_details, park_timeline, ride_details
from stub_lost import lost_fields, outage_id
from stub_world import Row, World, instant

from park_downtime.named_periods import period_named

ATTRIBUTION = "Data powered by Queue-Times.com - https://queue-times.com"
Parameters = dict[str, str]
STATUSES = ["Down", "Running", "Closed", "Unknown"]


class NotFound(Exception):
    """No such park or ride."""


def answer(world: World, path: str, given: Parameters) -> dict[str, Any]:
    parts = path.strip("/").split("/")
    if len(parts) == 4 and parts[1] in ("parks", "rides"):
        return _one(world, parts[1], int(parts[2]), parts[3], given)
    makers: dict[str, Callable[[World, Parameters], dict[str, Any]]] = {
        "/api/parks/downtime": _parks_downtime,
        "/api/rides/downtime": _rides_downtime,
        "/api/rides/waittimes": _waits,
        "/api/trends": _trends,
        "/api/now": _now,
        "/api/parks": _parks,
        "/api/rides": _rides,
        "/api/corrections": _corrections,
        "/api/health": _health,
    }
    if path not in makers:
        raise NotFound(path)
    return makers[path](world, given)


def envelope(world: World, **content: Any) -> dict[str, Any]:
    is_empty = world.park_count == 0
    return {
        "success": True,
        "attribution": ATTRIBUTION,
        "last_updated": None if is_empty else instant(world.as_of),
        "stale": world.is_stale,
        "simulated": world.is_simulated,
        "waits_known": True,
        **content,
    }


def _one(world: World, kind: str, identity: int, what: str, given: Parameters) -> dict[str, Any]:
    rows, name = (world.parks(), "park_id") if kind == "parks" else (world.rides(), "ride_id")
    found = next((row for row in rows if row[name] == identity), None)
    if found is None:
        raise NotFound(f"{kind} {identity}")
    if kind == "rides":
        period = _period(world, given)
        period["days_with_data"] = period["period_days"]
        return envelope(world, **period, data=ride_details(world, found))
    if what == "details":
        period = _period(world, given)
        return envelope(world, **period, data=park_details(world, found, period["period"]))
    timeline = park_timeline(world, found, given.get("date"))
    if not timeline["first_date"] <= timeline["date"] <= timeline["last_date"]:
        raise NotFound(f"no timeline of {timeline['date']}")
    return envelope(world, date=given.get("date"), data=timeline)


def _table(
    world: World, rows: list[Row], given: Parameters, limit: int, sort: str, **more: Any
) -> dict[str, Any]:
    field, order = given.get("sort", sort), given.get("order", "asc")
    known = [row for row in rows if row[field] is not None]
    known.sort(
        key=lambda row: STATUSES.index(row[field]) if field == "current_status" else row[field],
        reverse=order == "desc",
    )
    ordered = known + [row for row in rows if row[field] is None]
    limit, offset = int(given.get("limit", limit)), int(given.get("offset", 0))
    shown = {"sort": field, "order": order, "limit": limit, "offset": offset, "format": "json"}
    return envelope(world, **shown, total_count=len(rows), **more, data=ordered[offset : offset + limit])


def _period(world: World, given: Parameters, default: str = "today") -> dict[str, Any]:
    period = period_named(given.get("period", default))
    dates = period.dates(world.as_of.date())
    return {
        "period": period.name,
        "compare": given.get("compare", "previous"),
        "period_days": period.days,
        "first_date": str(dates.first),
        "last_date": str(dates.last),
        "days_with_data": min(period.days, 9) if world.park_count else 0,
        "days_lost_known": min(period.days, 9) if world.park_count else 0,
        "is_final": dates.last < world.as_of.date(),
        "methods": {"lowest": 2, "highest": 2},
    }


def _filtered(rows: list[Row], given: Parameters) -> list[Row]:
    if given.get("filter") != "disney-universal":
        return rows
    return [row for row in rows if (row.get("park") or row)["park_id"] <= 2]


def _in(park: Row, rides: list[Row]) -> int:
    return sum(ride["park"]["park_id"] == park["park_id"] for ride in rides)


def _location(park: Row) -> str:
    return f"{park['city']}, {park['state']}, United States"


def _parks_downtime(world: World, given: Parameters) -> dict[str, Any]:
    parks = _filtered(world.parks(), given)
    down = [ride for ride in _filtered(world.rides(), given) if ride["status"] == "Down"]
    without = given.get("park_wide") == "exclude"
    rows = []
    for rank, park in enumerate(sorted(parks, key=lambda park: -park["downtime"]), start=1):
        rows.append(
            {
                "rank": None if rank == world.park_count and rank > 4 else rank,
                "park_id": park["park_id"],
                "park_name": park["park_name"],
                "location": _location(park),
                "total_downtime_hours": round(park["downtime"] * (0.8 if without else 1), 2),
                "park_wide_downtime_hours": round(park["downtime"] * 0.2, 2),
                "ongoing_hours": 0.67 if rank == 1 else 0.0,
                **lost_fields(park["downtime"]),
                "days_lost_known": 7,
                "weighted_downtime_score": round(park["downtime"] / 30, 2),
                "score_percentage": round(park["downtime"] / 12, 2),
                "tier_distribution": {
                    "tier1_count": 4,
                    "tier2_count": 5,
                    "tier3_count": 2,
                    "total_park_weight": 24,
                },
                "affected_rides_count": None if world.is_stale else _in(park, down),
                "uptime_percentage": round(100 - park["downtime"] / 15, 2),
                "coverage_percentage": park["coverage"],
                "trend_percentage": park["trend"],
                **_bounds(given, rank, world.park_count),
                "is_open_now": park["is_open_now"],
                "last_active_at": park["last_active"],
                "queue_times_url": park["url"],
            }
        )
    figures = {
        "total_parks_tracked": len(parks),
        "peak_downtime_hours": max((row["total_downtime_hours"] for row in rows), default=None),
        "currently_down_rides": None if world.is_stale else len(down),
    }
    echoed = {
        **_period(world, given),
        "filter": given.get("filter", "all-parks"),
        "weighted": given.get("weighted") == "true",
        "park_wide": given.get("park_wide", "include"),
    }
    return _table(world, rows, given, 50, "rank", **echoed, aggregate_stats=figures)


def _bounds(given: Parameters, rank: int, last: int) -> Row:
    """The first is sure of its place; the last may stand anywhere."""
    is_plain = given.get("filter") != "disney-universal" and given.get("weighted") != "true"
    if given.get("period", "today") == "today" or not is_plain or given.get("park_wide") == "exclude":
        return {"rank_low": None, "rank_high": None}
    return {"rank_low": max(1, rank - rank // 2, min(rank**3, last) - 3600), "rank_high": min(last, rank**3)}


def _identity(ride: Row) -> Row:
    return {
        "ride_id": ride["ride_id"],
        "ride_name": ride["ride_name"],
        "park_id": ride["park"]["park_id"],
        "park_name": ride["park"]["park_name"],
        "tier": ride["tier"],
        "tier_label": ride["tier_label"],
    }


def _rides_downtime(world: World, given: Parameters) -> dict[str, Any]:
    rides = [ride for ride in _filtered(world.rides(), given) if ride["is_counted"]]
    rows = [
        {
            "rank": rank,
            **_identity(ride),
            "timezone": ride["park"]["timezone"],
            "downtime_hours": ride["downtime"],
            "ongoing_minutes": float(ride["minutes"]) if ride["status"] == "Down" else 0.0,
            "uptime_percentage": round(100 - ride["downtime"] / 2, 2),
            "outage_count": int(ride["downtime"]),
            "longest_outage_minutes": round(ride["downtime"] * 20, 2),
            "days_operated": 1,
            "days_not_operated": 0,
            **lost_fields(ride["downtime"]),
            "days_lost_known": 7,
            "coverage_percentage": 99.0,
            "current_status": ride["status"],
            "down_since": ride["down_since"],
            "back_today_percentage": ride["back_today"],
            "seven_day_avg_downtime_hours": round(ride["downtime"] / 5, 2),
            "trend_percentage": round(ride["downtime"] * 6 - 30, 2),
            **_bounds(given, rank, 4890),
            "queue_times_url": ride["url"],
        }
        for rank, ride in enumerate(sorted(rides, key=lambda ride: -ride["downtime"]), start=1)
    ]
    echoed = {
        **_period(world, given),
        "filter": given.get("filter", "all-parks"),
        "park_wide": given.get("park_wide", "include"),
        "park_id": None,
    }
    return _table(world, rows, given, 100, "rank", **echoed)


def _waits(world: World, given: Parameters) -> dict[str, Any]:
    rides = sorted(_filtered(world.rides(), given), key=lambda ride: -(ride["wait"] or -1))
    rows = [
        {
            "rank": rank if ride["wait"] is not None else None,
            **_identity(ride),
            "current_wait_time": ride["wait"],
            "seven_day_avg_wait_time": 31.5,
            "peak_wait_time": 95,
            "trend_percentage": None if ride["wait"] is None else 12.5,
            "is_currently_open": None if world.is_stale else ride["status"] == "Running",
            "queue_times_url": ride["url"],
        }
        for rank, ride in enumerate(rides, start=1)
    ]
    echoed = {
        "mode": given.get("mode", "live"),
        "filter": given.get("filter", "all-parks"),
        "park_id": None,
    }
    return _table(world, rows, given, 100, "rank", **echoed)


def _trends(world: World, given: Parameters) -> dict[str, Any]:
    category = given["category"]
    kind, direction = category.split("-")
    sign = 1 if direction == "improving" else -1
    source = _filtered(world.parks() if kind == "parks" else world.rides(), given)
    compared = len(source) if world.trends_compared is None else world.trends_compared
    if world.trends_compared is not None:
        source = []
    rows = []
    for rank, row in enumerate(source[: 3 if kind == "parks" else 8], start=1):
        size = round(20.5 - rank, 2)
        identity = (
            _identity(row)
            if kind == "rides"
            else {"park_id": row["park_id"], "park_name": row["park_name"], "location": _location(row)}
        )
        rows.append(
            {
                "rank": rank,
                **identity,
                "previous_period_uptime_pct": 70.0,
                "current_period_uptime_pct": round(70.0 + sign * size, 2),
                "uptime_change_pct": sign * size,
                "improvement_pct": size if sign > 0 else None,
                "decline_pct": size if sign < 0 else None,
                "previous_period_downtime_hours": 9.0,
                "current_period_downtime_hours": round(9.0 - sign * rank / 3, 2),
                "queue_times_url": row["url"],
            }
        )
    today = world.as_of.date()
    last = {"first_date": str(today - timedelta(days=6)), "last_date": str(today)}
    before = {"first_date": str(today - timedelta(days=13)), "last_date": str(today - timedelta(days=7))}
    echoed = {
        "category": category,
        **_period(world, given, "7days"),
        "filter": given.get("filter", "all-parks"),
        "comparison": {"current_period": last, "previous_period": before},
        "compared_count": compared,
        "count": len(rows),
    }
    return _table(world, rows, given, 50, "rank", **echoed)


def _now(world: World, given: Parameters) -> dict[str, Any]:
    down = [ride for ride in _filtered(world.rides(), given) if ride["status"] == "Down"]
    rows = [
        {
            "rank": rank,
            **_identity(ride),
            "timezone": ride["park"]["timezone"],
            "outage_id": outage_id(ride["ride_id"], ride["down_since"]),
            "down_since": ride["down_since"],
            "back_today_percentage": ride["back_today"],
            "minutes": float(ride["minutes"]),
            "last_wait_time": 35,
            "queue_times_url": ride["url"],
        }
        for rank, ride in enumerate(sorted(down, key=lambda ride: -ride["minutes"]), start=1)
    ]
    return _table(world, rows, given, 1000, "rank", filter=given.get("filter", "all-parks"))


def _parks(world: World, given: Parameters) -> dict[str, Any]:
    rows = [
        {
            "park_id": park["park_id"],
            "park_name": park["park_name"],
            "location": _location(park),
            "city": park["city"],
            "state": park["state"],
            "country": "United States",
            "latitude": 28.4,
            "longitude": -81.5,
            "operator": "Made Up Parks",
            "group_name": "Made Up Parks",
            "is_disney_universal": park["park_id"] <= 2,
            "timezone": park["timezone"],
            "total_rides_tracked": 11,
            "is_open_now": park["is_open_now"],
            "queue_times_url": park["url"],
        }
        for park in world.parks()
    ]
    return _table(world, rows, given, 10000, "park_name", park_id=None)


def _health(world: World, _: Parameters) -> dict[str, Any]:
    trouble = (
        None
        if world.park_count
        else "The feed cannot be reached; `make demo` shows everything without a network"
    )
    part = {"status": "healthy" if trouble is None else "degraded"}
    collection = {
        **part,
        "message": trouble,
        "last_cycle_at": instant(world.as_of) if world.park_count else None,
        "age_minutes": 4.0,
        "interval_minutes": 10,
        "parks_collected_last_cycle": world.park_count,
        "parks_failed_last_cycle": 0,
        "feed_answers": trouble is None,
        "spool_cycles": 0,
        "spool_bytes": 0,
        "cycles_on_time_percentage": {"last_24_hours": 99.0, "last_7_days": 99.0, "last_30_days": 99.0},
    }
    checks = {
        "api": {"status": "healthy", "message": None},
        "database": {"status": "healthy", "message": None, "latency_ms": 0.4, "replica_lag_minutes": None},
        "data_collection": collection,
        "park_list": {
            "status": "healthy",
            "message": None,
            "refreshed_at": instant(world.as_of) if world.park_count else None,
            "parks_listed": world.park_count,
            "parks_tracked": world.park_count,
            "parks_heard_last_24_hours": world.park_count,
            "parks_planned": 80,
            "not_tracked": [],
        },
        "aggregation": {"status": "healthy", "message": None, "zones": []},
    }
    heard = {
        "timestamp": instant(world.as_of),
        "response_time_ms": 1.5,
        "last_collection": collection["last_cycle_at"],
        "minutes_since_last_collection": collection["age_minutes"],
        "feed": world.feed(1),
    }
    return envelope(world, **part, version="0.1.0", **heard, checks=checks)


def _corrections(world: World, given: Parameters) -> dict[str, Any]:
    """One of a ride, taken back, and one of its park over midnight."""
    ride = world.rides()[0]
    both = [
        {
            "correction_id": number,
            "park_id": ride["park"]["park_id"],
            "park_name": ride["park"]["park_name"],
            "ride_id": of_ride["ride_id"],
            "ride_name": of_ride["ride_name"],
            "started_at": f"2026-04-14T{hour}:00:00Z",
            "ended_at": "2026-04-15T03:00:00Z",
            "reason": reason,
            "timezone": ride["park"]["timezone"],
            "made_at": "2026-04-15T08:12:40Z",
            "withdrawn_at": withdrawn_at,
            "queue_times_url": ride["url"],
        }
        for number, of_ride, hour, reason, withdrawn_at in (
            (1, ride, 22, "One entry <b>stuck</b>", "2026-04-16T08:00:00Z"),
            (2, {"ride_id": None, "ride_name": None}, 10, "The feed repeated its last values.", None),
        )
    ]
    return _table(world, both if world.is_corrected else [], given, 10000, "correction_id", park_id=None)


def _rides(world: World, given: Parameters) -> dict[str, Any]:
    rows = [
        {
            **_identity(ride),
            "land": "Harbour",
            "category": ride["category"],
            "is_counted": ride["is_counted"],
            "timezone": ride["park"]["timezone"],
            "not_operated_since": None,
            "queue_times_url": ride["url"],
        }
        for ride in world.rides()
    ]
    return _table(world, rows, given, 10000, "ride_name", park_id=None)
