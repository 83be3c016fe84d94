"""Rankings say how sure a rank is, where nights have worked it out, and nothing where they have not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api.app import create_app
from park_downtime.jobs.aggregate import aggregate_due

NIGHT = datetime(2026, 7, 2, 5, 10, tzinfo=UTC)  # 00:10 in Chicago, the last zone
BOUNDS = tuple[int | None, int | None, int | None]


@pytest.fixture
def after_a_night(filled: Engine, make_app: MakeApp) -> FlaskClient:
    aggregate_due(filled, NIGHT)
    return make_app(filled, now=NIGHT).test_client()


def ranks(client: FlaskClient, url: str, name: str = "ride_id") -> dict[int, BOUNDS]:
    """Rank, low and high by id."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.get_json()["data"]
    return {row[name]: (row["rank"], row["rank_low"], row["rank_high"]) for row in rows}


@pytest.mark.parametrize("period", ["7days", "30days"])
def test_of_parks(after_a_night: FlaskClient, period: str) -> None:
    found = ranks(after_a_night, f"/api/parks/downtime?period={period}", "park_id")
    assert found == {50: (1, 1, 1), 6: (2, 2, 2)}


def test_of_rides_with_one_rank_for_equals_and_none_for_what_did_not_run(after_a_night: FlaskClient) -> None:
    found = ranks(after_a_night, "/api/rides/downtime?period=7days")
    assert (found[12], found[2], found[6]) == ((1, 1, 1), (2, 2, 2), (3, 3, 3))
    assert {found[ride_id] for ride_id in (1, 3, 4, 11, 13, 14)} == {(4, 4, 4)}
    assert found[5] == (None, None, None)


@pytest.mark.parametrize(
    "asked",
    [
        "/api/parks/downtime?period=today",
        "/api/parks/downtime?period=7days&weighted=true",
        "/api/parks/downtime?period=7days&park_wide=exclude",
        "/api/parks/downtime?period=7days&filter=disney-universal",
        "/api/rides/downtime?period=7days&park_id=50",
        "/api/rides/downtime?period=7days&park_wide=exclude",
        "/api/rides/downtime?period=7days&filter=disney-universal",
    ],
)
def test_of_any_other_ranking_nothing_is_known(after_a_night: FlaskClient, asked: str) -> None:
    found = ranks(after_a_night, asked, "park_id" if "parks" in asked else "ride_id")
    assert any(rank is not None for rank, _, _ in found.values())
    assert {(low, high) for _, low, high in found.values()} == {(None, None)}


def test_rows_are_sorted_by_it_over_all_pages(after_a_night: FlaskClient) -> None:
    found = ranks(after_a_night, "/api/rides/downtime?period=7days&sort=rank_high&order=desc&limit=1")
    assert [high for _, _, high in found.values()] == [4]


def test_it_stands_in_the_file(after_a_night: FlaskClient) -> None:
    header, first, *_ = after_a_night.get("/api/rides/downtime?period=7days&format=csv").text.splitlines()
    row = dict(zip(header.split(","), first.split(","), strict=True))
    assert (row["rank"], row["rank_low"], row["rank_high"]) == ("1", "1", "1")


def test_before_the_first_night_nothing_is_known(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled).test_client()
    assert ranks(client, "/api/parks/downtime?period=7days", "park_id") == {
        50: (1, None, None),
        6: (2, None, None),
    }


def test_a_night_makes_answers_new(filled: Engine, make_app: MakeApp) -> None:
    aggregate_due(filled, NIGHT - timedelta(hours=1))  # closed in New York alone
    client = make_app(filled, now=NIGHT).test_client()
    before = client.get("/api/parks/downtime?period=7days").headers["ETag"]
    aggregate_due(filled, NIGHT)
    client = make_app(filled, now=NIGHT).test_client()
    assert client.get("/api/parks/downtime?period=7days").headers["ETag"] != before


@pytest.mark.parametrize(
    ("at", "expected"), [(NIGHT - timedelta(minutes=1), (1, None, None)), (NIGHT, (1, 1, 1))]
)
def test_an_earlier_moment_knows_what_was_worked_out_by_then(
    filled: Engine, tmp_path: Path, at: datetime, expected: BOUNDS
) -> None:
    aggregate_due(filled, NIGHT)
    client = create_app(api_world.settings_for(tmp_path), filled, as_of=at).test_client()
    assert ranks(client, "/api/parks/downtime?period=7days", "park_id")[50] == expected
