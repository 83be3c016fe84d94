"""A finding: what was assumed of the feed, what was found, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 100


class Verdict(StrEnum):
    """`NOT_SEEN`: there was nothing to judge by, or one cycle cannot tell."""

    HELD = "held"
    BROKEN = "BROKEN"
    NOT_SEEN = "not seen"


@dataclass(frozen=True, slots=True)
class Finding:
    """`examples` are the first few of what breaks it, or of what is worth a look."""

    name: str
    verdict: Verdict
    expected: str
    found: str
    examples: tuple[str, ...] = ()


def held_if(is_held: bool, name: str, expected: str, found: str, examples: Iterable[str] = ()) -> Finding:
    verdict = Verdict.HELD if is_held else Verdict.BROKEN
    return Finding(name, verdict, expected, found, first_few(examples))


def not_seen(name: str, expected: str, found: str) -> Finding:
    return Finding(name, Verdict.NOT_SEEN, expected, found)


def none_of(what: str, found: list[str], name: str, expected: str, looked_at: str, is_seen: bool) -> Finding:
    """For what should not occur at all: `found` names each that does, `looked_at` says among how many."""
    if not is_seen and not found:
        return not_seen(name, expected, f"nothing to look at: {looked_at}")
    count = str(len(found)) if found else "none"
    return held_if(not found, name, expected, f"{count} {what} among {looked_at}", found)


def first_few(examples: Iterable[str]) -> tuple[str, ...]:
    few: list[str] = []
    for example in examples:
        if len(few) == MOST_EXAMPLES:
            break
        few.append(example if len(example) <= _LONGEST_EXAMPLE else f"{example[:_LONGEST_EXAMPLE]}...")
    return tuple(few)


def percent(part: int, whole: int) -> str:
    """`whole` is not 0."""
    return f"{100 * part / whole:.1f} %"
