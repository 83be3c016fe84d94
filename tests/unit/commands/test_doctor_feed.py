"""The report of `doctor --feed`, line by line."""

from __future__ import annotations

from payloads import NOON

from park_downtime import __version__
from park_downtime.commands.doctor_feed import report_lines
from park_downtime.feed.assumptions.finding import Finding, Verdict
from park_downtime.jobs.check_feed import FeedReport

WAITS = Finding("waits", Verdict.BROKEN, "0 to 300", "1 outside", ("Dumbo (1)", "Soarin' (2)"))
STAMPS = Finding("stamps move", Verdict.NOT_SEEN, "newer", "one look")
KEYS = Finding("keys", Verdict.HELD, "none unknown", "none")


def report(*findings: Finding, not_heard: tuple[str, ...] = (), is_simulated: bool = False) -> FeedReport:
    return FeedReport(NOON, "https://queue-times.com", is_simulated, 2, findings, not_heard)


def lines(found: FeedReport) -> list[str]:
    return list(report_lines(found, "TRACKED_CONTINENTS=North America"))


def test_the_report_says_when_with_what_and_of_whom() -> None:
    head = lines(report(KEYS))[:4]
    assert head[0] == f"The feed as it is: 2025-07-09 12:00:00 UTC, park-downtime {__version__}"
    assert head[1] == "Feed: https://queue-times.com"
    assert head[2] == "Tracked: TRACKED_CONTINENTS=North America"
    assert head[3].endswith("2 parks, at most 6 at a time. No database is read or written.")


def test_a_simulated_feed_is_called_one() -> None:
    assert "simulated" in lines(report(KEYS, is_simulated=True))[1]


def test_each_assumption_is_one_line_with_what_was_expected_and_found() -> None:
    found = lines(report(WAITS, STAMPS, KEYS))
    assert "BROKEN    waits        expected 0 to 300; found 1 outside: Dumbo (1), Soarin' (2)" in found
    assert "not seen  stamps move  expected newer; found one look" in found
    assert "held      keys         expected none unknown; found none" in found


def test_words_of_the_feed_begin_no_line() -> None:
    odd = Finding("waits", Verdict.BROKEN, "0", "1", ("Dumbo\nheld  everything",))
    assert next(line for line in lines(report(odd)) if "Dumbo" in line).endswith("Dumbo held everything")


def test_every_park_that_failed_is_named() -> None:
    failed = tuple(f"Park {number} ({number}): HTTP 500" for number in range(1, 9))
    found = lines(report(KEYS, not_heard=failed))
    assert [line.strip() for line in found if "HTTP 500" in line] == list(failed)


def test_the_last_line_counts() -> None:
    assert lines(report(WAITS, STAMPS, KEYS))[-1] == "1 held, 1 BROKEN, 1 not seen"


def test_one_broken_assumption_is_enough() -> None:
    assert report(KEYS, STAMPS).all_hold
    assert not report(KEYS, WAITS).all_hold
