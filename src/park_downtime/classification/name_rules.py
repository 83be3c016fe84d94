"""What a name or a land says an entry is. The first pattern that matches decides.

Names are read as plain_names.plain gives them. A pattern that could also name a ride is written
so that it does not ("Meet ..." but not "Fleet", "Tower of Terror" is no haunted house); names
that no pattern can tell stand in known_names.csv, which is asked first.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from park_downtime.classification.park_facts import ParkKind
from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

_MARKS = re.compile("[™®©℠\u200b\u200c\u200d\u2060\ufeff*]")
_TAGS = re.compile(r"</?[a-z]+>", re.IGNORECASE)  # one entry is called "<em>Sylvester and Tweety</em> ..."
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-"}
)
_ADVERTISING = re.compile(r"^(all[- ])?new( (for|in) \d{4}| \d{4})?[!:]+ *|[- ]+now open!?$")
_SPACES = re.compile(r"\s+")
CONFIDENCE = 0.8


@dataclass(frozen=True, slots=True)
class Rule:
    """A name that matches `pattern` is of `category`; `reason` says what about the name tells."""

    pattern: re.Pattern[str]
    category: Category
    confidence: float
    reason: str


def _rule(pattern: str, category: Category, confidence: float, reason: str) -> Rule:
    return Rule(re.compile(pattern), category, confidence, reason)


SINGLE_RIDER = re.compile(r"\bsingle[- ]riders?\b")

LAND_RULES = (
    _rule(r"^halloween\b|\bhaunted houses?\b", Category.EXPERIENCE, 0.8, "haunted houses of an autumn event"),
    _rule(r"^(games|arcade)s?$", Category.OTHER, 0.7, "a land of games"),
)
WATER_LAND = re.compile(
    r"^(water rides|water ?park|hurricane harbor|white ?water bay|soak city|wildwater kingdom)$"
)
NOT_IN_A_WATER_PARK = (Category.EXPERIENCE, Category.TRANSPORT, Category.OTHER)
"""There a tree house, a trail or a station is something to slide or splash in."""
WATER_PARK_IN_NAME = re.compile(r"\(water park\)$")

RULES = (
    _rule(
        r"^meet\b|\bmeet (mickey|and greet|& greet)|: meet\b",
        Category.MEET_AND_GREET,
        0.95,
        "a character to meet",
    ),
    _rule(
        r"\b(with|meeting|visit) santa\b|\bgreetings?\b"
        r"|\bfairytale hall\b|\bsilly sideshow\b|\bcharacter (spot|landing)\b",
        Category.MEET_AND_GREET,
        0.8,
        "a character to meet",
    ),
    _rule(
        r"\bis coming (soon|in \d{4})|\bthemed land$|^entry to\b",
        Category.OTHER,
        0.7,
        "not there yet, or an entrance",
    ),
    _rule(r"\bshootin'? |^arcade\b|\barcade$", Category.OTHER, 0.7, "a shooting gallery or arcade"),
    # Trains, boats and gondolas that take guests from one station to another. A round trip that
    # starts and ends at one station is ridden for its own sake: a ride.
    _rule(
        r"\brailroad\b.* (station|depot)$|\bhogwarts express\b",
        Category.TRANSPORT,
        0.9,
        "a train between stations",
    ),
    _rule(
        r"\b(disneyland|walt disney world) railroad\b", Category.TRANSPORT, 0.9, "a train between stations"
    ),
    _rule(
        r"( - |\(|railroad |railway )([^-(]* )?(station|depot)( #?\d+)?\)?$",
        Category.TRANSPORT,
        0.75,
        "a stop among several",
    ),
    _rule(r"^monorail to\b|^raft(s)? to\b|\bhorse-drawn\b", Category.TRANSPORT, 0.9, "it goes somewhere"),
    _rule(r"^sky ?ride\b", Category.TRANSPORT, 0.65, "gondolas between stations"),
    _rule(
        r"\bsing-along\b|\bcircle-vision\b|\bshort film\b|\bfilm festival\b",
        Category.EXPERIENCE,
        0.85,
        "a film",
    ),
    _rule(r"\bcinema 4-?d\b|\b4-?d (cinema|theat(er|re))\b|\bcinema$", Category.EXPERIENCE, 0.8, "a film"),
    _rule(
        r"\blive( on stage|!)|\bstunt (show|spectacular)\b|\bplay and dance\b"
        r"|\blaugh floor\b|\bmr\. lincoln$",
        Category.SHOW,
        0.9,
        "a show",
    ),
    _rule(r"\b(theat(er|re)|teatro|amphitheat(er|re)|showtime)\b", Category.SHOW, 0.8, "a theatre"),
    _rule(
        r"\b(fireworks|cavalcade|nighttime spectacular|revue|musical)\b"
        r"|\b(party|electrical|festival|night|light|holiday) parade\b"
        r"|^(disney|mickey|pixar|universal)\b.*\bparade\b|\b(fantasy|happens) parade\b"
        r"|\b(stage|ice|magic|light|laser|comedy|puppet|drone|dolphin|orca|sea lion|acrobat) show\b",
        Category.SHOW,
        0.75,
        "a show",
    ),
    _rule(
        r"\bwalk-?through\b|\bexhibits?\b|\bgaller(y|ies)\b|\bmuseum\b",
        Category.EXPERIENCE,
        0.9,
        "to be walked through",
    ),
    _rule(
        r"\b(exploration|challenge|nature|discovery island|animal|wildlife|dino) trails?\b",
        Category.EXPERIENCE,
        0.85,
        "a trail to walk",
    ),
    _rule(r"\b(aquarium|aviary|habitat|sea life|petting)\b", Category.EXPERIENCE, 0.8, "animals to look at"),
    _rule(r"\btree ?house\b", Category.EXPERIENCE, 0.75, "a tree house to climb"),
    _rule(
        r"\bplay ?(ground|house|place|land|area|yard|zone|port)\b|\bdino ?play\b"
        r"|\bfun (yard|fort)\b|\bfort fun\b"
        r"|\badventure camp\b|\bbeagle scout acres\b|\btot spot\b|\bconstruction zone\b"
        r"|\bsand play\b|\blooney tunes lodge\b|\bdinosaur dig\b",
        Category.EXPERIENCE,
        0.75,
        "a playground",
    ),
    _rule(
        r"\bsplash ?pad\b|\bsoak station\b|\bfountains?$",
        Category.EXPERIENCE,
        0.7,
        "water to play in, in a theme park",
    ),
    _rule(
        r"\b(wave pool|lazy river|water slides?|body slides?|tube slides?|water coaster|splash island)\b",
        Category.WATER_SLIDE,
        0.85,
        "of a water park",
    ),
    _rule(
        r"\b(labyrinth|maze|haunted house|scare zone|escape room)\b",
        Category.EXPERIENCE,
        0.7,
        "to be walked through",
    ),
    _rule(r"\brock(-| )?(wall|climb)(ing)?\b|\bclimbing wall\b", Category.EXPERIENCE, 0.7, "a wall to climb"),
    _rule(
        r"\bollivanders\b|\bdiscovery center\b|\bdisney animation\b|\banimation academy\b",
        Category.EXPERIENCE,
        0.85,
        "to be visited",
    ),
    _rule(
        r"\bschoolhouse$|^miniland\b|\bbakery tour\b|^the gardens$", Category.EXPERIENCE, 0.7, "to be visited"
    ),
    _rule(
        r"\b(creation|imagination) (zone|station)\b|\brebuild the world\b",
        Category.EXPERIENCE,
        0.7,
        "bricks to build with",
    ),
    _rule(r"\bexperience\b", Category.EXPERIENCE, 0.6, "it calls itself an experience"),
)


def by_name(name: str, land: str | None, kind: ParkKind) -> Statement | None:
    """The category that the name or the land states; None where neither does."""
    words = plain(name)
    if SINGLE_RIDER.search(words):
        return _statement(Category.SINGLE_RIDER, 1.0, "a single-rider line repeats its ride's state")
    known = known_names().get(words)
    if known is not None:
        return known
    where = plain(land or "")
    for rule in LAND_RULES:
        if rule.pattern.search(where):
            return _statement(rule.category, rule.confidence, f"land: {rule.reason}")
    is_water = kind is ParkKind.WATER or WATER_LAND.search(where) or WATER_PARK_IN_NAME.search(words)
    for rule in RULES:
        if rule.pattern.search(words) and not (is_water and rule.category in NOT_IN_A_WATER_PARK):
            return _statement(rule.category, rule.confidence, f"name: {rule.reason}")
    if is_water:
        return _statement(Category.WATER_SLIDE, 0.75, "a slide, pool or play area of a water park")
    if kind is ParkKind.ANIMAL:
        return _statement(Category.EXPERIENCE, 0.6, "the park offers encounters with animals")
    return None


def is_single_rider_line(name: str) -> bool:
    return SINGLE_RIDER.search(plain(name)) is not None


def _statement(category: Category, confidence: float, reason: str) -> Statement:
    return Statement(Source.RULE, category, None, confidence, reason)


def plain(name: str) -> str:
    """`The Twilight Zone Tower of Terror™ ` -> `the twilight zone tower of terror`."""
    text = _TAGS.sub("", _MARKS.sub("", name)).translate(_SAME)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _SPACES.sub(" ", text).strip().casefold()
    return _ADVERTISING.sub("", text).strip()


@cache
def known_names() -> Mapping[str, Statement]:
    text = resources.files(__package__).joinpath("known_names.csv").read_text(encoding="utf-8")
    return {
        plain(row["name"]): Statement(
            Source.RULE, Category(row["category"]), None, CONFIDENCE, f"known by name: {row['reason']}"
        )
        for row in csv.DictReader(io.StringIO(text))
    }
