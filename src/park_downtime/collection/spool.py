"""Cycles that wait for the database: one small file each, oldest first, bounded.

The list of tracked parks is kept beside them, so that a cycle can run without the database.
"""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Engine

from park_downtime.clock import monotonic_seconds
from park_downtime.collection.spool_format import (
    NAME,
    SpoolUnreadable,
    cycle_from_lines,
    cycle_to_lines,
    waiting_files,
)
from park_downtime.collection.store import StoredCycle, store_cycle
from park_downtime.collection.sync_rides import Classifies
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line
from park_downtime.model import Cycle, TrackedPark
from park_downtime.whole_file import UNFINISHED, write_whole

log = logging.getLogger(__name__)

MOST_CYCLES = 1008  # a week of ten-minute cycles
MOST_BYTES = 200_000_000
MOST_SET_ASIDE = 20
TRACKED_FILE = "tracked-parks.json"
_ASIDE = ".aside"


class Spool:
    """The cycles kept in `folder`. One process at a time uses it: see `lock`."""

    def __init__(self, folder: Path, most_cycles: int = MOST_CYCLES, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self._most_cycles = most_cycles
        self._most_bytes = most_bytes

    def waiting(self) -> list[Path]:
        return waiting_files(self.folder)

    def keep(self, cycle: Cycle) -> bool:
        """Whether the cycle is safe on disk. A cycle that cannot be kept is lost, and logged so."""
        path = self.folder / cycle.recorded_at.strftime(NAME)
        lines = "".join(line + "\n" for line in cycle_to_lines(cycle))
        content = gzip.compress(lines.encode(), mtime=0)
        if len(content) > self._most_bytes:
            log.error("cycle lost: too large for SPOOL_DIR", extra={"recorded_at": str(cycle.recorded_at)})
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left_over in self.folder.glob(f"cycle-*{UNFINISHED}"):
                left_over.unlink()
            self._make_room(len(content), path)
            write_whole(path, content)
        except OSError as error:
            log.error(
                "cycle lost: it could not be kept in SPOOL_DIR",
                extra={"recorded_at": cycle.recorded_at.isoformat(), "reason": str(error)},
            )
            return False
        return True

    def read(self, path: Path) -> Cycle | None:
        """The cycle, or None when its file cannot be understood and has been set aside."""
        try:
            lines = gzip.decompress(path.read_bytes()).decode().splitlines()
            return cycle_from_lines(lines)
        except (SpoolUnreadable, OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            self.set_aside(path, f"it is unreadable: {error}")
            return None

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def keep_tracked(self, parks: list[TrackedPark]) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            content = json.dumps([asdict(park) for park in parks]).encode()
            write_whole(self.folder / TRACKED_FILE, content)
        except OSError as error:
            log.error("list of tracked parks not kept in SPOOL_DIR", extra={"reason": str(error)})

    def tracked(self) -> list[TrackedPark]:
        """The parks tracked when the database was last there; empty when that is not known."""
        path = self.folder / TRACKED_FILE
        try:
            entries = json.loads(path.read_bytes())
            return [
                TrackedPark(int(entry["park_id"]), str(entry["name"]), str(entry["timezone"]))
                for entry in entries
            ]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("list of tracked parks in SPOOL_DIR is unreadable", extra={"reason": str(error)})
            return []

    def set_aside(self, path: Path, reason: str) -> None:
        """The cycle waits no longer; its file is kept for study, as one of the last few."""
        log.error(
            "cycle lost: its file in SPOOL_DIR was set aside", extra={"file": path.name, "reason": reason}
        )
        try:
            path.replace(path.with_name(path.name + _ASIDE))
            for old in sorted(self.folder.glob(f"*{_ASIDE}"))[:-MOST_SET_ASIDE]:
                old.unlink()
        except OSError as error:
            log.error("file could not be set aside", extra={"file": path.name, "reason": str(error)})

    def _make_room(self, size: int, path: Path) -> None:
        """Drop the oldest until one more fits; the newest readings are worth the most."""
        others = [other for other in self.waiting() if other != path]
        sizes = {other: other.stat().st_size for other in others}
        total = size + sum(sizes.values())
        while others and (len(others) + 1 > self._most_cycles or total > self._most_bytes):
            oldest = others.pop(0)
            total -= sizes[oldest]
            oldest.unlink()
            log.error("cycle lost: SPOOL_DIR is full, the oldest was dropped", extra={"file": oldest.name})


def stored_from_spool(
    engine: Engine, classifier: Classifies, spool: Spool, this: Cycle, until: float
) -> Iterator[StoredCycle]:
    """Store what waits until all is stored or the time is up; the rest waits on.

    A cycle that cannot be stored is set aside once another could be: the reason lies in the cycle. If
    none could be, the reason lies elsewhere, such as a database that is not migrated: all wait on, and the
    first error is raised. So is at once what DATABASE_UNAVAILABLE names.
    """
    refused: dict[Path, Exception] = {}
    is_any_stored = False
    for path in spool.waiting():
        cycle = spool.read(path)
        if cycle is None:
            continue
        try:
            done = store_cycle(engine, cycle, classifier, was_spooled=cycle.recorded_at != this.recorded_at)
        except DATABASE_UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - raised below, or logged when the file is set aside
            refused[path] = error
        else:
            is_any_stored = True
            spool.remove(path)
            yield done
        if monotonic_seconds() >= until:
            break
    if refused and not is_any_stored:
        raise next(iter(refused.values()))
    for path, reason in refused.items():
        spool.set_aside(path, f"it cannot be stored: {in_one_line(reason)}")
