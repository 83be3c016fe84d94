"""The filter `disney-universal` after the feed named parks that our reference does not know."""

from __future__ import annotations

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.classification.park_facts import park_facts
from park_downtime.collection.sync_parks import sync_parks
from park_downtime.config.settings import load
from park_downtime.database.engine import writing
from park_downtime.model import FeedPark


def park(park_id: int, name: str, group_id: int, group_name: str) -> FeedPark:
    return FeedPark(
        park_id, name, "United States", "North America", 33.1, -96.8, "America/Chicago", group_id, group_name
    )


FEED = (
    park(334, "Epic Universe", 15, "Other parks"),
    park(340, "Frisco", 97, "Universal Kids Resort"),
    park(341, "A new park by the sea", 98, "Disneyland Resort"),
    park(342, "The Universe of Steam", 99, "Universe of Steam"),
    park(36, "Six Flags St. Louis", 14, "Six Flags Entertainment Corporation"),
)


@pytest.fixture
def client(engine: Engine, make_app: MakeApp) -> FlaskClient:
    with writing(engine) as connection:
        sync_parks(connection, FEED, park_facts(), load({"DATABASE_URL": "sqlite://"}), api_world.START)
    return make_app(engine).test_client()


def test_a_new_group_is_in_the_filter_by_its_name_and_a_known_park_by_its_operator(
    client: FlaskClient,
) -> None:
    answer = client.get("/api/parks/downtime?filter=disney-universal").get_json()
    assert sorted(row["park_id"] for row in answer["data"]) == [334, 340, 341]
    assert answer["aggregate_stats"]["total_parks_tracked"] == 3


def test_the_list_of_parks_says_the_same(client: FlaskClient) -> None:
    rows = client.get("/api/parks").get_json()["data"]
    assert {row["park_id"] for row in rows if row["is_disney_universal"]} == {334, 340, 341}
    assert {row["park_id"]: row["operator"] for row in rows}[36] == "Enchanted Parks"
