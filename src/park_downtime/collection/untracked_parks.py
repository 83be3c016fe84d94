"""Which parks in scope are not tracked, and why."""

from __future__ import annotations

from collections.abc import Iterable, Set

from sqlalchemy import Engine

from park_downtime.collection.park_list_state import NotTracked
from park_downtime.collection.sync_parks import is_tracked, tracked_parks
from park_downtime.config.settings import Settings
from park_downtime.database.engine import reading
from park_downtime.model import FeedPark, UnreadablePark

DOUBTED = "the list that names it is doubted"
NOT_LISTED = "TRACKED_PARKS names it, the feed does not list it"


def left_out(
    engine: Engine, settings: Settings, listed: Iterable[FeedPark], unreadable: Iterable[UnreadablePark]
) -> tuple[NotTracked, ...]:
    """The same against what is tracked in the database now."""
    with reading(engine) as connection:
        tracked = {park.park_id for park in tracked_parks(connection)}
    return tuple(not_tracked(settings, tracked, listed, unreadable))


def not_tracked(
    settings: Settings, tracked: Set[int], listed: Iterable[FeedPark], unreadable: Iterable[UnreadablePark]
) -> list[NotTracked]:
    """Those that cannot be read first; an entry that does not say where it is may be in scope."""
    found = [
        NotTracked(park.park_id, park.name, park.reason)
        for park in unreadable
        if park.park_id not in tracked and _may_be_in_scope(park, settings)
    ]
    named = {park.park_id for park in found} | tracked
    for park in listed:
        if park.park_id not in named and is_tracked(park.park_id, park.continent, park.country, settings):
            named.add(park.park_id)
            found.append(NotTracked(park.park_id, park.name, DOUBTED))
    found += [
        NotTracked(park_id, None, NOT_LISTED)
        for park_id in sorted(settings.tracked_parks - {park_id for park_id in named if park_id is not None})
    ]
    return found


def _may_be_in_scope(park: UnreadablePark, settings: Settings) -> bool:
    if settings.tracked_parks:
        return park.park_id is None or park.park_id in settings.tracked_parks
    return park.continent is None or is_tracked(0, park.continent, park.country, settings)
