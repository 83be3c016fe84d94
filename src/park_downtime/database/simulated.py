"""Whether the database holds made-up data. Once marked it stays so: real readings beside them change nothing.

The mark is stored with the first thing that comes from the simulator, so copies know it too.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from park_downtime.database.statistics_tables import data_version
from park_downtime.database.version import ONLY_ROW, bump_version


def is_simulated(connection: Connection) -> bool:
    found = connection.scalar(select(data_version.c.is_simulated).where(data_version.c.id == ONLY_ROW))
    return found is True


def mark_simulated(connection: Connection) -> None:
    """To be called in the transaction that stores what is made up."""
    if is_simulated(connection):
        return
    bump_version(connection)  # answers kept until now do not say it
    connection.execute(update(data_version).where(data_version.c.id == ONLY_ROW).values(is_simulated=True))
