"""`python -m benchmarks.faults [--only NAME...]` causes faults and judges the days; 1 if one is wrong."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.faults import (
    api_faults,
    calendar_faults,
    clock_faults,
    database_faults,
    disk_faults,
    feed_faults,
    kill_faults,
)
from benchmarks.faults.bench import Bench, Fault, LeftOut
from benchmarks.faults.verdict import Verdict

FAULTS: dict[str, Fault] = {
    fault.name: fault
    for module in (
        feed_faults,
        database_faults,
        disk_faults,
        kill_faults,
        clock_faults,
        calendar_faults,
        api_faults,
    )
    for fault in module.FAULTS
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", default=list(FAULTS), choices=list(FAULTS))
    chosen = parser.parse_args(arguments).only
    logging.disable(logging.CRITICAL)
    begun, wrong = time.monotonic(), []
    print("| fault | what was done | expected | what came of it | s |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="park-downtime-faults-") as folder:
        bench = Bench(Path(folder))
        try:
            for name in chosen:
                started = time.monotonic()
                verdict = _cause(bench, FAULTS[name])
                wrong += [name] if verdict.wrong else []
                _print_row(FAULTS[name], verdict, time.monotonic() - started)
        finally:
            bench.close()
    result = f"WRONG: {', '.join(wrong)}" if wrong else "Every fault as expected."
    print(f"\n{time.monotonic() - begun:.0f} s. {result}")
    return 1 if wrong else 0


def _cause(bench: Bench, fault: Fault) -> Verdict:
    try:
        return fault.cause(bench)
    except LeftOut as error:
        return Verdict(f"left out: {error}")


def _print_row(fault: Fault, verdict: Verdict, seconds: float) -> None:
    text = "; ".join([("" if verdict.is_right else "**WRONG** ") + verdict.text, *verdict.notes])
    print(f"| `{fault.name}` | {fault.done} | {fault.expected} | {text} | {seconds:.0f} |", flush=True)
    for line in verdict.wrong:
        print(f"    {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
