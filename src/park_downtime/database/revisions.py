"""Ids of revisions: a number that rises with the releases and, where a revision was edited in place, which
form of it: `0100_5e1f09aa`. Before 0.2 is released its revision is one file, edited with the schema.
"""

from __future__ import annotations


def number(revision: str) -> str:
    return revision.partition("_")[0]


def is_before(revision: str, other: str) -> bool:
    """Numbers are compared as text; forms of one number have no order."""
    return number(revision) < number(other)


def is_another_form(revision: str, other: str) -> bool:
    return number(revision) == number(other) and revision != other
