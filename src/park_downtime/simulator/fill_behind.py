"""The history of a demo, filled in behind the running pages by a process of its own.

Judging days is work for a whole processor: in a thread of the server every answer would wait for it. The
process ends with the one that started it, however that ends, and leaves whole days.

    python -m park_downtime.simulator.fill_behind DATABASE_URL SEED UNTIL LOG_FORMAT
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread

from park_downtime.clock import monotonic_seconds, utc_now

log = logging.getLogger(__name__)

TELL_EVERY_SECONDS = 5.0
NICENESS = 5  # the pages come first


@dataclass(frozen=True, slots=True)
class Filled:
    """How many days of the history are there."""

    days: int
    of_days: int

    @property
    def is_partial(self) -> bool:
        return self.days < self.of_days

    def __str__(self) -> str:
        return f"History is being filled in: {self.days} of {self.of_days} days"


class FillingBehind:
    """Started once; `is_over` is set when all is there, and when it cannot go on."""

    def __init__(self, database_url: str, seed: int, until: datetime, log_format: str, begun: Filled) -> None:
        self._begun = begun
        self._arguments = [database_url, str(seed), until.isoformat(), log_format]
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = False
        self.is_over = Event()

    def start(self, tell: Callable[[Filled | None], None]) -> None:
        """`tell` is called with each state, and with None at the end, from a thread after the first."""
        if self._begun.is_partial:
            tell(self._begun)
            log.info(str(self._begun))
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            # -P: no module of the folder it is started from takes the place of one of ours.
            [sys.executable, "-P", "-m", __name__, *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the server, which ends this one
        )
        Thread(target=self._follow, args=(self._process, tell), name="history", daemon=True).start()

    def stop(self) -> None:
        self._is_stopped = True
        if self._process is not None:
            self._process.kill()  # what was begun is rolled back
            self._process.wait()

    def _follow(self, process: subprocess.Popen[str], tell: Callable[[Filled | None], None]) -> None:
        state, told_at = None, monotonic_seconds()
        for line in process.stdout or ():
            state = Filled(*map(int, line.split()))
            if state.is_partial:
                tell(state)
                if monotonic_seconds() - told_at >= TELL_EVERY_SECONDS:
                    told_at = monotonic_seconds()
                    log.info(str(state))
        status = process.wait()
        if self._is_stopped:
            return
        self.is_over.set()
        tell(None)
        if status == 0 and state is not None:
            log.info(f"History is complete: {state.of_days} days")
        else:
            log.error("the history could not be filled in; the next start of the demo goes on with it")


def main(database_url: str, seed: str, until: str, log_format: str) -> None:
    from park_downtime.config import logs
    from park_downtime.config.gc_tuning import look_rarely
    from park_downtime.database.engine import make_engine
    from park_downtime.simulator.backfill import fill_history
    from park_downtime.simulator.worlds import demo_world

    logs.configure("WARNING", log_format)
    look_rarely()
    os.nice(NICENESS)
    Thread(target=_end_with_the_server, daemon=True).start()
    world, at = demo_world(int(seed)), datetime.fromisoformat(until)
    fill_history(make_engine(database_url), world, at, utc_now, _say)


def _end_with_the_server() -> None:
    sys.stdin.read()
    os._exit(1)


def _say(days: int, of_days: int) -> None:
    sys.stdout.write(f"{days} {of_days}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
