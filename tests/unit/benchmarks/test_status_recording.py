"""A recording that knows each ride's status, as the feed would have said it and as the truth."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from benchmarks.accuracy.status_recording import (
    INVENTED_IDS_FROM,
    StatusRow,
    ids_of,
    stated,
    write_recording,
)
from drawing import clock

from park_downtime.feed.recording import Recording

INTERVAL = 16 * 60


def said(*statuses: tuple[str, str]) -> list[StatusRow]:
    return [StatusRow(clock(at), 5, "Spaceship Earth", status) for at, status in statuses]


def test_a_status_holds_until_the_next_reading() -> None:
    found = stated(said(("12:00", "DOWN"), ("12:20", "OPERATING"), ("12:36", "OPERATING")), INTERVAL)
    assert [(each.status, each.start, each.end) for each in found] == [
        ("DOWN", clock("12:00"), clock("12:20")),
        ("OPERATING", clock("12:20"), clock("12:52")),
    ]


def test_a_status_before_a_gap_holds_for_one_interval() -> None:
    first, _ = stated(said(("12:00", "DOWN"), ("12:41", "OPERATING")), INTERVAL)
    assert first.end - first.start == timedelta(minutes=16)


def test_readings_of_a_stretch_are_counted_where_they_were_made() -> None:
    (only,) = stated(said(("12:00", "DOWN"), ("12:16", "DOWN"), ("12:32", "DOWN")), INTERVAL)
    assert only.readings_in(clock("12:16"), clock("12:32")) == 1


def test_names_are_known_whatever_their_marks_and_the_others_get_ids_of_our_own() -> None:
    rows = [StatusRow(clock("12:00"), 7, name, "OPERATING") for name in ("Tower of Terror™", "Zzz", "Aaa")]
    assert ids_of(rows, {(7, "towerofterror"): 123}) == {
        (7, "Tower of Terror™"): 123,
        (7, "Aaa"): INVENTED_IDS_FROM,
        (7, "Zzz"): INVENTED_IDS_FROM + 1,
    }


def test_only_operating_is_open_in_the_feed_that_it_becomes(tmp_path: Path) -> None:
    rows = said(("12:00", "OPERATING"), ("12:16", "DOWN"), ("12:32", "CLOSED"), ("12:48", "REFURBISHMENT"))
    write_recording(rows, {(5, "Spaceship Earth"): 159}, tmp_path / "feed.csv")
    recorded = [row for cycle in Recording([tmp_path / "feed.csv"]) for row in cycle.parks[5]]
    assert [row.is_open for row in recorded] == [True, False, False, False]
    assert {(row.ride_id, row.last_updated) for row in recorded} == {(159, None)}
