"""The text of a plan says which park shows which quirk; a wrong text says what is allowed."""

from __future__ import annotations

from dataclasses import fields

import pytest

from park_downtime.simulator.quirks import (
    MEANINGS,
    Quirks,
    QuirksInvalid,
    describe_quirks,
    parse_quirks,
)


def test_each_park_gets_its_own() -> None:
    plan = parse_quirks("5:slow=2, *:error=0.1,64:frozen")
    assert plan.of(5) == Quirks(slow=2.0, error=0.1)
    assert plan.of(64) == Quirks(error=0.1, frozen=1.0)
    assert plan.of(6) == Quirks(error=0.1)


def test_a_park_s_own_wins_over_all_parks_whatever_the_order() -> None:
    plan = parse_quirks("5:slow=0,*:slow=2")
    assert plan.of(5) == Quirks()


def test_the_park_list_has_quirks_of_its_own() -> None:
    plan = parse_quirks("list:busy,*:slow")
    assert plan.of_park_list() == Quirks(busy=0.1)


def test_names_may_be_written_with_hyphens() -> None:
    assert parse_quirks("5:null-wait=0.5").of(5) == Quirks(null_wait=0.5)


def test_nothing_is_no_quirk() -> None:
    assert parse_quirks("").of(5) == Quirks()


def test_a_plan_can_be_read_back() -> None:
    plan = parse_quirks("5:slow=2,*:error=0.1,list:gone")
    assert parse_quirks(str(plan)) == plan


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5=slow", "expected park:quirk"),
        ("5:sloww=2", "no quirk 'sloww'; allowed: slow, trickle, hang"),
        ("disney:slow", "no park 'disney'; allowed: a park id, *, list"),
        ("-5:slow", "no park '-5'"),
        ("5:error=2", "no amount '2'; allowed: 0 to 1"),
        ("5:error=", "no amount ''"),
        ("5:slow=nan", "no amount 'nan'; allowed: 0 to 3600"),
        ("5:slow=-1", "no amount '-1'"),
        ("5:slow=fast", "no amount 'fast'"),
    ],
)
def test_what_is_wrong_and_what_is_allowed_are_named(text: str, said: str) -> None:
    with pytest.raises(QuirksInvalid) as error:
        parse_quirks(text)
    assert said in str(error.value)


def test_every_quirk_is_explained() -> None:
    assert {field.name for field in fields(Quirks)} - {"since"} == set(MEANINGS)
    assert len(describe_quirks().splitlines()) == len(MEANINGS)
