"""Runs benchmarks one after another, each in its own process: `python -m benchmarks [NAME...|all]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
KEEP = "BENCH_KEEP"
LONG = ("accuracy", "hour", "memory", "quota", "years")
"""Take many minutes: only when they are named."""


def names() -> list[str]:
    modules = [file.stem for file in FOLDER.glob("*.py") if not file.name.startswith("_")]
    packages = [file.parent.name for file in FOLDER.glob("*/__main__.py")]
    return sorted(modules + packages)


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in (*names(), "all")]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    wanted = chosen or [name for name in names() if name not in LONG]
    with tempfile.TemporaryDirectory(prefix="park-downtime-bench-") as folder:
        # Databases of full size are built once for all of them.
        environment = {KEEP: folder, **os.environ}
        missed = []
        for name in names() if "all" in wanted else wanted:
            print(f"== {name}", flush=True)
            command = [sys.executable, "-m", f"benchmarks.{name}"]
            if subprocess.run(command, cwd=FOLDER.parent, env=environment).returncode:
                missed.append(name)
    print(f"Budgets missed: {', '.join(missed)}" if missed else "Every budget kept.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
