"""What a benchmark prints: Markdown tables with the budget beside each figure, and whether it was kept."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

MISSED: list[str] = []


def heading(title: str) -> None:
    """The title, with the machine and its load: figures of a busy machine are not those of a quiet one."""
    load = os.getloadavg()[0]
    day, machine = f"{datetime.now(UTC):%Y-%m-%d}", f"{os.cpu_count()} cores, {platform.machine()}"
    print(f"\n### {title}\n\n{day}, {machine}, load {load:.1f} at the start", flush=True)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(_cell(value) for value in row)} |", flush=True)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}" if value < 10 else f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def within(figure: float, budget: float, what: str) -> str:
    """The budget as a cell; a figure above it is remembered for the exit status."""
    if figure <= budget:
        return f"{budget:g}"
    MISSED.append(what)
    return f"**{budget:g} missed**"


def at_least(figure: float, budget: float, what: str) -> str:
    if figure >= budget:
        return f"{budget:g}"
    MISSED.append(what)
    return f"**{budget:g} missed**"


def end() -> None:
    if MISSED:
        sys.exit(f"Budget missed: {', '.join(MISSED)}")
