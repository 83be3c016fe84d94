"""One collector at a time: a lock on a file that dies with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO

LOCK_FILE = "collect.lock"


class LockHeld(Exception):
    """Another process is collecting; the message says which and since when."""


class LockUnusable(Exception):
    """There can be no lock in SPOOL_DIR; the message says why."""


@contextmanager
def collecting_alone(folder: Path, what: str, since: datetime) -> Iterator[None]:
    """Hold the lock of `folder`; raises LockHeld at once when another holds it, or LockUnusable.

    The file stays when the lock is given up: removing it would let two processes lock two files.
    """
    path = folder / LOCK_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise LockUnusable(f"SPOOL_DIR cannot be used: {error}") from error
    with file:
        _take(file, path)
        _sign(file, f"{what}, process {os.getpid()}, since {since:%Y-%m-%d %H:%M:%S} UTC")
        try:
            yield
        finally:
            _sign(file, "")


def _take(file: TextIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read(200).strip() or "another process"
        raise LockHeld(f"already collecting: {holder} ({path})") from None
    except OSError as error:
        raise LockUnusable(f"SPOOL_DIR allows no lock: {error}") from error


def _sign(file: TextIO, text: str) -> None:
    """Who holds the lock is a courtesy: on a full disk the lock holds all the same."""
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), text.encode())
