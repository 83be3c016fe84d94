"""Runs the benchmarks one after another, each in its own process: `python -m benchmarks [NAME...]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    modules = [file.stem for file in FOLDER.glob("*.py") if not file.name.startswith("_")]
    packages = [file.parent.name for file in FOLDER.glob("*/__main__.py")]
    return sorted(modules + packages)


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in names()]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    missed = []
    for name in chosen or names():
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=FOLDER.parent).returncode:
            missed.append(name)
    print(f"Budgets missed: {', '.join(missed)}" if missed else "Every budget kept.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
