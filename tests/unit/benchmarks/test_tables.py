"""Markdown tables and checks of the accuracy benchmark."""

from __future__ import annotations

from benchmarks.accuracy.tables import Report, percent, table


def test_figures_stand_on_the_right() -> None:
    assert table(("park", "hours"), [("Epcot", 1.5)]) == [
        "| park | hours |",
        "|---|---:|",
        "| Epcot | 1.5 |",
    ]


def test_a_share_of_nothing_is_none() -> None:
    assert percent(0, 0) == "-"


def test_a_check_that_does_not_hold_is_counted_and_said() -> None:
    report = Report()
    report.check("nothing at night", False, 3)
    assert (report.failed, report.lines) == (1, ["- FAILED: nothing at night (3)"])
