"""Health and a park's page say what a feed does that is not believed."""

from __future__ import annotations

from datetime import timedelta

from api_world import MakeApp
from cycles import add_parks, park
from lying import CLOSES, EVERY_MINUTES, MIDNIGHT, cycles, repeating
from recorded import collect
from sqlalchemy import Engine

PARK = 7


def test_health_and_the_park_say_it(engine: Engine, make_app: MakeApp) -> None:
    add_parks(engine, park(PARK))
    end = MIDNIGHT + timedelta(minutes=CLOSES + 3 * 60)
    feed = cycles(repeating(CLOSES + 4 * 60), 1, PARK)
    collect(engine, [one for one in feed if one.recorded_at <= end])
    expected = [
        {
            "park_id": PARK,
            "standing_still_since": "2026-07-01T22:00:00Z",
            "stamp_offset_minutes": None,
            "listed_missing": 0,
        }
    ]
    client = make_app(engine, now=end + timedelta(minutes=1)).test_client()
    assert client.get("/api/health").get_json()["feed"] == expected
    assert client.get(f"/api/parks/{PARK}/details").get_json()["data"]["feed"] == expected
    stale = make_app(engine, now=end + timedelta(minutes=2.5 * EVERY_MINUTES + 1)).test_client()
    assert stale.get(f"/api/parks/{PARK}/details").get_json()["data"]["feed"] == []
