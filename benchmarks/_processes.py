"""Work in a process of its own, which reports its own CPU time and peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent


def in_own_process(
    module: str, *arguments: object, timeout: float = 900, enter: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Run `python -m benchmarks.MODULE ARGUMENTS`; what `report` printed there as its last line.

    `enter` is called in the process before it begins.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=timeout,
        check=True,
        preexec_fn=enter,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextmanager
def serving(module: str, *arguments: object) -> Iterator[str]:
    """`python -m benchmarks.MODULE ARGUMENTS` until the end of the block: the URL that it prints first.

    It serves until its standard input ends, which it also does when the benchmark is killed.
    """
    server = subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None and server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.stdin.close()
        server.wait(timeout=30)


def report(**figures: Any) -> None:
    """To be called last: the figures, with the process's CPU seconds and peak memory."""
    print(json.dumps({**figures, "cpu_seconds": time.process_time(), "peak_mb": peak_mb()}))


def peak_mb() -> float:
    """Not `getrusage`: that counts what the parent had in memory at the fork."""
    return memory_mb("self", "VmHWM")


def memory_mb(process: int | str, what: str) -> float:
    """`what`: VmRSS, resident now, or VmHWM, the most it ever was."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("a process's memory is known on Linux only")
