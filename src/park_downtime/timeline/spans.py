"""Half-open ranges of time: cut, join, measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

Span = tuple[datetime, datetime]
"""`[start, end)` in UTC."""


def seconds(spans: Iterable[Span]) -> int:
    """Whole seconds of all spans together."""
    return sum(int((end - start).total_seconds()) for start, end in spans)


def clip(span: Span, start: datetime, end: datetime) -> Span | None:
    """The part of `span` within `[start, end)`; None: there is none."""
    cut = (max(span[0], start), min(span[1], end))
    return cut if cut[0] < cut[1] else None


def within(spans: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    return [cut for span in spans if (cut := clip(span, start, end)) is not None]


def common(ones: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What both have; each sorted and without overlaps."""
    found: list[Span] = []
    place = 0
    for start, end in ones:
        while place < len(others) and others[place][1] <= start:
            place += 1
        for other in others[place:]:
            if other[0] >= end:
                break
            found.append((max(start, other[0]), min(end, other[1])))
    return found


def joined(spans: Iterable[Span]) -> list[Span]:
    """Touching neighbours made one; the spans are sorted and do not overlap."""
    found: list[Span] = []
    for start, end in spans:
        if found and found[-1][1] >= start:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
