"""The drawn parks in every endpoint, on both engines: the same figures wherever they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import api_world
import pytest
from flask.testing import FlaskClient

from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Filled once on each engine: these tests only read."""
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('filled_file')}"
    else:
        url, emptier = request.getfixturevalue("migrated_mariadb")
        emptier.empty()
    engine = make_engine(url)
    if request.param == "mariadb":
        api_world.fill(engine)
    settings = api_world.settings_for(tmp_path_factory.mktemp("figures"))
    yield create_app(settings, engine, clock=lambda: api_world.NOW).test_client()
    engine.dispose()


def data(client: FlaskClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["data"]


def by_id(rows: list[dict[str, Any]], name: str = "ride_id") -> dict[int, dict[str, Any]]:
    return {row[name]: row for row in rows}


def test_the_ranking_of_parks(drawn: FlaskClient) -> None:
    prairie, magic = data(drawn, "/api/parks/downtime")
    assert (prairie["park_id"], prairie["rank"], prairie["total_downtime_hours"]) == (50, 1, 1.0)
    assert (magic["park_id"], magic["rank"], magic["total_downtime_hours"]) == (6, 2, 0.67)
    assert magic["ongoing_hours"] == 0.33
    assert magic["affected_rides_count"] == 1
    assert magic["location"] == "Orlando, Florida, United States"
    assert magic["is_open_now"] is True


def test_the_weighted_score_can_be_recomputed_from_the_answer(drawn: FlaskClient) -> None:
    magic = by_id(data(drawn, "/api/parks/downtime?weighted=true"), "park_id")[6]
    assert magic["tier_distribution"] == {
        "tier1_count": 2,
        "tier2_count": 2,  # the unclassified ride weighs as a standard one
        "tier3_count": 1,
        "total_park_weight": 11,
    }
    assert magic["weighted_downtime_score"] == round((0.5 * 3 + 10 / 60 * 2) / 11, 2)


def test_figures_beside_the_ranking(drawn: FlaskClient) -> None:
    answer = drawn.get("/api/parks/downtime?period=7days").get_json()
    assert answer["aggregate_stats"] == {
        "total_parks_tracked": 2,
        "peak_downtime_hours": 1.0,
        "currently_down_rides": 1,
    }
    assert (answer["period_days"], answer["days_with_data"]) == (7, 1)


def test_the_filter_leaves_disney_and_universal(drawn: FlaskClient) -> None:
    answer = drawn.get("/api/parks/downtime?filter=disney-universal").get_json()
    assert [row["park_id"] for row in answer["data"]] == [6]
    assert answer["aggregate_stats"]["total_parks_tracked"] == 1


def test_the_ranking_of_rides(drawn: FlaskClient) -> None:
    rows = by_id(data(drawn, "/api/rides/downtime"))
    assert list(rows)[:3] == [12, 2, 6]
    assert (rows[2]["downtime_hours"], rows[2]["outage_count"], rows[2]["longest_outage_minutes"]) == (
        0.5,
        1,
        30.0,
    )
    assert api_world.SHOW not in rows


def test_what_did_not_operate_is_not_down(drawn: FlaskClient) -> None:
    ride = by_id(data(drawn, "/api/rides/downtime"))[5]
    assert (ride["downtime_hours"], ride["days_operated"], ride["days_not_operated"]) == (0.0, 0, 1)
    assert (ride["rank"], ride["uptime_percentage"], ride["current_status"]) == (None, None, "Closed")


def test_what_is_down_now(drawn: FlaskClient) -> None:
    [ride] = data(drawn, "/api/now")
    assert (ride["ride_id"], ride["down_since"], ride["minutes"]) == (3, "2026-07-01T17:30:00Z", 20.0)
    assert ride["last_wait_time"] == 50  # at 13:20, its last open reading


def test_live_waits(drawn: FlaskClient) -> None:
    rows = data(drawn, "/api/rides/waittimes?park_id=6")
    assert [(row["rank"], row["ride_id"], row["current_wait_time"]) for row in rows[:2]] == [
        (1, 6, 83),
        (2, 4, 63),
    ]
    assert rows[-1]["rank"] is None


def test_peak_waits(drawn: FlaskClient) -> None:
    rows = by_id(data(drawn, "/api/rides/waittimes?mode=peak&park_id=6"))
    assert (rows[3]["peak_wait_time"], rows[3]["current_wait_time"]) == (50, None)


def test_one_park(drawn: FlaskClient) -> None:
    park = data(drawn, "/api/parks/6/details")
    now = park["current_status"]
    assert (now["rides_open"], now["rides_down"], now["rides_closed"], now["rides_unknown"]) == (4, 1, 1, 0)
    assert (now["max_wait_time"], now["as_of"]) == (83, "2026-07-01T17:50:00Z")
    assert park["coordinates"] == {"latitude": 28.4, "longitude": -81.58}
    assert park["total_rides_tracked"] == 6
    assert park["first_timeline_date"] == "2026-07-01"
    [session] = park["operating_sessions"]
    assert (session["started_at"], session["ended_at"]) == ("2026-07-01T14:00:00Z", None)


def test_a_show_is_listed_with_status_and_without_figures(drawn: FlaskClient) -> None:
    show = by_id(data(drawn, "/api/parks/6/details")["rides"])[api_world.SHOW]
    assert (show["is_counted"], show["current_status"], show["downtime_hours"]) == (False, "Closed", None)


def test_a_day_as_stretches(drawn: FlaskClient) -> None:
    day = data(drawn, "/api/parks/6/timeline")
    rides = {
        ride["ride_id"]: [(part["kind"], part["started_at"][11:16]) for part in ride["stretches"]]
        for ride in day["rides"]
    }
    assert day["sessions"] == [{"started_at": "2026-07-01T14:00:00Z", "ended_at": None}]
    assert rides[2] == [("open", "14:00"), ("outage", "15:00"), ("open", "15:30")]
    assert rides[3] == [("open", "14:00"), ("ongoing", "17:30")]
    assert rides[4] == [("late_opening", "14:00"), ("open", "14:30")]
    assert rides[5] == [("did_not_operate", "14:00")]
    assert api_world.SHOW not in rides


def test_a_day_as_stretches_has_its_figures(drawn: FlaskClient) -> None:
    day = data(drawn, "/api/parks/6/timeline")
    rides = by_id(day["rides"])
    names = ("operated", "uptime_minutes", "downtime_minutes", "ongoing_minutes", "outage_count")
    assert [rides[2][name] for name in names] == [True, 200.0, 30.0, 0.0, 1]
    assert [rides[3][name] for name in names] == [True, 210.0, 0.0, 20.0, 0]
    assert [rides[5][name] for name in names] == [False, 0.0, 0.0, 0.0, 0]
    assert (rides[2]["longest_outage_minutes"], rides[2]["uptime_percentage"]) == (30.0, 86.96)
    figures = day["figures"]
    assert (figures["downtime_minutes"], figures["ongoing_minutes"]) == (40.0, 20.0)
    assert (figures["outage_count"], figures["rides_with_downtime"], figures["park_stop_minutes"]) == (
        2,
        2,
        0.0,
    )


def test_a_day_as_stretches_says_what_the_ranking_says(drawn: FlaskClient) -> None:
    day = by_id(data(drawn, "/api/parks/6/timeline")["rides"])
    for row in data(drawn, "/api/rides/downtime?park_id=6"):
        ride = day[row["ride_id"]]
        for name in ("uptime_percentage", "ongoing_minutes", "outage_count", "coverage_percentage"):
            assert ride[name] == row[name]


def test_a_park_is_watched_since_its_first_reading(drawn: FlaskClient) -> None:
    assert data(drawn, "/api/parks/6/details")["tracking_since"] == "2026-07-01T14:00:00Z"


def test_trends_say_how_many_could_be_compared(drawn: FlaskClient) -> None:
    answer = drawn.get("/api/trends?category=parks-improving&period=today").get_json()
    assert (answer["compared_count"], answer["data"]) == (0, [])


def test_one_ride_with_an_outage(drawn: FlaskClient) -> None:
    ride = data(drawn, "/api/rides/2/details")
    assert ride["outages"] == [
        {
            "outage_id": "2-1782918000",
            "started_at": "2026-07-01T15:00:00Z",
            "ended_at": "2026-07-01T15:30:00Z",
            "minutes": 30.0,
            "park_wide": False,
            "ongoing": False,
            "is_incident": True,
        }
    ]
    figures = ride["statistics"]
    assert (figures["outage_count"], figures["median_outage_minutes"]) == (1, None)  # too few to say
    assert (ride["tier_label"], ride["tier_reason"]) == ("Tier 1 (Major)", "Ride 2 is drawn so")


def test_one_ride_that_is_down(drawn: FlaskClient) -> None:
    ride = data(drawn, "/api/rides/3/details")
    assert (ride["current_status"], ride["down_since"]) == ("Down", "2026-07-01T17:30:00Z")
    [outage] = ride["outages"]
    assert (outage["ended_at"], outage["ongoing"], outage["minutes"]) == (None, True, 20.0)
    assert data(drawn, f"/api/outages/{outage['outage_id']}")["started_at"] == outage["started_at"]
    assert [row["outage_id"] for row in data(drawn, "/api/now")] == [outage["outage_id"]]
    assert ride["statistics"]["downtime_hours"] == 0.0


def test_ninety_days_of_a_ride(drawn: FlaskClient) -> None:
    days = data(drawn, "/api/rides/2/details")["days"]
    assert (len(days), days[0]["date"], days[-1]["date"]) == (90, "2026-04-03", "2026-07-01")
    assert (days[-1]["operated"], days[-1]["downtime_minutes"]) == (True, 30.0)
    assert data(drawn, "/api/rides/3/details")["days"][-1]["ongoing_minutes"] == 20.0
    assert (days[-2]["operated"], days[-2]["park_operated"], days[-2]["uptime_minutes"]) == (None, None, None)


def test_a_park_has_the_same_total_wherever_it_is_asked_for(drawn: FlaskClient) -> None:
    for period in ("today", "7days", "30days"):
        ranked = by_id(data(drawn, f"/api/parks/downtime?period={period}"), "park_id")[6]
        details = data(drawn, f"/api/parks/6/details?period={period}")
        rides = data(drawn, f"/api/rides/downtime?period={period}&park_id=6")
        total = ranked["total_downtime_hours"]
        assert details["statistics"]["total_downtime_hours"] == total
        assert sum(row["downtime_hours"] for row in rides) == pytest.approx(total, abs=0.02)
        assert sum(row["downtime_hours"] or 0 for row in details["rides"]) == pytest.approx(total, abs=0.02)


def test_everything_tracked_is_listed(drawn: FlaskClient) -> None:
    assert by_id(data(drawn, "/api/parks"), "park_id")[6]["is_disney_universal"] is True
    rides = by_id(data(drawn, "/api/rides?park_id=6"))
    assert rides[api_world.SHOW]["category"] == "show"
    assert len(rides) == 7


def test_sorting_goes_over_all_rows(drawn: FlaskClient) -> None:
    answer = drawn.get("/api/rides/downtime?sort=ride_name&order=desc&limit=1&offset=1").get_json()
    assert [row["ride_name"] for row in answer["data"]] == ["Ride 5"]
    assert answer["total_count"] == 10
