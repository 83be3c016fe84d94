"""Rankings in the order of each of their fields: all rows, the known ones in order, the unknown ones last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api import spec
from park_downtime.jobs.aggregate import aggregate_due

NIGHT = datetime(2026, 7, 2, 5, 10, tzinfo=UTC)
TABLES = {
    "/api/parks/downtime?period=7days": ("parksDowntime", "park_id"),
    "/api/rides/downtime?period=7days": ("ridesDowntime", "ride_id"),
    "/api/rides/downtime?period=today&park_wide=exclude": ("ridesDowntime", "ride_id"),
    "/api/rides/waittimes?mode=live": ("waitTimes", "ride_id"),
    "/api/rides/waittimes?mode=peak": ("waitTimes", "ride_id"),
    "/api/rides": ("rides", "ride_id"),
    "/api/parks": ("parks", "park_id"),
}
STATUSES = ["Down", "Running", "Closed", "Unknown"]


@pytest.fixture
def client(engine: Engine, make_app: MakeApp) -> FlaskClient:
    api_world.fill(engine)
    aggregate_due(engine, NIGHT)
    return make_app(engine, now=NIGHT).test_client()


def rows(client: FlaskClient, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["data"]
    return found


def comparable(value: Any) -> Any:
    if value in STATUSES:
        return STATUSES.index(value)
    return value.casefold() if isinstance(value, str) else value


def test_by_every_field(client: FlaskClient) -> None:
    for url, (operation, key) in TABLES.items():
        every = rows(client, url)
        by_key = {row[key]: row for row in every}
        assert len(by_key) > 1
        joined = f"{url}{'&' if '?' in url else '?'}"
        for field in spec.operations()[operation].of("query")["sort"].allowed:
            for order in ("asc", "desc"):
                found = rows(client, f"{joined}sort={field}&order={order}")
                assert {row[key]: row for row in found} == by_key, (url, field, order)
                known = [comparable(row[field]) for row in found if row[field] is not None]
                assert known == sorted(known, reverse=order == "desc"), (url, field, order)
                assert all(row[field] is None for row in found[len(known) :]), (url, field, order)


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_the_first_page_has_the_ranks_of_all(client: FlaskClient, limit: int) -> None:
    url = "/api/rides/downtime?period=7days"
    every = rows(client, url)
    assert len(every) > limit
    assert rows(client, f"{url}&limit={limit}") == every[:limit]
    assert rows(client, f"{url}&limit={limit}&offset=1") == every[1 : limit + 1]


def test_a_page_is_cut_from_the_order_of_all(client: FlaskClient) -> None:
    url = "/api/rides/downtime?period=7days&sort=ride_name&order=desc"
    every = rows(client, url)
    assert rows(client, f"{url}&limit=3&offset=2") == every[2:5]
