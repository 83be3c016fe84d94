"""SIGINT and SIGTERM as an event to wait for, so that what runs can end in order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any


@contextmanager
def stop_signals() -> Iterator[Event]:
    """Inside, SIGINT and SIGTERM set the event instead of ending the process."""
    stopping = Event()

    def stop(*_: Any) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
