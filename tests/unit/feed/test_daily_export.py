"""Daily minutes of another source, in the two forms in which `themeparks-backfill` 4.1.0 writes them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from park_downtime.feed.daily_export import ExportedDay, ExportUnreadable, Minutes, read_days

# Written with the command's own writer; the values are invented.
CSV = (
    "\ufeffparkId,parkName,entityId,entityName,entityType,date,firstOperatingAt,lastClosedAt,operatingMinutes,"
    "downMinutes,unknownMinutes,standbyMin,standbyP50,standbyMean,standbyP90,standbyMax,singleRiderMin,"
    "singleRiderP50,singleRiderMean,singleRiderP90,singleRiderMax,extremeWaitsStandby,extremeWaitsSingleRider,"
    "showCount,inParkHoursScheduledMinutes,inParkHoursOperatingMinutes,inParkHoursDownMinutes,"
    "inParkHoursUnknownMinutes,inParkHoursStandbyMin,inParkHoursStandbyP50,inParkHoursStandbyMean,"
    "inParkHoursStandbyP90,inParkHoursStandbyMax,inParkHoursSingleRiderMin,inParkHoursSingleRiderP50,"
    "inParkHoursSingleRiderMean,inParkHoursSingleRiderP90,inParkHoursSingleRiderMax,"
    "inParkHoursExtremeWaitsStandby,inParkHoursExtremeWaitsSingleRider,changes\n"
    "p1,Magic,e1,Ride 2,ATTRACTION,2026-07-01,2026-07-01T14:00:00Z,,205,35,4,1,2,3,4,5,,,,,,,,,300,200,30,2,"
    ",,,,,,,,,,,,9\n"
    'p1,Magic,e2,"\'=Ride, 3™",ATTRACTION,2026-07-01,,,205,35,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,9\n'
)
JSON_LINES = (
    '{"parkId": "p1", "parkName": "Magic", "entityId": "e1", "entityName": "Ride 2", '
    '"entityType": "ATTRACTION", "date": "2026-07-01", "firstOperatingAt": "2026-07-01T14:00:00Z", '
    '"lastClosedAt": null, "operatingMinutes": 205, "downMinutes": 35, "unknownMinutes": 4, '
    '"standby": {"min": 1, "p50": 2, "mean": 3, "p90": 4, "max": 5}, "singleRider": null, '
    '"extremeWaits": null, "showCount": null, "inParkHours": {"scheduledMinutes": 300, '
    '"operatingMinutes": 200, "downMinutes": 30, "unknownMinutes": 2, "standby": null, '
    '"singleRider": null, "extremeWaits": null}, "changes": 9}\n'
    '{"parkId": "p1", "parkName": "Magic", "entityId": "e2", "entityName": "=Ride, 3\\u2122", '
    '"entityType": "ATTRACTION", "date": "2026-07-01", "firstOperatingAt": null, "lastClosedAt": null, '
    '"operatingMinutes": 205, "downMinutes": 35, "unknownMinutes": null, "standby": null, '
    '"singleRider": null, "extremeWaits": null, "showCount": null, "inParkHours": null, "changes": 9}\n'
)
DAY = date(2026, 7, 1)
FIRST = ExportedDay(
    "p1", "Magic", "e1", "Ride 2", "ATTRACTION", DAY, Minutes(205, 35, 4), Minutes(200, 30, 2)
)
ROW = {
    "parkId": "p1",
    "parkName": "Magic",
    "entityId": "e1",
    "entityName": "Ride 2",
    "entityType": "ATTRACTION",
    "date": "2026-07-01",
    "operatingMinutes": 205,
    "downMinutes": 35,
    "unknownMinutes": 4,
}


def read(folder: Path, text: str) -> list[ExportedDay]:
    path = folder / "export"
    path.write_text(text, encoding="utf-8")
    return list(read_days(path))


def wrong(folder: Path, text: str) -> str:
    with pytest.raises(ExportUnreadable) as caught:
        read(folder, text)
    return str(caught.value).removeprefix(str(folder / "export"))


def line(**changed: Any) -> str:
    return json.dumps(ROW | changed) + "\n"


def in_csv(**changed: Any) -> str:
    row = ROW | changed
    return ",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n"


def test_csv_is_read_as_the_command_writes_it(tmp_path: Path) -> None:
    first, second = read(tmp_path, CSV)
    assert first == FIRST
    assert second.entity_name == "'=Ride, 3™"
    assert (second.whole_day, second.park_hours) == (Minutes(205, 35, None), None)


def test_json_lines_are_read_as_the_command_writes_them(tmp_path: Path) -> None:
    first, second = read(tmp_path, JSON_LINES)
    assert first == FIRST
    assert second.entity_name == "=Ride, 3™"
    assert (second.whole_day, second.park_hours) == (Minutes(205, 35, None), None)


def test_a_row_that_has_no_unknown_minutes_does_not_say_none(tmp_path: Path) -> None:
    (day,) = read(tmp_path, json.dumps({key: ROW[key] for key in ROW if key != "unknownMinutes"}))
    assert day.whole_day == Minutes(205, 35, None)


def test_only_the_columns_that_are_needed_must_be_there(tmp_path: Path) -> None:
    (day,) = read(tmp_path, in_csv(further="x"))
    assert day.whole_day == Minutes(205, 35, 4)


def test_whole_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    (day,) = read(tmp_path, line(downMinutes=35.0))
    assert day.whole_day.down == 35


def test_other_entities_are_told_apart(tmp_path: Path) -> None:
    show, ride = read(tmp_path, line(entityType="SHOW") + "\n" + line())
    assert (show.is_attraction, ride.is_attraction) == (False, True)


WRONG = {
    line() + '{"parkId": "p1", \n': ", line 2: no JSON: ",
    line() + "[1]\n": ", line 2: no JSON object",
    line() + "\n" + line(downMinutes="x"): ", line 3: downMinutes is no number of minutes: 'x'",
    line(downMinutes=-1): ", line 1: downMinutes is no number of minutes: -1",
    line(downMinutes=1.5): ", line 1: downMinutes is no number of minutes: 1.5",
    line(downMinutes=True): ", line 1: downMinutes is no number of minutes: True",
    line(downMinutes=None): ", line 1: operatingMinutes or downMinutes is empty",
    line(operatingMinutes=1400, downMinutes=101): ", line 1: 1400 + 101 + 4 minutes are more than a day",
    line(parkId=None): ", line 1: lacks parkId; is this what themeparks-backfill 4.1 or newer writes?",
    line(entityId=""): ", line 1: parkId or entityId is empty",
    line(parkName=5): ", line 1: parkName is no text: 5",
    line(date="1 July"): ", line 1: date is no day such as 2026-07-04: '1 July'",
    line(inParkHours=7): ", line 1: inParkHours is no object",
    line(inParkHours={"downMinutes": 1}): ", line 1: inParkHours has only some of operatingMinutes, downMin",
    in_csv(downMinutes="x"): ", line 2: downMinutes is no number of minutes: 'x'",
    in_csv() + "p1,Magic\n": ", line 3: has 2 cells, the header 9",
    in_csv() + 'p1,"Mag"ic\n': ", line 3: no CSV: ",
    "entityId,date,operatingMinutes,downMinutes\n": ", line 1: lacks the columns parkId, parkName, ",
    CSV.partition("\n")[0] + "\n": ": has no rows",
    "\n": ", line 1: lacks the columns ",
    "": ": has no rows",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items(), ids=WRONG.values())
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert wrong(tmp_path, text).startswith(said)


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "export").write_bytes(b"\x89PNG\xff")
    with pytest.raises(ExportUnreadable, match="is not UTF-8"):
        list(read_days(tmp_path / "export"))


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadable, match="gone: No such file"):
        list(read_days(tmp_path / "gone"))
