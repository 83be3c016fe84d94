"""Every endpoint with every period: what the API is asked in benchmarks, and an application to ask."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from park_downtime.api.app import create_app
from park_downtime.config.settings import load
from park_downtime.named_periods import WHOLE

PERIODS = ("today", "7days", "30days")
NAMED = ("yesterday", "2026-02-14", "2026-W29", "2026-W20", "2026-07", "2026-06", "2026")
"""A day long ago, and weeks, months and years that are over and that are not."""
RANGE = "2026-01-10..2026-06-20"
PARK, RIDE = 17, 817

WORST_SORTS = ("lost_hours", "trend_percentage", "seven_day_avg_downtime_hours", "current_status", "rank_low")
"""One for each kind of figures that an order may need beside those of ranks."""

PATHS = (
    *(f"/api/parks/downtime?period={period}" for period in PERIODS),
    "/api/parks/downtime?period=30days&weighted=true&filter=disney-universal&park_wide=exclude",
    *(f"/api/parks/{PARK}/details?period={period}" for period in PERIODS),
    f"/api/parks/{PARK}/timeline",
    *(f"/api/rides/downtime?period={period}&limit=200" for period in PERIODS),
    *(f"/api/rides/downtime?period=30days&limit=200&sort={field}&order=desc" for field in WORST_SORTS),
    f"/api/rides/downtime?period=30days&park_id={PARK}",
    *(f"/api/rides/{RIDE}/details?period={period}" for period in PERIODS),
    *(f"/api/rides/waittimes?mode={mode}&limit=200" for mode in ("live", "7day-average", "peak")),
    "/api/rides/waittimes?mode=peak&limit=200&sort=trend_percentage",
    *(f"/api/trends?category=rides-declining&period={period}" for period in PERIODS),
    "/api/trends?category=parks-improving&period=30days",
    *(f"/api/parks/downtime?period={period}" for period in NAMED),
    "/api/parks/downtime?period=2026-07&compare=year-before",
    *(f"/api/rides/downtime?period={period}&limit=200" for period in NAMED),
    *(f"/api/rides/downtime?period=2026&limit=200&sort={field}&order=desc" for field in WORST_SORTS),
    f"/api/rides/downtime?period={RANGE}&park_id={PARK}",
    *(f"/api/trends?category=rides-declining&period={period}" for period in NAMED),
    *(f"/api/parks/{PARK}/details?period={period}" for period in (*NAMED, RANGE)),
    *(f"/api/rides/{RIDE}/details?period={period}" for period in (*NAMED, RANGE)),
    *(f"{whose}/calendar?year=2026" for whose in (f"/api/parks/{PARK}", f"/api/rides/{RIDE}")),
    *(f"/api/parks/{PARK}/history?by={kind}" for kind in WHOLE),
    *(f"/api/rides/{RIDE}/history?by={kind}" for kind in WHOLE),
    *(f"/api/parks/{PARK}/breakdowns?period={period}" for period in ("30days", "2026")),
    *(f"/api/rides/{RIDE}/breakdowns?period={period}" for period in ("30days", "2026")),
    *(f"/api/outages?period={period}" for period in (*PERIODS, "2026")),
    "/api/outages?period=2026&kind=outage&park_wide=exclude&offset=4900",
    f"/api/outages?period=2026&park_id={PARK}&park_wide=exclude",
    f"/api/outages?period=2026&ride_id={RIDE}",
    f"/badges/parks/{PARK}.svg?period={RANGE}",
    f"/badges/rides/{RIDE}.svg?period=2026",
    "/api/now",
    "/api/parks",
    "/api/rides",
    f"/api/rides?park_id={PARK}",
    "/api/health",
)


def application(engine: Engine, now: datetime) -> Flask:
    """The API as it is a minute after the last cycle, without a limit of requests."""
    environment = {"SPOOL_DIR": tempfile.gettempdir(), "RATE_LIMIT": "100000000 per minute"}
    settings = load(environment, Path("no-such-file"))
    app = create_app(settings, engine, clock=lambda: now + timedelta(minutes=1))
    app.logger.disabled = True
    return app
