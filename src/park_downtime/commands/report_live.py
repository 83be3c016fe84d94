"""The live table as lines of text: park by park, and ride by ride where a park is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from park_downtime.commands.as_of_note import notes, nothing_known
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.model import State
from park_downtime.reports.live import LiveEntry, LivePark, LiveView

ATTRIBUTION = "Data powered by Queue-Times.com - https://queue-times.com"
UNKNOWN = "-"
NAME_WIDTH = 44


def live_lines(
    view: LiveView, park_ids: Collection[int] = (), past: AsOfDatabase | None = None
) -> Iterator[str]:
    """`past`: an earlier moment is shown."""
    if view.as_of is None:
        yield from (nothing_known(None if past is None else past.as_of), "", ATTRIBUTION)
        return
    yield f"As of {view.as_of:%Y-%m-%d %H:%M} UTC" + (
        ", stale: nothing newer is known" if view.is_stale else ""
    )
    yield from () if past is None else notes(past)
    yield ""
    shown = [park for park in view.parks if not park_ids or park.park_id in park_ids]
    yield _columns("Park", "", "Open", "Closed", "Unknown", "Avg wait", "Max wait")
    for park in shown:
        yield _park_line(park)
        if park_ids:
            yield from _ride_lines(park, view.as_of)
    yield ""
    yield f"{len(shown)} parks; rides and water slides are counted, waits are in minutes."
    yield ATTRIBUTION


def _park_line(park: LivePark) -> str:
    state = {True: "running", False: "closed", None: "unknown"}[park.is_running]
    waits = park.waits
    return _columns(
        park.name,
        state,
        park.count(State.OPEN),
        park.count(State.CLOSED),
        park.count(State.UNKNOWN),
        round(sum(waits) / len(waits)) if waits else UNKNOWN,
        max(waits, default=UNKNOWN),
    )


def _ride_lines(park: LivePark, as_of: datetime) -> Iterator[str]:
    land: str | None = None
    for entry in park.entries:
        if entry.land != land:
            land = entry.land
            yield f"  {land or 'Outside any land'}"
        yield _ride_line(entry, as_of)


def _ride_line(entry: LiveEntry, as_of: datetime) -> str:
    wait = f"{entry.wait_minutes} min" if entry.state is State.OPEN and entry.wait_minutes is not None else ""
    kind = "" if entry.is_counted or entry.category is None else entry.category.value.replace("_", " ")
    name = f"{entry.name[: NAME_WIDTH - 2]:<{NAME_WIDTH - 2}}"
    said = ", ".join(filter(None, (kind, *entry.down_in_words(as_of))))
    return f"    {name} {entry.state.value:<8} {wait:>7}  {said}".rstrip()


def _columns(name: str, state: str, *numbers: object) -> str:
    return f"{name[:NAME_WIDTH]:<{NAME_WIDTH}} {state:<8}" + "".join(f"{number!s:>9}" for number in numbers)
