"""Agreement of two sources of which each gives only totals of a day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.agreement import Agreement, KnownDay, agreement, total

MINUTE = 60


def known(down_minutes: int, unknown_minutes: int | None = 0) -> KnownDay:
    unknown = None if unknown_minutes is None else unknown_minutes * MINUTE
    return KnownDay(down_minutes * MINUTE, unknown)


def parts(agreed: Agreement) -> tuple[int, int, int, int]:
    """Minutes: both, only we, only they, unknown."""
    seconds = (
        agreed.both_seconds,
        agreed.only_we_seconds,
        agreed.only_they_seconds,
        agreed.unknown_seconds,
    )
    both, only_we, only_they, unknown = (each // MINUTE for each in seconds)
    return both, only_we, only_they, unknown


def test_the_smaller_figure_is_what_both_call_down() -> None:
    assert parts(agreement(known(50), known(50))) == (50, 0, 0, 0)
    assert parts(agreement(known(50), known(30))) == (30, 20, 0, 0)
    assert parts(agreement(known(30), known(50))) == (30, 0, 20, 0)


def test_what_fits_into_what_the_other_did_not_see_is_unknown() -> None:
    assert parts(agreement(known(50), known(30, unknown_minutes=15))) == (30, 5, 0, 15)
    assert parts(agreement(known(30, unknown_minutes=90), known(50))) == (30, 0, 0, 20)


def test_ones_own_unknown_time_excuses_nothing() -> None:
    assert parts(agreement(known(50, unknown_minutes=60), known(30))) == (30, 20, 0, 0)
    assert parts(agreement(known(30), known(50, unknown_minutes=60))) == (30, 0, 20, 0)


def test_a_source_that_does_not_say_how_much_it_missed_may_have_missed_all() -> None:
    assert parts(agreement(known(50), known(30, unknown_minutes=None))) == (30, 0, 0, 20)
    assert parts(agreement(known(30, unknown_minutes=None), known(50))) == (30, 0, 0, 20)


def test_of_what_only_they_call_down_is_told_what_we_have_as_closed() -> None:
    assert agreement(known(10), known(50), 25 * MINUTE).closed_here_seconds == 25 * MINUTE
    assert agreement(known(10), known(50), 300 * MINUTE).closed_here_seconds == 40 * MINUTE
    assert agreement(known(50), known(10), 300 * MINUTE).closed_here_seconds == 0


def test_the_share_is_of_what_both_can_judge() -> None:
    assert agreement(known(30), known(40)).share == 0.75
    assert agreement(known(30), known(40, unknown_minutes=60)).share == 0.75
    assert agreement(known(40), known(30, unknown_minutes=60)).share == 1.0


def test_there_is_no_share_where_nothing_is_judged() -> None:
    assert agreement(known(0), known(0)).share is None
    assert agreement(known(0, unknown_minutes=None), known(60)).share is None


def test_days_add_up_part_by_part() -> None:
    days = [agreement(known(50), known(30, 5), 60), agreement(known(0), known(20), 600)]
    assert parts(total(days)) == (30, 15, 20, 5)
    assert total(days).closed_here_seconds == 600
    assert total([]) == Agreement()


SECONDS = st.integers(0, 90_000)
DAYS = st.builds(KnownDay, SECONDS, st.none() | SECONDS)


@given(ours=DAYS, theirs=DAYS, closed=SECONDS)
def test_the_four_parts_are_all_that_either_calls_down(ours: KnownDay, theirs: KnownDay, closed: int) -> None:
    agreed = agreement(ours, theirs, closed)
    assert agreed.called_down_seconds == max(ours.down_seconds, theirs.down_seconds)
    for seconds in (
        agreed.both_seconds,
        agreed.only_we_seconds,
        agreed.only_they_seconds,
        agreed.unknown_seconds,
    ):
        assert seconds >= 0
    assert 0 <= agreed.closed_here_seconds <= agreed.only_they_seconds


@given(ours=DAYS, theirs=DAYS)
def test_the_other_way_round_the_sides_change_places(ours: KnownDay, theirs: KnownDay) -> None:
    one, other = agreement(ours, theirs), agreement(theirs, ours)
    assert (one.both_seconds, one.unknown_seconds) == (other.both_seconds, other.unknown_seconds)
    assert (one.only_we_seconds, one.only_they_seconds) == (other.only_they_seconds, other.only_we_seconds)


@given(ours=DAYS, theirs=DAYS)
def test_each_sides_own_figure_is_kept(ours: KnownDay, theirs: KnownDay) -> None:
    agreed = agreement(ours, theirs)
    spare = agreed.unknown_seconds
    of_ours, of_theirs = (spare, 0) if ours.down_seconds > theirs.down_seconds else (0, spare)
    assert agreed.both_seconds + agreed.only_we_seconds + of_ours == ours.down_seconds
    assert agreed.both_seconds + agreed.only_they_seconds + of_theirs == theirs.down_seconds
