"""Processes under the limits of the shipped services: a quarter of a core, 512 MB (`deployment/systemd`)."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CORE_SHARE = 0.25
MEGABYTES = 512
PERIOD_MICROSECONDS = 100_000
GROUPS = Path("/sys/fs/cgroup")
NAME = f"park-downtime-bench-{os.getpid()}"

Enter = Callable[[], None]
"""To be called in the process that is limited, before it begins."""


@contextmanager
def limited() -> Iterator[tuple[Enter, str]]:
    """By control groups where they may be made; else memory alone, and who reads compares CPU seconds."""
    quota = int(CORE_SHARE * PERIOD_MICROSECONDS)
    nbytes = MEGABYTES * 1024 * 1024
    made: list[Path] = []
    try:
        if (GROUPS / "cgroup.controllers").exists():
            limits = {"cpu.max": f"{quota} {PERIOD_MICROSECONDS}", "memory.max": str(nbytes)}
            made.append(_made(GROUPS / NAME, limits))
        else:
            cpu = {"cpu.cfs_period_us": str(PERIOD_MICROSECONDS), "cpu.cfs_quota_us": str(quota)}
            made.append(_made(GROUPS / "cpu" / NAME, cpu))
            made.append(_made(GROUPS / "memory" / NAME, {"memory.limit_in_bytes": str(nbytes)}))
    except OSError:
        _removed(made)
        yield lambda: resource.setrlimit(resource.RLIMIT_AS, (nbytes, nbytes)), "address space alone"
        return
    try:
        yield lambda: _enter(made), "control groups"
    finally:
        _removed(made)


def _made(group: Path, limits: dict[str, str]) -> Path:
    group.mkdir()
    try:
        for file, limit in limits.items():
            (group / file).write_text(limit)
    except OSError:
        group.rmdir()
        raise
    return group


def _enter(groups: list[Path]) -> None:
    for group in groups:
        (group / "cgroup.procs").write_text(str(os.getpid()))


def _removed(groups: list[Path]) -> None:
    for group in groups:
        group.rmdir()
