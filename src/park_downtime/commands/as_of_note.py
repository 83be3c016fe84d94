"""What is said where everything is shown as it stood at an earlier moment."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Engine

from park_downtime.database.engine import DATABASE_AWAY, reading
from park_downtime.database.moment import judged_from, moment


def nothing_known(as_of: datetime | None) -> str:
    """Why a moment has no data."""
    if as_of is None:
        return "No data: nothing has been collected."
    return f"No data: nothing had been collected by {as_of:%Y-%m-%d %H:%M} UTC."


def whole_days_only(first: date) -> str:
    return f"Runs are kept from {first} on: of this moment only whole closed days are known."


def as_of_note(engine: Engine, as_of: datetime) -> str:
    """One line for who starts the dashboard at an earlier moment."""
    try:
        with reading(engine) as connection:
            at = moment(connection, as_of)
            if at.at is None:
                return nothing_known(as_of)
            first = judged_from(connection, at)
    except DATABASE_AWAY:  # it may come back, and every answer says so until then
        return f"Shown as of {as_of:%Y-%m-%d %H:%M} UTC"
    shown = f"Shown as of {at.at:%Y-%m-%d %H:%M} UTC"
    return shown if first is None else f"{shown}. {whole_days_only(first)}"
