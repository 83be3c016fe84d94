"""How much waits in the spool for the database to come back."""

from __future__ import annotations

from pathlib import Path

SPOOLED = "cycle-*.jsonl.gz"


def spooled_cycles(spool_dir: Path) -> tuple[int, int]:
    """Cycles that wait, and their bytes; nothing where there is no spool yet."""
    sizes = []
    for path in spool_dir.glob(SPOOLED):
        try:
            sizes.append(path.stat().st_size)
        except FileNotFoundError:  # stored in this very moment
            continue
    return len(sizes), sum(sizes)
