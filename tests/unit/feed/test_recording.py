"""Reading recordings: what is accepted, what is dropped, what is named as wrong."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from park_downtime.feed.recording import RecordedRow, Recording, RecordingUnreadable

HEADER = "recorded_at,park_id,land,ride_id,ride_name,is_open,wait_time,last_updated\n"
NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


def recorded(folder: Path, *lines: str, header: str = HEADER, name: str = "park.csv") -> Recording:
    path = folder / name
    path.write_text(header + "".join(line + "\n" for line in lines), encoding="utf-8")
    return Recording([path])


def one_row(folder: Path, line: str, header: str = HEADER) -> RecordedRow:
    (cycle,) = recorded(folder, line, header=header)
    ((row,),) = cycle.parks.values()
    return row


def wrong(folder: Path, *lines: str, header: str = HEADER) -> str:
    with pytest.raises(RecordingUnreadable) as caught:
        list(recorded(folder, *lines, header=header))
    return str(caught.value).removeprefix(str(folder / "park.csv"))


def test_a_row_is_read(tmp_path: Path) -> None:
    assert one_row(tmp_path, "2026-05-03T12:00:00Z,6,Fantasyland,9,Dumbo,true,15,2026-05-03T11:57:00Z") == (
        RecordedRow(NOON, 6, "Fantasyland", 9, "Dumbo", True, 15, datetime(2026, 5, 3, 11, 57, tzinfo=UTC))
    )


def test_empty_cells_were_not_recorded(tmp_path: Path) -> None:
    assert one_row(tmp_path, "2026-05-03T12:00:00Z,6,,9,,,,") == RecordedRow(
        NOON, 6, None, 9, None, None, None, None
    )


def test_names_are_kept_as_they_are(tmp_path: Path) -> None:
    row = one_row(tmp_path, '2026-05-03T12:00:00Z,6,,9,"Pirates\u200b of é™, the 🎢 ",true,5,')
    assert row.ride_name == "Pirates\u200b of é™, the 🎢 "


def test_times_with_an_offset_become_utc(tmp_path: Path) -> None:
    assert one_row(tmp_path, "2026-05-03 14:00:00.7+02:00,6,,9,Dumbo,true,5,").recorded_at == NOON


def test_times_without_an_offset_are_utc(tmp_path: Path) -> None:
    assert one_row(tmp_path, "2026-05-03 12:00:00,6,,9,Dumbo,true,5,").recorded_at == NOON


def test_whole_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    assert one_row(tmp_path, "2026-05-03T12:00:00Z,6,,9.0,Dumbo,True,15.0,").wait_minutes == 15


def test_further_columns_are_ignored(tmp_path: Path) -> None:
    header = "status," + HEADER
    assert one_row(tmp_path, "DOWN,2026-05-03T12:00:00Z,6,,9,Dumbo,true,5,", header).ride_id == 9


def test_rows_without_a_ride_id_are_dropped_and_counted(tmp_path: Path) -> None:
    recording = recorded(
        tmp_path, "2026-05-03T12:00:00Z,6,,,Dumbo,true,5,", "2026-05-03T12:00:00Z,6,,9,Dumbo,true,5,"
    )
    assert [len(cycle.parks[6]) for cycle in recording] == [1]
    assert recording.rows_without_id == 1


def test_equal_times_are_one_cycle_with_several_parks(tmp_path: Path) -> None:
    lines = ("2026-05-03T12:00:00Z,6,,9,Dumbo,true,5,", "2026-05-03T12:10:00Z,6,,9,Dumbo,true,5,")
    recorded(tmp_path, *lines, name="one.csv")
    with gzip.open(tmp_path / "two.csv.gz", "wt", encoding="utf-8") as file:
        file.write(HEADER + "2026-05-03T12:00:00Z,7,,8,Star Tours,true,5,\n")
    cycles = list(Recording([tmp_path / "one.csv", tmp_path / "two.csv.gz"]))
    assert [sorted(cycle.parks) for cycle in cycles] == [[6, 7], [6]]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("yesterday,6,,9,Dumbo,true,5,", ", line 2: recorded_at is no time: 'yesterday'"),
        ("2026-05-03T12:00:00Z,six,,9,Dumbo,true,5,", ", line 2: park_id is no whole number: 'six'"),
        ("2026-05-03T12:00:00Z,6,,9,Dumbo,true,5.5,", ", line 2: wait_time is no whole number: '5.5'"),
        ("2026-05-03T12:00:00Z,6,,9,Dumbo,true,inf,", ", line 2: wait_time is no whole number: 'inf'"),
        ("2026-05-03T12:00:00Z,6,,9,Dumbo,maybe,5,", ", line 2: is_open is neither true nor false: 'maybe'"),
        ("2026-05-03T12:00:00Z,6,,9,Dumbo,true,5,soon", ", line 2: last_updated is no time: 'soon'"),
        ("2026-05-03T12:00:00Z,6,,9", ", line 2: has 4 cells, the header 8"),
    ],
)
def test_what_cannot_be_read_is_named_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    assert wrong(tmp_path, line) == message


def test_missing_columns_are_named(tmp_path: Path) -> None:
    assert wrong(tmp_path, header="recorded_at,park_id,ride_id\n").startswith(
        ", line 1: lacks the columns land, ride_name, is_open"
    )


def test_a_file_whose_time_goes_back_is_refused(tmp_path: Path) -> None:
    lines = ("2026-05-03T12:10:00Z,6,,9,Dumbo,true,5,", "2026-05-03T12:00:00Z,6,,9,Dumbo,true,5,")
    assert wrong(tmp_path, *lines) == ", line 3: recorded_at goes back: sort the file by it"


def test_a_torn_gz_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "park.csv.gz"
    whole = gzip.compress((HEADER + "2026-05-03T12:00:00Z,6,,9,Dumbo,true,5,\n" * 50).encode())
    path.write_bytes(whole[:-20])
    with pytest.raises(RecordingUnreadable, match=r"park\.csv\.gz: Compressed file ended"):
        list(Recording([path]))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingUnreadable, match=r"nowhere\.csv: No such file"):
        list(Recording([tmp_path / "nowhere.csv"]))
