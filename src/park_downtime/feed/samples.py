"""Samples of rejected payloads on disk, for study: few, small, and never half written."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

_SUFFIX = ".sample"
_HALF_WRITTEN = ".part"
_LONGEST_REASON = 300
LARGEST_SAMPLE = 65536


class SampleStore:
    """Each file is one line of JSON (park, time, reason, size) and then the answer as it came.

    When there are more than `most_files`, the oldest of the park with the most goes: one park
    that stays broken must not push out what the others sent.
    """

    def __init__(self, folder: Path, most_files: int = 50, most_bytes: int = LARGEST_SAMPLE) -> None:
        self._folder = folder
        self._most_files = most_files
        self._most_bytes = most_bytes

    def keep(self, park_id: int | None, body: bytes, reason: str, at: datetime) -> Path | None:
        """Writes one sample; `park_id` None is the park list. A full disk is logged, never raised."""
        name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}_{'list' if park_id is None else park_id}"
        facts = {
            "park_id": park_id,
            "at": at.astimezone(UTC).isoformat(),
            "reason": reason[:_LONGEST_REASON],
            "bytes": len(body),
        }
        head = json.dumps(facts).encode() + b"\n"
        path = self._folder / (name + _SUFFIX)
        part = self._folder / (name + _HALF_WRITTEN)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes((head + body)[: self._most_bytes])
            part.replace(path)
            self._drop_the_oldest()
        except OSError as error:
            log.warning("sample not kept: %s", error, extra={"park_id": park_id})
            return None
        return path

    def _drop_the_oldest(self) -> None:
        for part in self._folder.glob("*" + _HALF_WRITTEN):
            part.unlink(missing_ok=True)  # of a process that was killed
        samples = sorted(self._folder.glob("*" + _SUFFIX))
        of_park = Counter(map(_park_of, samples))
        while len(samples) > self._most_files:
            most = max(of_park.values())
            oldest = next(path for path in samples if of_park[_park_of(path)] == most)
            oldest.unlink(missing_ok=True)
            samples.remove(oldest)
            of_park[_park_of(oldest)] -= 1


def _park_of(path: Path) -> str:
    return path.stem.partition("_")[2]
