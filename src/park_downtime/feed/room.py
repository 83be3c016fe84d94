"""How much one cycle may hold in memory: where parks say too much, those that say the most go."""

from __future__ import annotations

import sys

from park_downtime.model import ParkReadings

MOST_BYTES = 8_000_000
"""Several times what a hundred parks of fifty rides take."""
_READING_BYTES = 250


class CycleRoom:
    """The readings of a cycle. A small park never loses its own to a large one."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes: dict[int, int] = {}
        self.held: dict[int, ParkReadings] = {}

    def take(self, readings: ParkReadings) -> list[int]:
        """Hold them too; answers the parks, largest first, that had to go for it."""
        self.held[readings.park_id] = readings
        self._bytes[readings.park_id] = _size(readings)
        gone = []
        while sum(self._bytes.values()) > self._most_bytes:
            largest = max(self._bytes, key=self._bytes.__getitem__)
            del self._bytes[largest], self.held[largest]
            gone.append(largest)
        return gone


def _size(readings: ParkReadings) -> int:
    """About what they take."""
    return sum(
        _READING_BYTES
        + (0 if reading.name is None else sys.getsizeof(reading.name))
        + (0 if reading.land is None else sys.getsizeof(reading.land.name))
        for reading in readings.readings
    )
