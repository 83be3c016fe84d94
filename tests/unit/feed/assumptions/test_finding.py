"""What a finding names, and how much of it."""

from __future__ import annotations

import pytest

from park_downtime.feed.assumptions.finding import Verdict, first_few, held_if, none_of, percent


@pytest.mark.parametrize(("is_held", "verdict"), [(True, Verdict.HELD), (False, Verdict.BROKEN)])
def test_held_or_broken(is_held: bool, verdict: Verdict) -> None:
    assert held_if(is_held, "waits", "5", "6").verdict is verdict


def test_at_most_three_examples() -> None:
    assert first_few(["a", "b", "c", "d"]) == ("a", "b", "c")


def test_a_long_example_is_cut() -> None:
    assert first_few(["x" * 5000]) == ("x" * 100 + "...",)


def test_what_should_not_occur_and_does_is_counted_and_named() -> None:
    finding = none_of("odd", ["a", "b", "c", "d"], "entries", "none", "9 entries", is_seen=True)
    assert finding.verdict is Verdict.BROKEN
    assert finding.found == "4 odd among 9 entries"
    assert finding.examples == ("a", "b", "c")


def test_where_it_does_not_occur_it_holds() -> None:
    finding = none_of("odd", [], "entries", "none", "9 entries", is_seen=True)
    assert (finding.verdict, finding.found) == (Verdict.HELD, "none odd among 9 entries")


def test_where_there_is_nothing_nothing_holds() -> None:
    finding = none_of("odd", [], "entries", "none", "0 entries", is_seen=False)
    assert (finding.verdict, finding.found) == (Verdict.NOT_SEEN, "nothing to look at: 0 entries")


def test_a_share_is_in_tenths_of_a_percent() -> None:
    assert percent(1, 3) == "33.3 %"
