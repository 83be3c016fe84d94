"""Which of our parks and rides the names of another source mean.

Names are equal without regard to case, accents, trademark signs, punctuation, a leading article and
"&" for "and". A name that could mean several is left open for a person to decide (name_exceptions.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from park_downtime.classification.name_rules import plain
from park_downtime.classification.named_rides import without_article

_APOSTROPHE = re.compile("['\"]")
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """One name, and all that bear it on each side; on one of them at least two."""

    theirs: tuple[str, ...]
    ours: tuple[int, ...]


@dataclass(slots=True)
class Matched:
    """By their id. Of ours nothing is said: what stands in neither is what they do not have."""

    found: dict[str, int] = field(default_factory=dict)
    ambiguous: list[Ambiguous] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


def name_key(name: str) -> str:
    """`The Many Adventures of Winnie the Pooh™` -> `many adventures of winnie the pooh`.

    Letters of every script stay: a name in Japanese equals only itself.
    """
    text = without_article(plain(name)).replace("&", " and ")
    return _NOT_A_WORD.sub(" ", _APOSTROPHE.sub("", text)).strip()


def match(theirs: Mapping[str, str], *ours: Iterable[tuple[int, str]]) -> Matched:
    """Each of `ours` is asked in turn for what those before it did not have; an id may have several names."""
    matched = Matched()
    left: dict[str, list[str]] = defaultdict(list)
    for their_id, name in theirs.items():
        left[name_key(name)].append(their_id)
    matched.unmatched.extend(left.pop("", []))
    for candidates in ours:
        _match_one_kind(left, candidates, matched)
    matched.unmatched.extend(their_id for ids in left.values() for their_id in ids)
    return matched


def _match_one_kind(left: dict[str, list[str]], ours: Iterable[tuple[int, str]], matched: Matched) -> None:
    taken = {*matched.found.values(), *(our_id for open_ in matched.ambiguous for our_id in open_.ours)}
    meant: dict[str, set[int]] = defaultdict(set)
    for our_id, name in ours:
        if our_id not in taken:
            meant[name_key(name)].add(our_id)
    for key in left.keys() & meant.keys():
        their_ids, our_ids = left.pop(key), meant[key]
        if len(their_ids) == len(our_ids) == 1:
            matched.found[their_ids[0]] = our_ids.pop()
        else:
            matched.ambiguous.append(Ambiguous(tuple(their_ids), tuple(sorted(our_ids))))
