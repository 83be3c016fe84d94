"""Rides of parks whose Queue-Times ids we do not know: named_rides.csv, by park and name.

The list is written from memory and unchecked, so everything it says is a guess. Where it leaves the tier
empty, what it says of the ride gives it by rule (a giga coaster is of tier 1).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from park_downtime.classification.name_rules import plain
from park_downtime.classification.statement import Source, Statement
from park_downtime.classification.tier_rules import MAJOR, is_headline
from park_downtime.model import Category

CONFIDENCE = 0.6

_ARTICLE = re.compile(r"^(the|le|la|les|el|los|las) |^l'")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def named_ride(park_id: int, name: str) -> Statement | None:
    """What the list says of a park's ride of this name; None where it does not have it."""
    return named_rides().get((park_id, bare(name)))


def bare(name: str) -> str:
    """A name without article and punctuation, which the feed writes now so, now so."""
    return _NOT_A_WORD.sub(" ", without_article(plain(name))).strip()


def without_article(plain_name: str) -> str:
    return _ARTICLE.sub("", plain_name)


@cache
def named_rides() -> Mapping[tuple[int, str], Statement]:
    return {(int(row["park_id"]), bare(row["name"])): _statement(row) for row in rows()}


def rows() -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath("named_rides.csv").read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text))


def _statement(row: Mapping[str, str]) -> Statement:
    what = row["what"]
    if row["tier"]:
        tier = int(row["tier"])
    elif is_headline(what):
        tier = MAJOR
    else:
        raise ValueError(f"named_rides.csv: nothing gives {row['name']} of park {row['park_id']} a tier")
    return Statement(
        Source.CURATED, Category(row["category"]), tier, CONFIDENCE, f"guess from memory: {what}"
    )
