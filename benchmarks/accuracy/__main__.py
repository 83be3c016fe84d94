"""`python -m benchmarks.accuracy [PART...]`: tables in Markdown; ends with 1 if a check failed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.accuracy.badges import badges
from benchmarks.accuracy.edges import edges
from benchmarks.accuracy.recordings import recordings
from benchmarks.accuracy.reopening import reopening
from benchmarks.accuracy.replay_speed import replay_speed
from benchmarks.accuracy.simulated import simulated
from benchmarks.accuracy.tables import Report
from benchmarks.accuracy.truth import truth

SHARED = Path(os.environ.get("PARK_DOWNTIME_SHARED") or Path(__file__).parents[3] / "shared") / "data"
"""Recordings of the real feed beside the checkout; what needs them is left out where they are not there."""

PARTS: dict[str, tuple[str, Callable[[Report], None]]] = {
    "simulated": ("Simulated days", simulated),
    "truth": ("A recording that says DOWN", lambda report: truth(report, SHARED)),
    "edges": ("A recording with official hours", lambda report: edges(report, SHARED)),
    "recordings": ("Recordings of the real feed", lambda report: recordings(report, SHARED)),
    "badge": ("The Down badge", lambda report: badges(report, SHARED)),
    "reopening": ("Back today", lambda report: reopening(report, SHARED)),
    "speed": ("Replay", replay_speed),
}
NEED_RECORDINGS = ("truth", "edges", "recordings", "reopening")


def main(chosen: list[str]) -> int:
    chosen = [part for part in PARTS if part in chosen or not chosen or "all" in chosen] or chosen
    unknown = [part for part in chosen if part not in PARTS]
    if unknown:
        print(f"No part {', '.join(unknown)}; there are: {', '.join(PARTS)}, all", file=sys.stderr)
        return 2
    failed = 0
    for part in chosen:
        title, run = PARTS[part]
        print(f"## {title}\n")
        if part in NEED_RECORDINGS and not SHARED.is_dir():
            print(f"Left out: no recordings of the real feed in {SHARED}\n", flush=True)
            continue
        report = Report()
        run(report)
        print(report, flush=True)
        failed += report.failed
    print(f"{failed} checks FAILED" if failed else "Every check ok.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
