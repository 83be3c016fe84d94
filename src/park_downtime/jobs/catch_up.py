"""Cycles that waited for the database are stored, oldest first, and none of them holds up the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from park_downtime.clock import monotonic_seconds
from park_downtime.collection.spool import Spool
from park_downtime.collection.store import StoredCycle, store_cycle
from park_downtime.collection.sync_rides import Classifies
from park_downtime.database.engine import DATABASE_AWAY, in_one_line
from park_downtime.model import Cycle


def stored_from_spool(
    engine: Engine, classifier: Classifies, spool: Spool, this: Cycle, until: float
) -> Iterator[StoredCycle]:
    """Store what waits until all is stored or the time is up; the rest waits on.

    A cycle that cannot be stored is set aside once another could be: the reason lies in the cycle. If
    none could be, the reason lies elsewhere, such as a database that is not migrated: all wait on, and the
    first error is raised. So is at once what DATABASE_AWAY names.
    """
    refused: dict[Path, Exception] = {}
    is_any_stored = False
    for path in spool.waiting():
        cycle = spool.read(path)
        if cycle is None:
            continue
        try:
            done = store_cycle(engine, cycle, classifier, was_spooled=cycle.recorded_at != this.recorded_at)
        except DATABASE_AWAY:
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
