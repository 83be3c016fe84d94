"""Whether a disturbed day is right: equal to the undisturbed one, or different where nobody could look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from faults.outcomes import Payload, Spans, outcomes_by_cycle, told_only, unobserved
from faults.rows import Rows, differences, rows_of
from faults.scenario import Scenario
from sqlalchemy import Engine

from park_downtime.database.engine import make_engine, reading
from park_downtime.database.parks import all_parks
from park_downtime.periods import local_date

SHOWN = 4


def unequal(undisturbed: Rows, disturbed: Rows) -> list[str]:
    """What differs where nothing may be lost; empty when all is right."""
    found = differences(undisturbed, disturbed)
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [*map(str, found[:SHOWN]), *more]


def unexplained(
    scenario: Scenario,
    undisturbed: Rows,
    engine: Engine,
    reference_url: str,
    minutes_lost: int | None = None,
    payload: Payload | None = None,
) -> list[str]:
    """The rows must be what the heard cycles give by themselves, and unknown exactly where nobody looked.

    `minutes_lost`: park minutes that must be unknown; None: as many as it turns out.
    """
    disturbed = rows_of(engine)
    reference = make_engine(reference_url)
    try:
        known = told_only(scenario, outcomes_by_cycle(engine), reference, payload)
        wrong = unequal(rows_of(reference), disturbed)
    finally:
        reference.dispose()
    spans = unobserved(scenario, known)
    wrong += _not_as_told(scenario, engine, undisturbed, disturbed, spans, minutes_lost is not None)
    lost = sum(round((end - start).total_seconds()) for of_park in spans.values() for start, end in of_park)
    if minutes_lost is not None and lost != minutes_lost * 60:
        wrong.append(f"{lost / 60:g} park minutes unobserved instead of {minutes_lost}")
    return wrong


def _not_as_told(
    scenario: Scenario, engine: Engine, before: Rows, after: Rows, spans: Spans, is_exact: bool
) -> list[str]:
    """Compares unknown and expected time of park and ride days with the spans, row by row.

    Not `is_exact`: single readings are lost as well, which moves the edges of sessions by an interval.
    """
    edge = 0 if is_exact else 2 * scenario.interval.total_seconds()
    days = _by_day(engine, spans)
    wrong: list[str] = []
    for table, unknown, expected in (
        ("park_daily_stats", "park_unknown_seconds", "park_expected_seconds"),
        ("ride_daily_stats", "unknown_seconds", "expected_seconds"),
    ):
        for key, row in after[table].items():
            park_id = row["park_id"]
            old = before[table].get(key)
            if old is None:
                wrong.append(f"{table}{key}: too many")
                continue
            least, most = _overlap(days.get((park_id, row["stat_date"]), []), before, park_id)
            grew = row[unknown] - old[unknown]
            as_lost = least - edge <= grew <= most + edge
            as_long = row[expected] == old[expected] or edge > 0 or not old[expected]
            ok = as_lost and as_long
            if not ok:
                wrong.append(
                    f"{table}{key}: {unknown} grew by {grew} s, unobserved were {least} to {most} s; "
                    f"{expected} {old[expected]} -> {row[expected]}"
                )
    return wrong[:SHOWN]


def _by_day(engine: Engine, spans: Spans) -> dict[tuple[int, object], list[tuple[datetime, datetime]]]:
    """The spans by park and local day; none of ours crosses a midnight."""
    found: dict[tuple[int, object], list[tuple[datetime, datetime]]] = {}
    with reading(engine) as connection:
        parks = all_parks(connection)
    for park_id, of_park in spans.items():
        for start, end in of_park:
            found.setdefault((park_id, local_date(start, parks[park_id].zone)), []).append((start, end))
    return found


def _overlap(of_day: Sequence[tuple[datetime, datetime]], before: Rows, park_id: int) -> tuple[int, int]:
    """Seconds of the spans inside sessions: exact where none lies across an edge, else from and to."""
    sessions = [
        (row["started_at"], row["ended_at"] or row["last_running_at"])
        for row in before["park_operating_sessions"].values()
        if row["park_id"] == park_id
    ]
    least = most = timedelta(0)
    for start, end in of_day:
        if any(opened <= start and end <= closed for opened, closed in sessions):
            least, most = least + (end - start), most + (end - start)
        elif any(opened <= end and start <= closed for opened, closed in sessions):
            most += end - start
    return round(least.total_seconds()), round(most.total_seconds())
