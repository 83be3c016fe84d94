"""How often the list of parks is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cycles import NOON
from sqlalchemy import Engine, delete

from park_downtime.collection.park_list_state import NotTracked, read_state
from park_downtime.collection.refresh_park_list import accept_parks, refresh_parks
from park_downtime.collection.sync_parks import tracked_parks
from park_downtime.config.settings import Settings, load
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import all_parks
from park_downtime.database.tables import parks
from park_downtime.feed.client import QueueTimes
from park_downtime.feed.errors import FeedUnavailable
from park_downtime.feed.source import ParkListAnswer
from park_downtime.model import FeedPark, UnreadablePark

KINGDOM = FeedPark(
    6, "Magic Kingdom", "United States", "North America", 28.4, -81.6, "America/New_York", 2, "Disney"
)
PARIS = FeedPark(4, "Parc Disneyland", "France", "Europe", 48.9, 2.8, "Europe/Paris", 2, "Disney")


def parks_of_france(count: int) -> tuple[FeedPark, ...]:
    return tuple(replace(PARIS, park_id=1000 + number) for number in range(count))


class AskedClient(QueueTimes):
    """Remembers with which ETag it was asked; answers 304 to the one it gives with its first list."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1")
        self.etags: list[str | None] = []
        self.is_unavailable = False
        self.listed: tuple[FeedPark, ...] | None = None
        self.unreadable: tuple[UnreadablePark, ...] = ()

    def park_list(self, etag: str | None = None, deadline: float | None = None) -> ParkListAnswer:
        self.etags.append(etag)
        if self.is_unavailable:
            raise FeedUnavailable("timed out")
        if self.listed is not None:
            return ParkListAnswer(self.listed, "other", self.unreadable)
        return ParkListAnswer(None if etag == "first" else (KINGDOM, PARIS), "first")


@pytest.fixture
def client() -> Iterator[AskedClient]:
    client = AskedClient()
    yield client
    client.close()


def settings(tmp_path: Path, **values: str) -> Settings:
    return load({"SPOOL_DIR": str(tmp_path / "spool"), **values})


def test_the_list_is_asked_for_daily_and_only_if_it_changed(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    for hours in (0, 1, 23, 24, 25):
        assert refresh_parks(sqlite_engine, client, settings(tmp_path), NOON + timedelta(hours=hours)) is None
    assert client.etags == [None, "first"]


def test_what_is_tracked_changes_with_the_settings_at_once(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    refresh_parks(sqlite_engine, client, settings(tmp_path, TRACKED_PARKS="4"), NOON)
    with reading(sqlite_engine) as connection:
        assert [park.park_id for park in tracked_parks(connection)] == [4]


def test_an_empty_database_is_filled_whatever_was_remembered(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    with writing(sqlite_engine) as connection:
        connection.execute(delete(parks))
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert client.etags == [None, None]


def test_a_refresh_that_failed_is_tried_again(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    client.is_unavailable = True
    problem = refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert problem == "the list of parks could not be had: timed out"
    client.is_unavailable = False
    assert refresh_parks(sqlite_engine, client, settings(tmp_path), NOON) is None


def test_a_torn_memory_costs_one_request(sqlite_engine: Engine, client: AskedClient, tmp_path: Path) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    (tmp_path / "spool" / "parks-refresh.json").write_text("{")
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert client.etags == [None, None]


# A list that is doubted


def known(engine: Engine) -> set[int]:
    with reading(engine) as connection:
        return {park_id for park_id, row in all_parks(connection).items() if row.removed_at is None}


def tracked(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        return [park.park_id for park in tracked_parks(connection)]


def grown(engine: Engine, client: AskedClient, settings: Settings) -> str | None:
    """Two parks are known; a day later the list names five."""
    refresh_parks(engine, client, settings, NOON)
    client.listed = (KINGDOM, PARIS, *parks_of_france(3))
    return refresh_parks(engine, client, settings, NOON + timedelta(days=1))


def test_a_list_that_grew_by_more_than_half_is_not_taken_over(
    engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    assert grown(engine, client, settings(tmp_path)) == (
        "the list of parks could not be had: the list names 3 new parks beside the 2 known so far"
    )
    assert known(engine) == {4, 6}


def test_the_same_list_a_day_later_is_believed(engine: Engine, client: AskedClient, tmp_path: Path) -> None:
    grown(engine, client, settings(tmp_path))
    later = NOON + timedelta(days=1, hours=23)
    assert refresh_parks(engine, client, settings(tmp_path), later) is not None
    assert refresh_parks(engine, client, settings(tmp_path), NOON + timedelta(days=2)) is None
    assert known(engine) == {4, 6, 1000, 1001, 1002}


def test_another_list_a_day_later_is_doubted_anew(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    grown(sqlite_engine, client, settings(tmp_path))
    client.listed = (KINGDOM, PARIS, *parks_of_france(4))
    for days in (2, 2.9):
        at = NOON + timedelta(days=days)
        assert refresh_parks(sqlite_engine, client, settings(tmp_path), at) is not None
    assert known(sqlite_engine) == {4, 6}


def test_a_doubted_list_is_asked_for_every_hour_and_told_every_cycle(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    problem = grown(sqlite_engine, client, settings(tmp_path))
    for minutes in (10, 50, 60):
        at = NOON + timedelta(days=1, minutes=minutes)
        assert refresh_parks(sqlite_engine, client, settings(tmp_path), at) == problem
    assert len(client.etags) == 3


def test_the_true_list_ends_the_doubt(sqlite_engine: Engine, client: AskedClient, tmp_path: Path) -> None:
    grown(sqlite_engine, client, settings(tmp_path))
    client.listed = None
    at = NOON + timedelta(days=1, hours=1)
    assert refresh_parks(sqlite_engine, client, settings(tmp_path), at) is None
    state = read_state(tmp_path / "spool")
    assert (state.problem, state.doubted) == (None, None)


def test_a_person_may_accept_the_list_at_once(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    grown(sqlite_engine, client, settings(tmp_path))
    assert accept_parks(sqlite_engine, client, settings(tmp_path), NOON + timedelta(days=1)) is None
    assert known(sqlite_engine) == {4, 6, 1000, 1001, 1002}


def test_the_first_list_may_name_500_parks_and_no_more(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    client.listed = parks_of_france(501)
    problem = refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert problem == "the list of parks could not be had: the list names 501 parks, more than 500"
    client.listed = parks_of_france(500)
    assert refresh_parks(sqlite_engine, client, settings(tmp_path), NOON) is None


def test_filters_hold_although_the_list_is_refused(
    engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    grown(engine, client, settings(tmp_path))
    only_paris = settings(tmp_path, TRACKED_PARKS="4")
    refresh_parks(engine, client, only_paris, NOON + timedelta(days=1))
    assert tracked(engine) == [4]


def test_filters_hold_although_the_feed_is_away(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    client.is_unavailable = True
    refresh_parks(sqlite_engine, client, settings(tmp_path, TRACKED_COUNTRIES="Canada"), NOON)
    assert tracked(sqlite_engine) == []


def test_parks_in_scope_that_are_left_out_are_named_with_the_reason(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    client.listed = (KINGDOM, PARIS)
    client.unreadable = (
        UnreadablePark(339, "No Zone", "North America", "United States", "timezone: Field required"),
        UnreadablePark(340, "Elsewhere", "Europe", "France", "timezone: Field required"),
    )
    refresh_parks(sqlite_engine, client, settings(tmp_path), NOON)
    assert read_state(tmp_path / "spool").not_tracked == (
        NotTracked(339, "No Zone", "timezone: Field required"),
    )


def test_a_park_that_is_asked_for_by_id_and_not_listed_is_named(
    sqlite_engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    refresh_parks(sqlite_engine, client, settings(tmp_path, TRACKED_PARKS="6,77"), NOON)
    (left_out,) = read_state(tmp_path / "spool").not_tracked
    assert (left_out.park_id, left_out.name) == (77, None)


def test_a_known_park_whose_entry_became_unreadable_stays_tracked(
    engine: Engine, client: AskedClient, tmp_path: Path
) -> None:
    refresh_parks(engine, client, settings(tmp_path), NOON)
    client.listed = (PARIS,)
    client.unreadable = (UnreadablePark(6, "Magic Kingdom", "North America", None, "timezone: odd"),)
    assert refresh_parks(engine, client, settings(tmp_path), NOON + timedelta(days=1)) is None
    assert tracked(engine) == [6]
    assert read_state(tmp_path / "spool").not_tracked == ()
