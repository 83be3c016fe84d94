"""What health says of a read replica: how far it lies behind, and whether visitors are turned away for it."""

from __future__ import annotations

from datetime import datetime

from park_downtime.api.app_context import AppContext
from park_downtime.api.middleware.errors import told_of_database
from park_downtime.database.cycles import CycleRow
from park_downtime.database.engine import DATABASE_UNAVAILABLE
from park_downtime.database.replica import require_fresh, require_tables
from park_downtime.database.version import current_version


def replica_state(service: AppContext, newest: CycleRow | None) -> tuple[float | None, str | None]:
    """Minutes between the newest cycles of replica and primary, and what is wrong; both None without a
    replica. `newest` is the primary's, None where it has none or cannot be asked.
    """
    if not service.has_replica:
        return None, None
    as_of = None
    try:
        with service.reading() as connection:
            require_tables(connection)
            _, as_of = current_version(connection)
        if newest is not None and service.fixed_at is None:
            require_fresh(newest.recorded_at, as_of, newest.interval_seconds)
    except DATABASE_UNAVAILABLE as error:
        return _minutes(newest, as_of), told_of_database(error)
    return _minutes(newest, as_of), None


def _minutes(newest: CycleRow | None, as_of: datetime | None) -> float | None:
    if newest is None or as_of is None:
        return None
    # A cycle that landed between the two questions is no lag.
    return max(0.0, round((newest.recorded_at - as_of).total_seconds() / 60, 2))
