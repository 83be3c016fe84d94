"""Markdown tables, as docs/method.md has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """What one part found: lines to print, and whether everything that must hold does."""

    lines: list[str] = field(default_factory=list)
    failed: int = 0

    def say(self, *lines: str) -> None:
        self.lines.extend((*lines, ""))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        self.lines.extend((*table(head, rows), ""))

    def check(self, what: str, holds: bool, seen: object = "") -> None:
        """One line that says ok or FAILED, and what was seen."""
        self.failed += not holds
        self.lines.append(f"- {'ok' if holds else 'FAILED'}: {what}{f' ({seen})' if seen != '' else ''}")

    def __str__(self) -> str:
        return "\n".join(self.lines)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The first column is text, the others are figures."""
    return [
        "| " + " | ".join(head) + " |",
        "|---" + "|---:" * (len(head) - 1) + "|",
        *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows),
    ]


def percent(part: float, whole: float, digits: int = 1) -> str:
    """An empty whole has no share."""
    return f"{100 * part / whole:.{digits}f} %" if whole else "-"


def hours(seconds: float) -> str:
    return f"{seconds / 3600:,.1f}"


def minutes(seconds: float) -> str:
    return f"{seconds / 60:,.1f}"
