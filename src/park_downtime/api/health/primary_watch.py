"""How far the primary has come, for whoever reads from a replica: looked up beside the requests."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from datetime import datetime
from threading import Condition, Thread

from sqlalchemy import Engine

from park_downtime import clock
from park_downtime.database.again import read_again
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line
from park_downtime.database.version import current_version

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
OLD_SECONDS = 15.0
"""Whoever comes after a while in which nobody asked waits for the look, as the very first one does."""
LONGEST_WAIT_SECONDS = 2.0
"""Unless that takes so long: a primary that is away is what a replica is for."""


class PrimaryWatch:
    """The primary's newest cycle, at most some seconds old."""

    def __init__(self, primary: Engine, seconds: Callable[[], float] = clock.monotonic_seconds) -> None:
        self._primary = primary
        self._seconds = seconds
        self._newest: datetime | None = None
        self._looked_at: float | None = None
        self._is_looking = False
        self._changed = Condition()

    def newest(self) -> datetime | None:
        """None before the first cycle, and while the primary does not answer."""
        with self._changed:
            age = math.inf if self._looked_at is None else self._seconds() - self._looked_at
            if age >= LOOK_SECONDS and not self._is_looking:
                self._is_looking = True
                Thread(target=self._look, name="primary", daemon=True).start()
            if age >= OLD_SECONDS:
                self._changed.wait_for(lambda: not self._is_looking, LONGEST_WAIT_SECONDS)
            return self._newest

    def _look(self) -> None:
        newest = None
        try:
            _, newest = read_again(self._primary, current_version)
        except DATABASE_UNAVAILABLE as error:
            log.warning("the primary is away", extra={"reason": in_one_line(error)})
        except Exception:
            log.exception("the primary cannot be asked")
        finally:
            with self._changed:
                self._newest, self._looked_at, self._is_looking = newest, self._seconds(), False
                self._changed.notify_all()
