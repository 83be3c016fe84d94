"""The data version as every process sees it: looked up beside the requests, not by each of them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Condition, Thread

from park_downtime import __version__, clock
from park_downtime.api import spec
from park_downtime.api.middleware.errors import Unavailable
from park_downtime.database.availability import unforeseen
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line
from park_downtime.timeline.runs import is_stale

log = logging.getLogger(__name__)

FRESH_SECONDS = 0.5
"""A version looked up this recently is used as it is."""
OLD_SECONDS = 0.9
"""One older than this is not used any more: the request waits for the next look."""
LONGEST_WAIT_SECONDS = 2.0
"""Unless that takes so long: a database that is away must not hold up what is already computed."""


@dataclass(frozen=True, slots=True)
class Version:
    """What the database says. `as_of` is the last landed cycle, at which everything is evaluated."""

    number: int
    as_of: datetime | None
    interval_seconds: int | None
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class DataVersion:
    """One state of the data, of which each answer is made once: a version, and whether the clock has
    passed the time for which it speaks of now.
    """

    version: Version
    is_stale: bool

    @property
    def as_of(self) -> datetime | None:
        return self.version.as_of

    @property
    def is_simulated(self) -> bool:
        return self.version.is_simulated

    @property
    def etag(self) -> str:
        """Weak: the compressed answer carries the same."""
        as_of = self.version.as_of
        seconds = 0 if as_of is None else int(as_of.timestamp())
        return f'W/"{self.version.number:x}-{seconds:x}-{"s" if self.is_stale else "f"}-{program()}"'


@cache
def program() -> str:
    """A new release may answer differently from the same data."""
    return hashlib.sha256((__version__ + spec.text()).encode()).hexdigest()[:8]


def data_version_of(version: Version, now: datetime) -> DataVersion:
    """The version as it is at `now`."""
    if version.as_of is None or version.interval_seconds is None:
        return DataVersion(version, is_stale=False)
    return DataVersion(version, is_stale(version.as_of, now, version.interval_seconds))


class VersionWatch:
    """The newest version, at most about a second old, asked for at most every half second."""

    def __init__(
        self,
        look: Callable[[Version | None], Version],
        seconds: Callable[[], float] = clock.monotonic_seconds,
    ) -> None:
        self._look = look
        self._seconds = seconds
        self._version: Version | None = None
        self._looked_at = 0.0
        self._is_looking = False
        self._failure: BaseException | None = None
        self._changed = Condition()

    def current(self) -> Version:
        """Raises what the look raised when there has never been a successful one."""
        version = self._version
        if version is not None and self._seconds() - self._looked_at < FRESH_SECONDS:
            return version
        with self._changed:
            age = self._seconds() - self._looked_at
            if self._version is None or age >= FRESH_SECONDS:
                self._start_looking()
            if self._version is None or age >= OLD_SECONDS:
                self._changed.wait_for(lambda: not self._is_looking, LONGEST_WAIT_SECONDS)
            if self._version is None:
                raise self._failure or Unavailable("The database does not answer in time")
            return self._version

    def _start_looking(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            Thread(target=self._look_once, name="data-version", daemon=True).start()

    def _look_once(self) -> None:
        before = found = self._version
        failure: BaseException | None = None
        try:
            found = self._look(before)
        except DATABASE_UNAVAILABLE as error:
            log.warning("data version unknown", extra={"reason": in_one_line(error)})
            failure = error
        except Exception as error:
            log.error(
                "data version unknown", exc_info=unforeseen(error), extra={"reason": in_one_line(error)}
            )
            failure = error
        finally:
            with self._changed:
                self._version, self._failure = found, failure
                self._looked_at = self._seconds()
                self._is_looking = False
                self._changed.notify_all()
