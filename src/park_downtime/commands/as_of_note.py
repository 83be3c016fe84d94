"""What is said where everything is shown as it stood at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Engine

from park_downtime.database.engine import DATABASE_UNAVAILABLE, reading
from park_downtime.judging.as_of import AsOfDatabase, known_of


def nothing_known(as_of: datetime | None) -> str:
    """Why a moment has no data."""
    if as_of is None:
        return "No data: nothing has been collected."
    return f"No data: nothing had been collected by {as_of:%Y-%m-%d %H:%M} UTC."


def whole_days_only(first: date) -> str:
    return f"Runs are kept from {first} on: of this moment only whole closed days are known."


def notes(past: AsOfDatabase) -> Iterator[str]:
    """What is not known of an earlier moment, if anything."""
    if past.known.judged_from is not None:
        yield whole_days_only(past.known.judged_from)
    elif past.parks_without_waits:
        yield "Raw readings of this moment are gone: waits are not known."


def as_of_note(engine: Engine, as_of: datetime) -> str:
    """One line for who starts the dashboard at an earlier moment."""
    try:
        with reading(engine) as connection:
            known = known_of(connection, as_of)
    except DATABASE_UNAVAILABLE:  # it may come back, and every answer says so until then
        return f"Shown as of {as_of:%Y-%m-%d %H:%M} UTC"
    if known.at is None:
        return nothing_known(as_of)
    shown = f"Shown as of {known.at:%Y-%m-%d %H:%M} UTC"
    return shown if known.judged_from is None else f"{shown}. {whole_days_only(known.judged_from)}"
