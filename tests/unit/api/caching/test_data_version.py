"""The data version: seen within a second, looked up beside the requests, stale in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from waiting import wait_until

from park_downtime.api.caching.data_version import Version, VersionWatch, data_version_of

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def version(number: int, as_of: datetime | None = NOON) -> Version:
    return Version(number, as_of, 600)


class Looking:
    """Says what the database would, and how often it was asked."""

    def __init__(self) -> None:
        self.found: Version | Exception = version(1)
        self.looks = 0
        self.seconds = 0.0

    def __call__(self, before: Version | None) -> Version:
        self.looks += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def watch(self) -> VersionWatch:
        return VersionWatch(self, lambda: self.seconds)


def test_a_fresh_version_is_not_looked_up_again() -> None:
    looking = Looking()
    watch = looking.watch()
    for _ in range(100):
        watch.current()
    assert looking.looks == 1


def test_within_half_a_second_and_one_the_old_version_is_used_while_another_looks() -> None:
    looking = Looking()
    watch = looking.watch()
    watch.current()
    looking.found, looking.seconds = version(2), 0.6
    assert watch.current().number == 1
    wait_until("the second version", lambda: watch.current().number, lambda number: number == 2)


def test_after_a_second_the_new_version_is_seen_at_once() -> None:
    looking = Looking()
    watch = looking.watch()
    watch.current()
    looking.found, looking.seconds = version(2), 1.0
    assert watch.current().number == 2


def test_a_database_that_went_away_leaves_the_last_version() -> None:
    looking = Looking()
    watch = looking.watch()
    watch.current()
    looking.found, looking.seconds = RuntimeError("away"), 5.0
    assert watch.current().number == 1


def test_a_database_that_never_answered_is_an_error() -> None:
    looking = Looking()
    looking.found = RuntimeError("away")
    with pytest.raises(RuntimeError, match="away"):
        looking.watch().current()


@pytest.mark.parametrize(("minutes", "is_stale"), [(0, False), (25, False), (26, True)])
def test_stale_after_two_and_a_half_intervals(minutes: int, is_stale: bool) -> None:
    assert data_version_of(version(1), NOON + timedelta(minutes=minutes)).is_stale is is_stale


def test_before_the_first_cycle_nothing_is_stale() -> None:
    assert not data_version_of(version(0, as_of=None), NOON).is_stale


def test_the_etag_changes_with_the_version_with_staleness_and_with_another_database() -> None:
    tags = {
        data_version_of(version(1), NOON).etag,
        data_version_of(version(2), NOON).etag,
        data_version_of(version(1), NOON + timedelta(hours=1)).etag,
        data_version_of(version(1, NOON - timedelta(days=1)), NOON - timedelta(days=1)).etag,
    }
    assert len(tags) == 4
