"""SIGINT and SIGTERM end what runs: in order where that is quick, and in any case soon."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread, Timer

from park_downtime.commands.saying import say
from park_downtime.plain_text import one_line

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)
LONGEST_ORDERLY_END_SECONDS = 1.75
"""Then the process ends where it stands: whatever is at work leaves whole parks and days, or nothing."""
ENDED_AS_TOLD = 0


@contextmanager
def stop_signals() -> Iterator[Event]:
    """Inside, SIGINT and SIGTERM set the event; the end is said in one line.

    What fails after that, as a database that is given up, is only logged: nobody waits for it any more.
    Waiting for a database or a name server cannot be told to stop, and Python looks at signals only once
    that is over. So a thread hears of them, and ends the process when it takes too long, and at once at a
    second signal.
    """
    stopping = Event()
    hears, tells = os.pipe()
    os.set_blocking(tells, False)
    too_long = Timer(LONGEST_ORDERLY_END_SECONDS, _end_now)
    too_long.daemon = True
    before = {number: signal.signal(number, _leave_it_to_the_thread) for number in SIGNALS}
    told_before = signal.set_wakeup_fd(tells, warn_on_full_buffer=False)
    listener = Thread(target=_listen, args=(hears, stopping, too_long), name="signals", daemon=True)
    listener.start()
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
        signal.set_wakeup_fd(told_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(tells)  # the end of what the thread reads
        listener.join()
        os.close(hears)
        too_long.cancel()


def _leave_it_to_the_thread(*_: object) -> None:
    """A signal with a handler is not the end of the process."""


def _listen(hears: int, stopping: Event, too_long: Timer) -> None:
    """Each signal is one byte, its number."""
    while told := os.read(hears, 1):
        if told[0] not in SIGNALS:
            continue
        if stopping.is_set():
            _end_now()
        stopping.set()
        too_long.start()


def _last_line() -> str:
    """A terminal has just shown ^C."""
    return "\nStopped." if sys.stdout.isatty() else "Stopped."


def _end_now() -> None:
    with suppress(OSError, RuntimeError):  # nobody reads any more, or the line was just being written
        os.write(sys.stdout.fileno(), f"{_last_line()}\n".encode())
    os._exit(ENDED_AS_TOLD)
