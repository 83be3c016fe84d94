"""The real commands as processes of their own, told a simulated time, to be killed at any moment.

Forked by a server process that has everything imported already: two hundred starts cost seconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

PRELOADED = [
    "__main__",  # or each child would import pytest anew
    "park_downtime.cli",
    "park_downtime.commands.aggregate",
    "park_downtime.commands.collect",
    "park_downtime.commands.prune",
    "park_downtime.commands.serve",
    "park_downtime.api.app",
    "park_downtime.jobs.aggregate",
    "park_downtime.jobs.collect",
    "park_downtime.jobs.prune",
    "park_downtime.classification.classifier",
    "park_downtime.server.embedded",
    "pymysql",
    "sqlalchemy.dialects.mysql.pymysql",
    "sqlalchemy.dialects.sqlite.pysqlite",
]


class Commands:
    """`start` answers a process that runs `park-downtime ARGUMENTS` at the time that `tell` said last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)
        self._now: Any = self._context.Value("d", 0.0)
        self.log = folder / "commands.log"

    def tell(self, now: datetime) -> None:
        self._now.value = now.timestamp()

    def start(
        self, arguments: Sequence[str], environment: Mapping[str, str], now: datetime | None = None
    ) -> ForkServerProcess:
        if now is not None:
            self.tell(now)
        process = self._context.Process(
            target=_run, args=(list(arguments), dict(environment), self._now, str(self.log)), daemon=True
        )
        process.start()
        return process

    def run(self, arguments: Sequence[str], environment: Mapping[str, str], now: datetime) -> float:
        """The seconds that it took. Raises where it failed."""
        begun = time.monotonic()
        process = self.start(arguments, environment, now)
        process.join()
        if process.exitcode:
            raise RuntimeError(f"{arguments} ended with {process.exitcode}: {self.log.read_text()[-2000:]}")
        return time.monotonic() - begun

    def run_and_kill(
        self, arguments: Sequence[str], environment: Mapping[str, str], now: datetime, after_seconds: float
    ) -> bool:
        """Whether the kill came before the end."""
        process = self.start(arguments, environment, now)
        process.join(after_seconds)
        was_alive = process.exitcode is None
        process.kill()
        process.join()
        return was_alive


def _run(arguments: list[str], environment: dict[str, str], now: Any, log: str) -> None:
    from park_downtime import clock
    from park_downtime.api.app import create_app
    from park_downtime.cli import main

    def told() -> datetime:
        return datetime.fromtimestamp(now.value, UTC)

    # Nothing else reads the time: clock.py is the only one that may.
    clock.utc_now = told
    assert create_app.__kwdefaults__ is not None
    create_app.__kwdefaults__["clock"] = told
    os.environ.update(environment)
    os.chdir(Path(log).parent)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    status = main(arguments)
    sys.stdout.flush()
    os._exit(status)
