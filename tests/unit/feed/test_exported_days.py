"""Files of another source together: which days of which attraction, under which name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from park_downtime.feed.daily_export import Minutes
from park_downtime.feed.exported_days import TheirExport, read_export

HEADER = (
    "parkId,parkName,entityId,entityName,entityType,date,operatingMinutes,downMinutes,unknownMinutes,"
    "inParkHoursOperatingMinutes,inParkHoursDownMinutes,inParkHoursUnknownMinutes\n"
)


def export(folder: Path, *files: str, is_whole_day: bool = False) -> TheirExport:
    paths = [folder / f"{place}.csv" for place in range(len(files))]
    for path, text in zip(paths, files, strict=True):
        path.write_text(HEADER + text, encoding="utf-8")
    return read_export(paths, is_whole_day)


def test_files_are_put_together_by_park_and_entity(tmp_path: Path) -> None:
    read = export(
        tmp_path,
        "p1,Magic,e1,Dumbo,ATTRACTION,2026-07-01,500,40,0,,,\n",
        "p1,Magic,e1,Dumbo,ATTRACTION,2026-07-02,500,50,0,,,\n"
        "p2,Prairie,e1,Wheel,ATTRACTION,2026-07-01,500,60,0,,,\n",
    )
    assert read.parks["p1"].rides["e1"].days == {
        date(2026, 7, 1): Minutes(500, 40, 0),
        date(2026, 7, 2): Minutes(500, 50, 0),
    }
    assert (read.parks["p2"].name, read.parks["p2"].rides["e1"].name) == ("Prairie", "Wheel")


def test_the_name_is_that_of_the_newest_day(tmp_path: Path) -> None:
    read = export(
        tmp_path,
        "p1,Magic,e1,New,ATTRACTION,2026-07-02,500,40,0,,,\n"
        "p1,Magic,e1,Old,ATTRACTION,2026-07-01,500,40,0,,,\n",
    )
    assert read.parks["p1"].rides["e1"].name == "New"


def test_a_day_that_stands_twice_counts_once_as_written_last(tmp_path: Path) -> None:
    read = export(
        tmp_path,
        "p1,Magic,e1,Dumbo,ATTRACTION,2026-07-01,500,40,0,,,\n"
        "p1,Magic,e1,Dumbo,ATTRACTION,2026-07-01,500,45,0,,,\n",
    )
    assert read.parks["p1"].rides["e1"].days == {date(2026, 7, 1): Minutes(500, 45, 0)}
    assert (read.rows, read.repeated_days) == (2, 1)


BOTH = "p1,Magic,e1,Dumbo,ATTRACTION,2026-07-01,500,90,5,490,40,0\n"


def test_minutes_within_the_parks_hours_go_before_those_of_the_whole_day(tmp_path: Path) -> None:
    read = export(tmp_path, BOTH)
    assert read.parks["p1"].rides["e1"].days == {date(2026, 7, 1): Minutes(490, 40, 0)}
    assert read.days_in_park_hours == 1


def test_the_whole_day_can_be_asked_for(tmp_path: Path) -> None:
    read = export(tmp_path, BOTH, is_whole_day=True)
    assert read.parks["p1"].rides["e1"].days == {date(2026, 7, 1): Minutes(500, 90, 5)}
    assert read.days_in_park_hours == 0


def test_what_is_no_attraction_is_counted_and_left_out(tmp_path: Path) -> None:
    read = export(
        tmp_path,
        "p1,Magic,e1,Parade,SHOW,2026-07-01,500,40,0,,,\np1,Magic,e2,Inn,,2026-07-01,500,40,0,,,\n",
    )
    assert read.parks == {}
    assert read.other_entities == {"SHOW": 1, "no type": 1}
