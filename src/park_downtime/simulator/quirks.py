"""Which oddities of the real feed to show, park by park: `5:slow=2,*:error=0.1,64:frozen`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

PARK_LIST = "list"
EVERY_PARK = "*"

Target = int | str
"""A park id, every park, or the park list."""


class QuirksInvalid(ValueError):
    """The text names a quirk, a park or an amount that does not exist."""


@dataclass(frozen=True, slots=True)
class Quirks:
    """How much of each quirk one park shows; 0 is none. `since` is when they were switched on."""

    slow: float = 0.0
    trickle: float = 0.0
    hang: float = 0.0
    reset: float = 0.0
    error: float = 0.0
    unavailable: float = 0.0
    busy: float = 0.0
    gone: float = 0.0
    truncated: float = 0.0
    html: float = 0.0
    wrong_top: float = 0.0
    huge: float = 0.0
    empty: float = 0.0
    frozen: float = 0.0
    stale: float = 0.0
    old_closed: float = 0.0
    future: float = 0.0
    wait995: float = 0.0
    null_wait: float = 0.0
    closed_wait: float = 0.0
    duplicates: float = 0.0
    strings: float = 0.0
    odd: float = 0.0
    repeats: float = 0.0
    left_open: float = 0.0
    missing: float = 0.0
    closed_999: float = 0.0
    two_names: float = 0.0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuirkMeaning:
    """`usual` is the amount where none is written; `greatest` the largest that makes sense."""

    usual: float
    greatest: float
    unit: str
    meaning: str


def _always(meaning: str) -> QuirkMeaning:
    return QuirkMeaning(1.0, 1.0, "share of requests", meaning)


def _requests(meaning: str) -> QuirkMeaning:
    return QuirkMeaning(0.1, 1.0, "share of requests", meaning)


def _entries(meaning: str) -> QuirkMeaning:
    return QuirkMeaning(0.2, 1.0, "share of entries", meaning)


MEANINGS: dict[str, QuirkMeaning] = {
    "slow": QuirkMeaning(2.0, 3600.0, "seconds", "answers late"),
    "trickle": QuirkMeaning(10.0, 3600.0, "seconds", "sends the body in small pieces over this time"),
    "hang": _always("never answers"),
    "reset": _requests("resets the connection"),
    "error": _requests("answers HTTP 500"),
    "unavailable": _requests("answers HTTP 503"),
    "busy": _requests("answers HTTP 429 with Retry-After"),
    "gone": _always("answers HTTP 404; the park leaves the park list"),
    "truncated": _always("sends half of the JSON"),
    "html": _always("sends a page instead of JSON"),
    "wrong_top": _always("sends a JSON array"),
    "huge": QuirkMeaning(40.0, 200.0, "megabytes", "sends a body of this size"),
    "empty": _always("sends no lands and no rides"),
    "frozen": _always("keeps sending the payload of the moment the quirk was switched on"),
    "stale": _entries("entries stay open, last updated up to seven days ago"),
    "old_closed": _entries("closed entries keep the time at which they closed"),
    "future": _entries("entries are updated an hour from now"),
    "wait995": _entries("entries are open with a wait of 995"),
    "null_wait": _entries("entries have a null wait"),
    "closed_wait": _entries("entries are closed with a wait of 20"),
    "duplicates": _entries("entries come twice, the second time older and outside its land"),
    "strings": _entries("entries have numbers and booleans as text"),
    "odd": _entries("entries lack a name and have a list for a wait"),
    "repeats": QuirkMeaning(
        5.0, 48.0, "hours", "repeats its values under fresh stamps, from 90 minutes before closing on"
    ),
    "left_open": _entries("entries stay open with a wait of 0 after closing, under fresh stamps"),
    "missing": _entries("entries are not listed"),
    "closed_999": _entries("entries are closed with a wait of 999"),
    "two_names": _entries("entries have another name in every other five minutes"),
}


@dataclass(frozen=True, slots=True)
class QuirkPlan:
    """Every quirk switched on: (target, name, amount), later ones win, a park's own over `*`."""

    amounts: tuple[tuple[Target, str, float], ...] = ()
    since: datetime | None = None

    def of(self, park_id: int) -> Quirks:
        return self._quirks((EVERY_PARK, park_id))

    def of_park_list(self) -> Quirks:
        return self._quirks((PARK_LIST,))

    def switched_on_at(self, moment: datetime) -> QuirkPlan:
        return self if self.since is not None else replace(self, since=moment)

    def _quirks(self, targets: tuple[Target, ...]) -> Quirks:
        chosen = {
            name: amount for target in targets for wanted, name, amount in self.amounts if wanted == target
        }
        return Quirks(since=self.since, **chosen)

    def __str__(self) -> str:
        return ",".join(f"{target}:{name}={amount:g}" for target, name, amount in self.amounts)


PER_REQUEST = ("truncated", "html", "wrong_top", "empty", "frozen")
"""Quirks of the body whose amount is a share of requests: each request is hit wholly or not at all."""


def parse_quirks(text: str) -> QuirkPlan:
    """`park:quirk[=amount]` separated by commas; the park is an id, `*`, or `list` for parks.json.

    Raises QuirksInvalid with what is allowed.
    """
    parts = [part.strip() for part in text.split(",")]
    return QuirkPlan(tuple(_parse(part) for part in parts if part))


def describe_quirks() -> str:
    """One line per quirk, for a help text."""
    return "\n".join(
        f"{name}={what.usual:g} ({what.unit}): {what.meaning}" for name, what in MEANINGS.items()
    )


def _parse(part: str) -> tuple[Target, str, float]:
    target_text, colon, quirk = part.partition(":")
    if not colon:
        raise QuirksInvalid(f"{part!r}: expected park:quirk[=amount], for example 5:slow=2 or *:error=0.1")
    name, equals, amount_text = quirk.partition("=")
    name = name.strip().replace("-", "_")
    if name not in MEANINGS:
        raise QuirksInvalid(f"{part!r}: no quirk {name!r}; allowed: {', '.join(MEANINGS)}")
    return _target(part, target_text.strip()), name, _amount(part, name, amount_text if equals else None)


def _target(part: str, text: str) -> Target:
    if text in (EVERY_PARK, PARK_LIST):
        return text
    if text.isascii() and text.isdigit():
        return int(text)
    raise QuirksInvalid(f"{part!r}: no park {text!r}; allowed: a park id, {EVERY_PARK}, {PARK_LIST}")


def _amount(part: str, name: str, text: str | None) -> float:
    what = MEANINGS[name]
    if text is None:
        return what.usual
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not 0 <= amount <= what.greatest:
        raise QuirksInvalid(
            f"{part!r}: no amount {text!r}; allowed: 0 to {what.greatest:g} ({what.unit}), 0 is off"
        )
    return amount
