"""Keeps what was computed for the present data version: each thing once, the least used go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Event, Lock, Semaphore
from typing import Any, TypeVar

from park_downtime.config import heap_tuning

MOST_BYTES = 8 * 1024 * 1024
"""A hundred rankings, or six lists of all 5,000 rides: `serve` stays below 150 MB with it."""
COMPUTED_AT_ONCE = 2
"""Python works on one at a time; what each holds until it is done, a list of all rides say, adds up."""
LONGEST_WAIT_SECONDS = 0.5
"""For one's turn: a database that hangs must not hold up one visitor after the other."""

Value = TypeVar("Value")


@dataclass
class _Flight:
    """A computation in progress, for those who want the same and wait."""

    landed: Event
    value: Any = None
    failure: BaseException | None = None


class SingleFlightCache:
    """Safe for threads. `version` is whatever tells one state of the data from the next."""

    def __init__(self, most_bytes: int = MOST_BYTES, computed_at_once: int = COMPUTED_AT_ONCE) -> None:
        self._turns = Semaphore(computed_at_once)
        self._most_bytes = most_bytes
        self._bytes = self._let_go = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._flights: dict[Hashable, _Flight] = {}
        self._version: Hashable = None
        self._lock = Lock()

    @property
    def held_bytes(self) -> int:
        return self._bytes

    def get(
        self,
        version: Hashable,
        key: Hashable,
        compute: Callable[[], Value],
        size: Callable[[Value], int],
    ) -> Value:
        """What is kept under the key, else what `compute` gives, which runs once at a time per key."""
        while True:
            with self._lock:
                self._forget_other_than(version)
                found = self._values.get(key)
                if found is not None:
                    self._values.move_to_end(key)
                    value: Value = found[0]
                    return value
                flight = self._flights.get((version, key))
                is_ours = flight is None
                if flight is None:
                    flight = self._flights[(version, key)] = _Flight(Event())
            if is_ours:
                return self._fly(version, key, flight, compute, size)
            flight.landed.wait()
            if flight.failure is None:
                landed: Value = flight.value
                return landed
            raise flight.failure

    def _fly(
        self,
        version: Hashable,
        key: Hashable,
        flight: _Flight,
        compute: Callable[[], Value],
        size: Callable[[Value], int],
    ) -> Value:
        try:
            value = self._in_turn(compute)
            flight.value = value
            self._keep(version, key, value, size(value))
            return value
        except BaseException as error:
            flight.failure = error
            raise
        finally:
            with self._lock:
                self._flights.pop((version, key), None)
            flight.landed.set()
            self._give_back()

    def _in_turn(self, compute: Callable[[], Value]) -> Value:
        has_turn = self._turns.acquire(timeout=LONGEST_WAIT_SECONDS)
        try:
            return compute()
        finally:
            if has_turn:
                self._turns.release()

    def _keep(self, version: Hashable, key: Hashable, value: Any, size: int) -> None:
        with self._lock:
            if version != self._version or size > self._most_bytes:
                return
            self._values[key] = (value, size)
            self._bytes += size
            while self._bytes > self._most_bytes:
                _, (_, freed) = self._values.popitem(last=False)
                self._bytes -= freed
                self._let_go += freed

    def _give_back(self) -> None:
        """To the system, each time that as much was let go as may be kept: it lies among what is not."""
        with self._lock:
            if self._let_go < self._most_bytes:
                return
            self._let_go = 0
        heap_tuning.give_back()

    def _forget_other_than(self, version: Hashable) -> None:
        if version != self._version:
            self._version = version
            self._values.clear()
            self._let_go += self._bytes
            self._bytes = 0
