"""SIGINT and SIGTERM end what runs: in order where that is quick, and in any case soon."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any

from park_downtime.commands.saying import say
from park_downtime.plain_text import one_line

log = logging.getLogger(__name__)

LONGEST_ORDERLY_END_SECONDS = 1.75
"""Then the process ends where it stands: whatever is at work leaves whole parks and days, or nothing."""
ENDED_AS_TOLD = 0


@contextmanager
def stop_signals() -> Iterator[Event]:
    """Inside, SIGINT and SIGTERM set the event; the end is said in one line.

    What fails after that, as a database that is given up, is only logged: nobody waits for it any more.
    Waiting for a database or a name server cannot be told to stop. So the process ends by itself when
    it takes too long, and at once at a second signal.
    """
    stopping = Event()
    too_long = Timer(LONGEST_ORDERLY_END_SECONDS, _end_now)
    too_long.daemon = True

    def stop(*_: Any) -> None:
        if stopping.is_set():
            _end_now()
        stopping.set()
        too_long.start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        try:
            yield stopping
        except Exception as error:
            if not stopping.is_set():
                raise
            log.warning("ended while stopping", extra={"reason": one_line(str(error))})
        if stopping.is_set():
            say(_last_line())
    finally:
        too_long.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _last_line() -> str:
    """A terminal has just shown ^C."""
    return "\nStopped." if sys.stdout.isatty() else "Stopped."


def _end_now() -> None:
    with suppress(OSError, RuntimeError):  # nobody reads any more, or the line was just being written
        os.write(sys.stdout.fileno(), f"{_last_line()}\n".encode())
    os._exit(ENDED_AS_TOLD)
