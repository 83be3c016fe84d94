"""What becomes of closures that were told: an id that was public is answered for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import GoneReason, StretchKind
from park_downtime.statistics.days import DayClosure
from park_downtime.statistics.told_closures import ClosureId, Retold, ToldClosure, id_of, retold

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)
KNOWN = NOON + timedelta(minutes=10)
RIDE = 7


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def closed(start: int, end: int, kind: StretchKind = StretchKind.OUTAGE, ride_id: int = RIDE) -> DayClosure:
    return DayClosure(ride_id, kind, date(2026, 7, 1), at(start), at(end), None, 60 * (end - start), 0, True)


def told(*closures: DayClosure) -> list[ToldClosure]:
    return [ToldClosure(closure, KNOWN) for closure in closures]


def again(
    before: list[ToldClosure],
    *judged: DayClosure,
    ongoing: tuple[DayClosure, ...] = (),
    why: GoneReason = GoneReason.JUDGED_ANEW,
    counted: tuple[int, ...] = (RIDE,),
) -> Retold:
    return retold(before, judged, ongoing, why, counted)


def test_an_id_is_the_ride_and_the_second_at_which_it_closed() -> None:
    assert str(ClosureId(130, datetime(2026, 4, 17, 15, 20, tzinfo=UTC))) == "130-1776439200"


def test_what_is_as_it_was_is_not_written() -> None:
    assert again(told(closed(0, 30)), closed(0, 30)) == Retold()


def test_one_that_grew_keeps_its_id_and_since_when_it_is_known() -> None:
    assert again(told(closed(0, 30)), closed(0, 40)).other == [ToldClosure(closed(0, 40), KNOWN)]


def test_a_new_one_is_told_first() -> None:
    assert again([], closed(0, 30)).first == [closed(0, 30)]


class TestOngoing:
    GOING_ON = closed(0, 30, StretchKind.ONGOING)

    def test_that_was_never_told_stays_so(self) -> None:
        assert again([], ongoing=(self.GOING_ON,)) == Retold()

    def test_that_was_told_stays_told(self) -> None:
        longer = closed(0, 40, StretchKind.ONGOING)
        found = again(told(self.GOING_ON), ongoing=(longer,))
        assert (found.other, found.former) == ([ToldClosure(longer, KNOWN)], [])

    def test_becomes_an_outage_under_its_id(self) -> None:
        found = again(told(self.GOING_ON), closed(0, 40))
        assert (found.other, found.former) == ([ToldClosure(closed(0, 40), KNOWN)], [])

    def test_an_outage_whose_end_was_no_end_is_ongoing_again(self) -> None:
        found = again(told(closed(0, 30)), ongoing=(self.GOING_ON,))
        assert (found.other, found.former) == ([ToldClosure(self.GOING_ON, KNOWN)], [])

    def test_that_came_to_nothing_as_time_went_on_was_no_outage(self) -> None:
        for why in (GoneReason.JUDGED_ANEW, GoneReason.CLOSED_DAY):
            [former] = again(told(self.GOING_ON), why=why).former
            assert (former.reason, former.moved_to) == (GoneReason.NOT_AN_OUTAGE, None)

    def test_that_was_corrected_says_so(self) -> None:
        [former] = again(told(self.GOING_ON), why=GoneReason.CORRECTED).former
        assert former.reason is GoneReason.CORRECTED


class TestGone:
    def test_it_is_said_why_and_since_when_it_had_been_known(self) -> None:
        found = again(told(closed(0, 30)), why=GoneReason.LATE_READINGS)
        [former] = found.former
        assert former.id == id_of(closed(0, 30))
        assert (former.known_at, former.reason) == (KNOWN, GoneReason.LATE_READINGS)
        assert found.removed == [closed(0, 30)]

    def test_of_a_ride_that_is_not_counted_any_more(self) -> None:
        [former] = again(told(closed(0, 30)), why=GoneReason.CLOSED_DAY, counted=()).former
        assert former.reason is GoneReason.NOT_COUNTED

    def test_one_that_begins_later_covers_it(self) -> None:
        [former] = again(told(closed(0, 30)), closed(10, 30)).former
        assert former.moved_to == at(10)

    def test_one_that_began_before_covers_it(self) -> None:
        [former] = again(told(closed(0, 30)), closed(-20, 40)).former
        assert former.moved_to == at(-20)

    def test_of_two_that_share_time_with_it_the_first(self) -> None:
        [former] = again(told(closed(0, 60)), closed(40, 60), closed(10, 20)).former
        assert former.moved_to == at(10)

    def test_what_only_touches_it_is_another_one(self) -> None:
        [former] = again(told(closed(0, 30)), closed(30, 60), closed(-30, 0)).former
        assert former.moved_to is None

    def test_the_closure_of_another_ride_does_not_cover_it(self) -> None:
        [former] = again(told(closed(0, 30)), closed(0, 30, ride_id=8)).former
        assert former.moved_to is None

    def test_one_that_had_lasted_no_time_is_covered_by_one_that_reaches_over_it(self) -> None:
        began = closed(0, 0, StretchKind.ONGOING)
        [former] = again(told(began), closed(-10, 20)).former
        assert former.moved_to == at(-10)


def test_on_another_day_it_is_the_same_closure_in_another_row() -> None:
    tomorrow = replace(closed(0, 30), stat_date=date(2026, 7, 2))
    found = again(told(closed(0, 30)), tomorrow)
    assert found.removed == [closed(0, 30)]
    assert (found.other, found.former) == ([ToldClosure(tomorrow, KNOWN)], [])


CLOSURES = st.lists(
    st.builds(
        lambda ride_id, start, length: closed(10 * start, 10 * (start + length), ride_id=ride_id),
        st.integers(1, 3),
        st.integers(0, 20),
        st.integers(0, 5),
    ),
    unique_by=id_of,
    max_size=12,
)


@given(CLOSURES, CLOSURES)
def test_each_id_that_was_told_is_a_closure_or_a_former_one(
    before: list[DayClosure], now: list[DayClosure]
) -> None:
    found = retold(told(*before), now, (), GoneReason.JUDGED_ANEW, (1, 2, 3))
    is_now, was = {id_of(closure) for closure in now}, {id_of(closure) for closure in before}
    former = {each.id for each in found.former}
    assert former == was - is_now
    assert {id_of(closure) for closure in found.first} == is_now - was
    targets = {ClosureId(each.id.ride_id, each.moved_to) for each in found.former if each.moved_to}
    assert targets <= is_now
