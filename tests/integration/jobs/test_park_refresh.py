"""How often the list of parks is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cycles import NOON
from sqlalchemy import Engine, delete

from park_downtime.database.engine import reading, writing
from park_downtime.database.tables import parks
from park_downtime.feed.client import FeedClient, ParkListAnswer
from park_downtime.feed.errors import FeedUnavailable
from park_downtime.jobs.park_refresh import refresh_parks
from park_downtime.jobs.parks_in_step import tracked_parks
from park_downtime.model import FeedPark
from park_downtime.settings import Settings, load

KINGDOM = FeedPark(
    6, "Magic Kingdom", "United States", "North America", 28.4, -81.6, "America/New_York", 2, "Disney"
)
PARIS = FeedPark(4, "Parc Disneyland", "France", "Europe", 48.9, 2.8, "Europe/Paris", 2, "Disney")


class Asked(FeedClient):
    """Remembers with which ETag it was asked; answers 304 to the one it gives."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1")
        self.etags: list[str | None] = []
        self.is_away = False

    def park_list(self, etag: str | None = None, deadline: float | None = None) -> ParkListAnswer:
        self.etags.append(etag)
        if self.is_away:
            raise FeedUnavailable("timed out")
        return ParkListAnswer(None if etag == "first" else (KINGDOM, PARIS), "first")


@pytest.fixture
def client() -> Iterator[Asked]:
    client = Asked()
    yield client
    client.close()


def settings(tmp_path: Path, **values: str) -> Settings:
    return load({"SPOOL_DIR": str(tmp_path / "spool"), **values})


def test_the_list_is_asked_for_daily_and_only_if_it_changed(
    sqlite_engine: Engine, client: Asked, tmp_path: Path
) -> None:
    for hours in (0, 1, 23, 24, 25):
        assert refresh_parks(sqlite_engine, client, settings(tmp_path), NOON + timedelta(hours=hours)) is None
    assert client.etags == [None, "first"]


def test_what_is_tracked_changes_with_the_settings_at_once(
    sqlite_engine: Engine, client: Asked, tmp_path: Path
) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    refresh_parks(sqlite_engine, client, settings(tmp_path, TRACKED_PARKS="4"), NOON)
    with reading(sqlite_engine) as connection:
        assert [park.park_id for park in tracked_parks(connection)] == [4]


def test_an_empty_database_is_filled_whatever_was_remembered(
    sqlite_engine: Engine, client: Asked, tmp_path: Path
) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    with writing(sqlite_engine) as connection:
        connection.execute(delete(parks))
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert client.etags == [None, None]


def test_a_refresh_that_failed_is_tried_again(sqlite_engine: Engine, client: Asked, tmp_path: Path) -> None:
    client.is_away = True
    problem = refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert problem == "the list of parks could not be had: timed out"
    client.is_away = False
    assert refresh_parks(sqlite_engine, client, settings(tmp_path), NOON) is None


def test_a_torn_memory_costs_one_request(sqlite_engine: Engine, client: Asked, tmp_path: Path) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    (tmp_path / "spool" / "parks-refresh.json").write_text("{")
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert client.etags == [None, None]
