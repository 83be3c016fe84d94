"""The data version: rises with everything that can change an answer, so that answers can be kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from park_downtime.database.statistics_tables import data_version

ONLY_ROW = 1


def bump_version(connection: Connection, as_of: datetime | None = None) -> None:
    """Count one up, in the transaction of what changed; `as_of` only ever moves forward."""
    c = data_version.c
    changed = connection.execute(
        update(data_version).where(c.id == ONLY_ROW).values(version=c.version + 1)
    ).rowcount
    if not changed:
        connection.execute(insert(data_version).values(id=ONLY_ROW, version=1, as_of=as_of))
    elif as_of is not None:
        connection.execute(
            update(data_version)
            .where(c.id == ONLY_ROW, (c.as_of.is_(None)) | (c.as_of < as_of))
            .values(as_of=as_of)
        )


def current_version(connection: Connection) -> tuple[int, datetime | None]:
    """The version and the instant of the last landed cycle; (0, None) before the first."""
    query = select(data_version.c.version, data_version.c.as_of).where(data_version.c.id == ONLY_ROW)
    row = connection.execute(query).one_or_none()
    return (0, None) if row is None else (row.version, row.as_of)


def is_simulated(connection: Connection) -> bool:
    found = connection.scalar(select(data_version.c.is_simulated).where(data_version.c.id == ONLY_ROW))
    return found is True


def mark_simulated(connection: Connection) -> None:
    """To be called in the transaction that stores what is made up."""
    if is_simulated(connection):
        return
    bump_version(connection)  # answers kept until now do not say it
    connection.execute(update(data_version).where(data_version.c.id == ONLY_ROW).values(is_simulated=True))
