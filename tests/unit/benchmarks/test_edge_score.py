"""How much of the troubles of rides is found, and how much of what is called trouble was."""

from __future__ import annotations

from benchmarks.accuracy.edge_score import EVERY_KIND, INTERRUPTIONS, EdgeScore, Found, edge_score
from benchmarks.accuracy.hindsight import Trouble, TroubleSpans
from drawing import clock

from park_downtime.timeline.spans import Span

LATE_STARTS = (Trouble.LATE_START,)


def span(start: str, end: str) -> Span:
    return clock(start), clock(end)


ALL_DAY = [span("09:00", "21:00")]
TRUTH: TroubleSpans = {
    Trouble.LATE_START: [span("09:00", "10:00")],
    Trouble.OUTAGE: [span("12:00", "13:00")],
    Trouble.DID_NOT_REOPEN: [span("19:00", "21:00")],
}


def test_interruptions_alone_are_held_against_all_that_was() -> None:
    found = edge_score(TRUTH, TRUTH, ALL_DAY).by_kinds[INTERRUPTIONS]
    assert (found.true, found.found, found.recall) == (4 * 3600, 3600, 0.25)


def test_what_is_right_is_found_whole() -> None:
    found = edge_score(TRUTH, TRUTH, ALL_DAY).by_kinds[EVERY_KIND]
    assert (found.recall, found.precision) == (1.0, 1.0)


def test_a_call_is_right_only_where_there_was_trouble() -> None:
    said = {Trouble.LATE_START: [span("08:40", "10:00")]}
    found = edge_score(TRUTH, said, ALL_DAY).by_kinds[LATE_STARTS]
    assert (found.said, found.right, found.precision) == (80 * 60, 60 * 60, 0.75)


def test_late_starts_are_found_only_by_late_starts() -> None:
    said = {Trouble.OUTAGE: [span("09:00", "10:00")]}
    found = edge_score(TRUTH, said, ALL_DAY).by_kinds[LATE_STARTS]
    assert (found.recall, found.precision) == (0.0, None)


def test_recall_is_also_told_of_the_time_in_which_the_park_ran() -> None:
    said = {Trouble.LATE_START: [span("09:30", "10:00")]}
    found = edge_score(TRUTH, said, [span("09:30", "21:00")]).by_kinds[LATE_STARTS]
    assert (found.recall, found.recall_in_sessions) == (0.5, 1.0)


def test_where_nothing_was_there_is_no_recall() -> None:
    assert Found().recall is None


def test_rides_are_pooled_by_their_seconds() -> None:
    pooled = EdgeScore()
    pooled.add(edge_score(TRUTH, TRUTH, ALL_DAY))
    pooled.add(edge_score({Trouble.LATE_START: [span("09:00", "13:00")]}, {}, ALL_DAY))
    assert pooled.by_kinds[EVERY_KIND].recall == 0.5
