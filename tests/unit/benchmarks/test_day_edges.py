"""What is judged of a park, beside what was trouble."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.day_edges import (
    DayEdges,
    Difference,
    Said,
    compare,
    differences,
    read_rides,
    said_of,
)
from benchmarks.accuracy.hindsight import Trouble
from drawing import DAY, HOUR, clock
from looks import seen

ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR
BROKEN = "X" * 9 * HOUR + "o" * 18 + "XXX" + "o" * 51 + "X" * 3 * HOUR


def said() -> Said:
    return said_of(seen(ALL_DAY, ALL_DAY, ALL_DAY, BROKEN).own)


def test_outages_are_read_from_what_is_judged() -> None:
    assert said().by_ride[4] == {
        Trouble.OUTAGE: [(clock("12:00"), clock("12:30"))],
        Trouble.LATE_START: [],
        Trouble.DID_NOT_REOPEN: [],
    }


def test_the_park_ran_while_its_sessions_did() -> None:
    assert said().running == [(clock("09:00"), clock("21:00"))]


def test_a_difference_is_what_nothing_else_covers() -> None:
    (found,) = differences(
        Trouble.LATE_START, 4, [(clock("09:00"), clock("10:00"))], [(clock("09:20"), clock("10:00"))]
    )
    assert found == Difference(Trouble.LATE_START, 4, clock("09:00"), clock("10:00"), 20 * 60)


def test_what_is_covered_whole_is_no_difference() -> None:
    one = (clock("09:00"), clock("10:00"))
    assert differences(Trouble.LATE_START, 4, [one], [one]) == []


def test_a_true_late_start_that_is_not_said_is_missed() -> None:
    late = (clock("09:00"), clock("10:00"))
    truth = {DAY: {Trouble.OUTAGE: [], Trouble.LATE_START: [late], Trouble.DID_NOT_REOPEN: []}}
    found = DayEdges({4: "Coaster"})
    compare(found, 4, truth, said())
    assert found.missed == [Difference(Trouble.LATE_START, 4, *late, 3600)]
    assert found.invented == []


def test_a_posted_wait_says_that_a_ride_is_open(tmp_path: Path) -> None:
    file = tmp_path / "park_8.csv"
    file.write_text(
        "recorded_at,park_id,land,ride_id,ride_name,is_open,wait_time,last_updated\n"
        "2026-07-01T13:00:00Z,8,,110,Coaster,false,20,\n"
        "2026-07-01T13:10:00Z,8,,110,Coaster,false,0,\n"
        "2026-07-01T13:20:00Z,8,,110,Coaster,,,\n",
        encoding="utf-8",
    )
    names, readings = read_rides(file)
    assert names == {110: "Coaster"}
    assert readings == {110: [(clock("9:00"), True), (clock("9:10"), False)]}
