"""A badge: one figure of a park or ride as a small picture (SVG) that stands in pages of others.

It brings its own ground, so that it reads the same on a light page and on a dark one, and needs nothing
from elsewhere: no style sheet, no script, no typeface. Colours are attributes, which our security policy lets
pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from xml.etree.ElementTree import Element, SubElement, tostring

from park_downtime.api.text_width import cut, text_width
from park_downtime.plain_text import for_xml

MEDIA_TYPE = "image/svg+xml"
CREDIT = "data by Queue-Times.com"
SIMULATED = "simulated"
TEXT = "#ffffff"
GROUND_OF_NAME = "#26292e"
EDGE = "#8a8f98"
"""Drawn around it, so that it ends somewhere on a page of its own colour."""
HEIGHT = 36
NAME_SIZE, WORDS_SIZE = 13, 10
PADDING = 8
WIDEST_NAME = 240.0
_TYPEFACES = "Verdana, 'DejaVu Sans', Geneva, sans-serif"


class Ground(Enum):
    """Behind what is said; the words say it too."""

    FIGURE = "#1c5d99"
    RUNNING = "#1d6b3a"
    DOWN = "#a3262a"
    UNKNOWN = "#5c6168"


@dataclass(frozen=True, slots=True)
class Badge:
    """`said` is what the picture shows, `about` below it; `in_words` says the same as a sentence."""

    name: str
    said: str
    about: str
    in_words: str
    ground: Ground


def as_svg(badge: Badge, is_simulated: bool) -> bytes:
    name = cut(badge.name, WIDEST_NAME, NAME_SIZE, is_bold=True)
    credit = f"{SIMULATED}, {CREDIT}" if is_simulated else CREDIT
    left = _wide_enough(name, credit)
    right = _wide_enough(badge.said, badge.about)
    words = f"{badge.name}: {badge.in_words}, {CREDIT}"
    words = for_xml(f"[{SIMULATED}] {words}" if is_simulated else words)
    width = left + right
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(HEIGHT),
            "viewBox": f"0 0 {width} {HEIGHT}",
            "role": "img",
            "aria-label": words,
            "font-family": _TYPEFACES,
            "fill": TEXT,
        },
    )
    SubElement(root, "title").text = words
    _rectangle(root, 0, 0, left, HEIGHT).set("fill", GROUND_OF_NAME)
    _rectangle(root, left, 0, right, HEIGHT).set("fill", badge.ground.value)
    edge = _rectangle(root, 0.5, 0.5, width - 1, HEIGHT - 1)
    edge.set("fill", "none")
    edge.set("stroke", EDGE)
    for middle, above, below in ((left / 2, name, credit), (left + right / 2, badge.said, badge.about)):
        _line(root, middle, 16, above, NAME_SIZE, is_bold=True)
        _line(root, middle, 29, below, WORDS_SIZE)
    body: bytes = tostring(root, encoding="utf-8")
    return body


def _wide_enough(above: str, below: str) -> int:
    widest = max(text_width(above, NAME_SIZE, is_bold=True), text_width(below, WORDS_SIZE))
    return round(widest) + 2 * PADDING


def _rectangle(root: Element, x: float, y: float, width: int, height: int) -> Element:
    return SubElement(
        root, "rect", {"x": f"{x:g}", "y": f"{y:g}", "width": str(width), "height": str(height)}
    )


def _line(
    root: Element, middle: float, baseline: int, text: str, size: int, *, is_bold: bool = False
) -> None:
    """Shown to eyes: the title has said it all to those who listen."""
    line = SubElement(
        root,
        "text",
        {
            "x": f"{middle:g}",
            "y": str(baseline),
            "font-size": str(size),
            "text-anchor": "middle",
            "textLength": f"{text_width(text, size, is_bold=is_bold):.0f}",
            "lengthAdjust": "spacingAndGlyphs",
            "aria-hidden": "true",
        },
    )
    if is_bold:
        line.set("font-weight", "bold")
    line.text = for_xml(text)
