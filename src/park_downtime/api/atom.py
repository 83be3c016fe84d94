"""Feeds as Atom (RFC 4287), for readers of news and for programs that wait for something to happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from park_downtime import __version__
from park_downtime.api.envelope import instant
from park_downtime.api.fields import ATTRIBUTION, CREDIT_URL
from park_downtime.plain_text import for_xml

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
AUTHOR = "Theme Park Downtime Tracker"
AUTHORITY = "tag:park-downtime,2026"
"""Of ids (RFC 4151): the same whatever address a site has, so that no reader shows an entry twice."""
SIMULATED = "simulated"

register_namespace("", NAMESPACE)


@dataclass(frozen=True, slots=True)
class Link:
    """`address` may be relative to the feed's own."""

    relation: str
    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """`path` tells it from every other one, for ever."""

    path: str
    title: str
    text: str
    at: datetime
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`entries`: the newest first; `updated`: of a feed without any."""

    path: str
    title: str
    subtitle: str
    updated: datetime
    links: Sequence[Link] = ()
    entries: Sequence[FeedEntry] = field(default_factory=tuple)


def as_atom(feed: Feed, is_simulated: bool) -> bytes:
    root = Element(_name("feed"))
    _text(root, "id", _id(feed.path, is_simulated))
    _text(root, "title", _told(feed.title, is_simulated))
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", instant(max((entry.at for entry in feed.entries), default=feed.updated)))
    author = SubElement(root, _name("author"))
    _text(author, "name", AUTHOR)
    source = SubElement(root, _name("contributor"))
    _text(source, "name", "Queue-Times.com")
    _text(source, "uri", CREDIT_URL)
    _text(root, "rights", ATTRIBUTION)
    _text(root, "generator", "park-downtime").set("version", __version__)
    _category(root, is_simulated)
    _links(root, feed.links)
    for entry in feed.entries:
        _entry(root, entry, is_simulated)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _entry(root: Element, entry: FeedEntry, is_simulated: bool) -> None:
    said = SubElement(root, _name("entry"))
    _text(said, "id", _id(entry.path, is_simulated))
    _text(said, "title", _told(entry.title, is_simulated))
    _text(said, "updated", instant(entry.at))
    _text(said, "published", instant(entry.at))
    _category(said, is_simulated)
    _text(said, "content", entry.text).set("type", "text")
    _links(said, entry.links)


def _category(parent: Element, is_simulated: bool) -> None:
    if is_simulated:
        SubElement(parent, _name("category"), {"term": SIMULATED})


def _links(parent: Element, links: Sequence[Link]) -> None:
    for link in links:
        given = {"rel": link.relation, "type": link.media_type, "href": link.address}
        SubElement(parent, _name("link"), given)


def _id(path: str, is_simulated: bool) -> str:
    return f"{AUTHORITY}:{SIMULATED + '/' if is_simulated else ''}{path}"


def _told(title: str, is_simulated: bool) -> str:
    return f"[{SIMULATED}] {title}" if is_simulated else title


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, _name(name))
    element.text = for_xml(text)
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
