"""How wide a line of text will be, before anyone draws it: a badge must know how wide it is itself.

The widths are those of DejaVu Sans and Verdana, the wider of both, so that no line is squeezed; `textLength`
makes whatever typeface there is keep to them.
"""

from __future__ import annotations

import unicodedata

_BY_WIDTH = {
    30: "'ijl|",
    38: " ,.:;I!·…()[]/\\fJrt-",
    53: '"szcy`_{}*',
    60: "kvxaeFgLE^?",
    65: "0123456789bdhnopquSTPXYZABKRVC$#",
    79: "DGHNOQU+<=>~&w–—",
    88: "mM@",
    100: "W%",
}
_WIDTHS = {character: width for width, characters in _BY_WIDTH.items() for character in characters}
_OTHER = 70
_WIDE = 100
"""Of ideographs and kana, which fill a square, in hundredths of the size like the rest."""
BOLD = 1.12
ELLIPSIS = "…"
_FEWEST_KEPT = 0.6


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """In the unit of `size`."""
    hundredths = sum(map(_width, text))
    return hundredths * size * (BOLD if is_bold else 1.0) / 100


def cut(text: str, most: float, size: float, *, is_bold: bool = False) -> str:
    """The text where it fits, else as much of it as does: at the end of a word where one is near, and never
    between a letter and its marks.
    """
    if text_width(text, size, is_bold=is_bold) <= most:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS, size, is_bold=is_bold) > most:
        kept = _without_last(kept)
    whole_words = kept if text[len(kept) :][:1] == " " else kept.rpartition(" ")[0]
    if len(whole_words) >= _FEWEST_KEPT * len(kept):
        kept = whole_words
    return kept.rstrip(" ,.:;-–—/(&") + ELLIPSIS


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    # An accent makes a letter no wider.
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, _OTHER)


def _without_last(text: str) -> str:
    shorter = text[:-1]
    return _without_last(shorter) if unicodedata.combining(text[-1]) and shorter else shorter
