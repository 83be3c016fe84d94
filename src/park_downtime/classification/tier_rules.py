"""How much an entry probably matters, by its name alone: better than nothing, and never sure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from park_downtime.classification.name_rules import plain
from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

MAJOR = 1
STANDARD = 2
MINOR = 3
UNCOUNTED_CONFIDENCE = 0.7


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry whose name matches `pattern` is probably of `tier`."""

    pattern: re.Pattern[str]
    tier: int
    confidence: float
    reason: str


def _rule(pattern: str, tier: int, confidence: float, reason: str) -> Rule:
    return Rule(re.compile(pattern), tier, confidence, reason)


# Classes of the largest coasters, and words of records in English, French and Spanish.
HEADLINE = _rule(
    r"\b(giga|hyper|strata)([- ]?coasters?)?\b"
    r"|\b(tallest|highest|fastest|longest|steepest)\b|\brecord[- ](breaking|breaker|holder|holding)\b"
    r"|\b(plus (haute?|rapide|longue?)|mas (alt[ao]|rapid[ao]|larg[ao]))\b",
    MAJOR,
    0.5,
    "a guess: a coaster of the largest class, or a record",
)
NAME_RULES = (
    _rule(
        r"\b(carr?ou?sel|carrusel|carrousel|merry-go-round|giostra cavalli|galopant)\b",
        MINOR,
        0.6,
        "a carousel",
    ),
    _rule(
        r"\b(kidd(ie|y)|kids?|junior|jr|mini|baby|tot|tots|tiny|little|lil'?|duplo)\b|^lil'",
        MINOR,
        0.6,
        "for small children",
    ),
    HEADLINE,
    _rule(r"\b(mine|runaway)\b.*\b(train|railway|ride)\b", STANDARD, 0.5, "a mine train"),
    _rule(r"\b(roller ?coaster|coaster|montana rusa)\b", STANDARD, 0.5, "a coaster"),
    _rule(
        r"\b(snoopys?|peanuts|woodstocks?|linus|lucy|charlie browns?|joe cools?)\b"
        r"|\b(sally|franklin|pig ?pens?|beagle)\b"
        r"|\bflying ace\b|\bkite[- ]eating\b|\bgreat pumpkin\b",
        MINOR,
        0.55,
        "of the Peanuts: for children",
    ),
    _rule(
        r"\b(bugs|daffy|tweety|taz|foghorn|elmer|yosemite sam|porky|sylvester)\b"
        r"|\b(speedy gonzales|pepe le ?pew|marvin the martian)\b",
        MINOR,
        0.55,
        "of the Looney Tunes: for children",
    ),
    _rule(
        r"\b(elmo|cookie|big bird|oscar|abby|grover|zoe|slimey|snuffy|peppa)\b",
        MINOR,
        0.55,
        "for small children",
    ),
    _rule(r"\b(rapids|flume|log ride|log jamboree|river adventure)\b", STANDARD, 0.5, "a water ride"),
    _rule(
        r"\b(railroad|railway|train|choo choo|express railroad|monorail|monorotaia|depot)\b",
        MINOR,
        0.5,
        "a train through the park",
    ),
    _rule(r"\b(tea ?cups?|tea party|tazas|tasses)\b", MINOR, 0.55, "a teacup ride"),
    _rule(
        r"\b(bumper|dodgems?|bumpers|autos tamponneuses|skooter|fender benders?)\b", MINOR, 0.5, "bumper cars"
    ),
    _rule(
        r"\b(ferris wheel|giant wheel|big wheel|gondola wheel|grande roue|rueda)\b", MINOR, 0.45, "a wheel"
    ),
    _rule(
        r"\b(scrambler|tilt-a-whirl|swinger|swings?|himalaya|matterhorn)\b"
        r"|\b(paratrooper|trabant|round up|troika)\b",
        MINOR,
        0.45,
        "a common flat ride",
    ),
    _rule(
        r"\b(frog hoppers?|balloons?|whirl[iy]bird[sz]?|airplanes|helicopters)\b"
        r"|\b(elephants?|tugboat|barnstormer)\b",
        MINOR,
        0.5,
        "a small flat ride",
    ),
    _rule(
        r"\b(antique (cars|autos)|cadillac cars|turnpike|go[- ]?karts?|speedway)\b",
        MINOR,
        0.45,
        "cars on a track",
    ),
)
WATER_RULES = (
    _rule(
        r"\b(lazy river|wave pool|river|creek|lagoon|cove|kove|bay|beach|shores|pond|surf|reef|oasis)\b",
        MINOR,
        0.5,
        "a pool, river or play area",
    ),
    _rule(
        r"\b(splash|island|treehouse|tree house|works|waters|funport|korral|station)\b",
        MINOR,
        0.45,
        "a water play area",
    ),
)
LAND_RULES = (
    _rule(
        r"\b(kids'?|kiddy kingdom|kiddieland|planet snoopy|camp snoopy|children)\b|play area$",
        MINOR,
        0.6,
        "a children's land",
    ),
    _rule(r"^coasters$", STANDARD, 0.5, "among the coasters"),
    _rule(r"^thrill( rides)?$", STANDARD, 0.45, "among the thrill rides"),
)


def is_headline(words: str) -> bool:
    """Whether a name or a description speaks of a giga, hyper or strata coaster or of a record."""
    return HEADLINE.pattern.search(plain(words)) is not None


def tier_by_name(name: str, land: str | None, category: Category) -> Statement | None:
    """The tier that name and land suggest for an entry of this category; None where they do not."""
    if not category.is_counted:
        return _statement(MINOR, UNCOUNTED_CONFIDENCE, "not a ride: in no total")
    words, where = plain(name), plain(land or "")
    for rule in LAND_RULES[:1]:
        if rule.pattern.search(where):
            return _statement(rule.tier, rule.confidence, f"land: {rule.reason}")
    for rule in (WATER_RULES if category is Category.WATER_SLIDE else ()) + NAME_RULES:
        if rule.pattern.search(words):
            return _statement(rule.tier, rule.confidence, f"name: {rule.reason}")
    for rule in LAND_RULES[1:]:
        if rule.pattern.search(where):
            return _statement(rule.tier, rule.confidence, f"land: {rule.reason}")
    return None


def _statement(tier: int, confidence: float, reason: str) -> Statement:
    return Statement(Source.RULE, None, tier, confidence, reason)
