"""What must never be counted is found where it is."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.accuracy.suspects import Suspects, report_suspects
from benchmarks.accuracy.tables import Report
from drawing import HOUR, clock
from looks import seen

ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR
BROKEN = "X" * 9 * HOUR + "o" * 18 + "XXX" + "o" * 51 + "X" * 3 * HOUR


def looked_at(suspects: Suspects) -> Suspects:
    suspects.look_at(seen(ALL_DAY, ALL_DAY, ALL_DAY, BROKEN))
    return suspects


def test_an_honest_day_has_nothing_to_find() -> None:
    found = looked_at(Suspects())
    assert (found.in_gaps, found.at_night, found.of_single_riders, found.of_frozen) == (0, 0, 0, 0)
    assert found.longest_session == timedelta(hours=12)


def test_downtime_in_a_gap_is_found() -> None:
    assert looked_at(Suspects(gaps=[(clock("12:10"), clock("12:20"))])).in_gaps == 600


def test_an_outage_of_a_single_rider_line_is_found() -> None:
    assert looked_at(Suspects(single_riders={4})).of_single_riders == 1


def test_time_counted_of_a_frozen_entry_is_found() -> None:
    assert looked_at(Suspects(frozen={1: [clock("12:05")]})).of_frozen == 1


def test_the_report_names_the_park_in_which_a_check_failed() -> None:
    report = Report()
    report_suspects(report, {"Here": Suspects(in_gaps=60), "There": Suspects()})
    assert report.failed == 1
    assert report.lines[0] == "- FAILED: no downtime while nothing was heard of the park (Here)"
