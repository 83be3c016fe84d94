"""Which revision comes before which, and which are forms of one."""

from __future__ import annotations

import pytest

from park_downtime.database.revisions import is_another_form, is_before, number


def test_the_number_of_a_revision() -> None:
    assert (number("0038"), number("0100_5e1f09aa")) == ("0038", "0100")


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("0039", "0100_5e1f09aa", True),
        ("0100_5e1f09aa", "0101", True),
        ("0101", "0100_5e1f09aa", False),
        ("0100_5e1f09aa", "0100_ffffffff", False),
        ("0100", "0100_5e1f09aa", False),
    ],
)
def test_only_numbers_have_an_order(one: str, other: str, before: bool) -> None:
    assert is_before(one, other) is before


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("0100_5e1f09aa", "0100_5e1f09aa", False),
        ("0100_5e1f09aa", "0100_ffffffff", True),
        ("0100", "0100_5e1f09aa", True),
        ("0101", "0100_5e1f09aa", False),
    ],
)
def test_forms_of_one_number(one: str, other: str, differs: bool) -> None:
    assert is_another_form(one, other) is differs
