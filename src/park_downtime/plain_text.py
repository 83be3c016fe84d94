"""Words from outside on their way to a terminal, a log or XML: nothing in them can steer it or begin a line.

Names, paths, headers and the errors of libraries may hold anything. They are escaped where a line is
written, so that whoever makes it need not think of it.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1: line ends, escape sequences
    "\u2028\u2029"  # line and paragraph separator
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
    "\ud800-\udfff]"  # halves of characters: no stream takes them
)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """On one line whatever it holds: a line end becomes the two characters `\\\\n`."""
    return _STEERING.sub(lambda found: ascii(found.group())[1:-1], text)


def escaped_lines(text: str) -> str:
    """The same for a text of ours that has several lines."""
    return "\n".join(map(escaped, text.split("\n")))


def escaped_json(text: str) -> str:
    """The same within JSON on one line, which stays the same JSON."""
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str) -> str:
    """As a sentence: line ends and runs of blanks are one blank."""
    return escaped(" ".join(text.split()))


def for_xml(text: str) -> str:
    """What XML has no place for is left out; what it writes in its own way is for its writer to escape."""
    return _NOT_XML.sub("", text)
