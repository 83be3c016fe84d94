"""What RFC 4287 demands of a feed, read off its grammar (RELAX NG, appendix B) and the MUSTs of its text.

Only what it allows passes: an element, an attribute or a number of them that the grammar does not have is a
fault, also where a reader would forgive it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
COMMON = {f"{XML}base", f"{XML}lang"}
DATE = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
    r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
"""RFC 3339, with the capital T and Z that section 3.3 demands."""
MEDIA_TYPE = re.compile(r"[^\s/]+/[^\s/]+")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*")
"""RFC 4151."""


class Times(NamedTuple):
    least: int
    most: int | None


ONE, MAYBE, ANY = Times(1, 1), Times(0, 1), Times(0, None)
FEED: Mapping[str, Times] = {
    "author": ANY, "category": ANY, "contributor": ANY, "generator": MAYBE, "icon": MAYBE, "id": ONE,
    "link": ANY, "logo": MAYBE, "rights": MAYBE, "subtitle": MAYBE, "title": ONE, "updated": ONE,
    "entry": ANY,
}  # fmt: skip
ENTRY: Mapping[str, Times] = {
    "author": ANY, "category": ANY, "content": MAYBE, "contributor": ANY, "id": ONE, "link": ANY,
    "published": MAYBE, "rights": MAYBE, "source": MAYBE, "summary": MAYBE, "title": ONE, "updated": ONE,
}  # fmt: skip
PERSON: Mapping[str, Times] = {"name": ONE, "uri": MAYBE, "email": MAYBE}
TEXTS = {"title", "subtitle", "rights", "summary", "content"}
ATTRIBUTES = {
    "generator": {"uri", "version"},
    "link": {"href", "rel", "type", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    **{name: {"type"} for name in TEXTS},
}
FORMS = {
    **dict.fromkeys(("updated", "published"), DATE),
    **dict.fromkeys(("uri", "icon", "logo"), re.compile(r"\S+")),
    **dict.fromkeys(("name", "generator"), re.compile(r".+", re.DOTALL)),
    "id": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+"),  # an absolute IRI
    "email": re.compile(r"[^@]+@[^@]+"),
}
NEEDED = {"link": {"href"}, "category": {"term"}}


def parsed(document: bytes) -> Element:
    return fromstring(document)  # noqa: S314 - an answer of our own


def faults(document: bytes) -> list[str]:
    root = parsed(document)
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    found = [*_container(root, FEED)]
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        found += _container(entry, ENTRY)
        if root.find(f"{ATOM}author") is None and entry.find(f"{ATOM}author") is None:
            found.append("nobody is the author of an entry (4.1.1)")
        has_alternate = any(link.get("rel", "alternate") == "alternate" for link in entry.iter(f"{ATOM}link"))
        if entry.find(f"{ATOM}content") is None and not has_alternate:
            found.append("an entry has neither content nor an alternate link (4.1.2)")
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    found += [f"the id {one} stands {times} times" for one, times in ids.items() if times > 1]
    return found


def _container(element: Element, allowed: Mapping[str, Times]) -> Iterator[str]:
    if element.text and element.text.strip():
        yield f"text in {element.tag}"
    times = Counter(child.tag.removeprefix(ATOM) for child in element)
    for name in times.keys() - allowed.keys():
        yield f"{name} in {element.tag}"
    for name, (least, most) in allowed.items():
        if times[name] < least or (most is not None and times[name] > most):
            yield f"{times[name]} times {name} in {element.tag}"
    for child in element:
        yield from _child(child, child.tag.removeprefix(ATOM))
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    if any(number > 1 for number in alternates.values()):
        yield "two alternate links of one type and language (4.1.1, 4.1.2)"


def _child(child: Element, name: str) -> Iterator[str]:
    for attribute in set(child.keys()) - ATTRIBUTES.get(name, set()) - COMMON:
        yield f"{name} has {attribute}"
    for attribute in NEEDED.get(name, set()) - set(child.keys()):
        yield f"{name} lacks {attribute}"
    if name in ("author", "contributor"):
        yield from _container(child, PERSON)
    elif name in TEXTS:
        yield from _text(child)
    elif name == "link":
        yield from _link(child)
    elif name in FORMS:
        text = child.text or ""
        if len(child) or not FORMS[name].fullmatch(text):
            yield f"{name} is {text!r}"
        if text.startswith("tag:") and not TAG.fullmatch(text):
            yield f"{name} is no tag URI: {text}"
    elif name not in ("entry", "category"):
        yield f"{name} is not looked into here"


def _text(element: Element) -> Iterator[str]:
    if element.get("type", "text") not in ("text", "html"):
        yield f"{element.tag} is of type {element.get('type')}, which is not looked into here"
    if len(element):
        yield f"{element.tag} is text and has elements (3.1.1)"


def _link(link: Element) -> Iterator[str]:
    if re.search(r"\s", link.get("href", "")):
        yield f"a link leads to no IRI: {link.get('href')}"
    media_type = link.get("type")
    if media_type is not None and not MEDIA_TYPE.fullmatch(media_type):
        yield f"a link is of no media type: {media_type}"
    if link.get("rel") == "":
        yield "a link has an empty relation"
