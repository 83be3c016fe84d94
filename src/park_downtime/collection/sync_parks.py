"""Keep the parks in step with the feed's list and our own facts, and say which are tracked."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from park_downtime.classification.park_facts import ParkFacts
from park_downtime.collection.sync_time_zones import with_zone
from park_downtime.config.settings import Settings
from park_downtime.database.parks import ParkRow, all_parks, parks_ever_reached, save_groups, save_parks
from park_downtime.model import FeedPark, TrackedPark

log = logging.getLogger(__name__)

EVERYWHERE = "*"
NORTH_AMERICA = "North America"


MOST_PARKS = 500


class ParkListDoubtful(Exception):
    """The list lost or brought too many parks at once: more likely a broken list than a changed industry."""


@dataclass(frozen=True, slots=True)
class SyncedParks:
    """What a refresh of the parks found."""

    in_feed: int
    tracked: int
    new: int
    removed: int


def sync_parks(
    connection: Connection,
    listed: Iterable[FeedPark],
    facts: Mapping[int, ParkFacts],
    settings: Settings,
    at: datetime,
    *,
    unreadable: Collection[int] = (),
    is_believed: bool = False,
) -> SyncedParks:
    """Store every park of the feed's list, and since when those are gone that it no longer names.

    Parks of `unreadable` are named but cannot be read: those that are known stay as they are.
    Raises ParkListDoubtful where `doubt` has a reason, unless `is_believed`.
    """
    feed = {park.park_id: park for park in listed}
    known = all_parks(connection)
    reached = parks_ever_reached(connection)
    present = {park_id for park_id, row in known.items() if row.removed_at is None}
    gone = present - feed.keys() - set(unreadable)
    if not is_believed:
        # Parks that we ask and have never heard may never have been there: they do not count, once
        # any has been heard.
        silent = {park_id for park_id in present if known[park_id].is_tracked} - reached
        counted = present - silent if present & reached else present
        reason = doubt(len(feed), feed.keys() - present - reached, counted, gone)
        if reason is not None:
            raise ParkListDoubtful(reason)
    removed = [known[park_id] for park_id in sorted(gone)]
    rows = []
    for park in feed.values():
        row = park_row(park, facts.get(park.park_id), known.get(park.park_id), at, park.park_id in reached)
        rows.append(replace(row, is_tracked=is_tracked(row.park_id, row.continent, row.country, settings)))
    save_groups(connection, {park.group_id: park.group_name for park in feed.values()})
    save_parks(connection, rows + [replace(row, removed_at=at, is_tracked=False) for row in removed])
    keep_filters(connection, settings)
    synced = SyncedParks(
        in_feed=len(rows),
        tracked=sum(row.is_tracked for row in rows),
        new=sum(row.park_id not in known for row in rows),
        removed=len(removed),
    )
    _log(synced, settings, feed)
    return synced


def doubt(listed: int, new: Set[int], counted: Set[int], gone: Set[int]) -> str | None:
    """Why a list of parks is not believed at once; None: it is. `counted` are the known parks that count."""
    if listed > MOST_PARKS:
        return f"the list names {listed} parks, more than {MOST_PARKS}"
    lost = counted & gone
    if len(lost) * 2 > len(counted):
        return f"the list lacks {len(lost)} of the {len(counted)} parks known so far"
    if counted and len(new) * 2 > len(counted):
        return f"the list names {len(new)} new parks beside the {len(counted)} known so far"
    return None


def keep_filters(connection: Connection, settings: Settings) -> None:
    """What is tracked follows the settings, whether or not there is a new list."""
    rows = [
        replace(row, is_tracked=not row.is_tracked)
        for row in all_parks(connection).values()
        if row.removed_at is None
        and row.is_tracked != is_tracked(row.park_id, row.continent, row.country, settings)
    ]
    save_parks(connection, rows)


def park_row(
    park: FeedPark,
    facts: ParkFacts | None,
    before: ParkRow | None,
    at: datetime,
    was_collected: bool,
) -> ParkRow:
    """The feed's facts, corrected by ours where we have any; the zone changes at midnight.

    A new park is not tracked yet.
    """
    zone = (facts.timezone if facts else None) or park.timezone
    row = ParkRow(
        park_id=park.park_id,
        group_id=park.group_id,
        name=park.name,
        country=(facts.country if facts else None) or park.country,
        continent=park.continent,
        city=facts.city if facts else None,
        state_province=facts.state_province if facts else None,
        latitude=park.latitude if facts is None or facts.latitude is None else facts.latitude,
        longitude=park.longitude if facts is None or facts.longitude is None else facts.longitude,
        timezone=before.timezone if before else zone,
        operator=facts.operator if facts else None,
        is_tracked=before.is_tracked if before else False,
        first_seen_at=before.first_seen_at if before else at,
        removed_at=None,
    )
    if before is not None:
        row = replace(
            row,
            previous_timezone=before.previous_timezone,
            zone_changed_at=before.zone_changed_at,
            next_timezone=before.next_timezone,
            zone_changes_at=before.zone_changes_at,
        )
    return with_zone(row, zone, at, was_collected)


def park_from_facts(facts: ParkFacts, at: datetime) -> ParkRow:
    """A park that no list of the feed has named yet; all our facts are of North American parks."""
    return ParkRow(
        park_id=facts.park_id,
        group_id=None,
        name=facts.name,
        country=facts.country,
        continent=NORTH_AMERICA,
        city=facts.city,
        state_province=facts.state_province,
        latitude=facts.latitude,
        longitude=facts.longitude,
        timezone=facts.timezone,
        operator=facts.operator,
        is_tracked=False,
        first_seen_at=at,
        removed_at=None,
    )


def is_tracked(park_id: int, continent: str | None, country: str | None, settings: Settings) -> bool:
    """TRACKED_PARKS names exactly; else continent and, where set, country decide."""
    if settings.tracked_parks:
        return park_id in settings.tracked_parks
    return _is_among(continent, settings.tracked_continents) and (
        not settings.tracked_countries or _is_among(country, settings.tracked_countries)
    )


def tracked_parks(connection: Connection) -> list[TrackedPark]:
    """The parks that a cycle asks, by id."""
    return [
        TrackedPark(row.park_id, row.name, row.timezone)
        for _, row in sorted(all_parks(connection).items())
        if row.is_tracked and row.removed_at is None
    ]


def _is_among(place: str | None, wanted: tuple[str, ...]) -> bool:
    names = {name.casefold() for name in wanted}
    return EVERYWHERE in names or (place is not None and place.casefold() in names)


def _log(synced: SyncedParks, settings: Settings, feed: Mapping[int, FeedPark]) -> None:
    log.info(
        "parks refreshed: %d in the feed, %d tracked",
        synced.in_feed,
        synced.tracked,
        extra={
            "parks_in_feed": synced.in_feed,
            "parks_tracked": synced.tracked,
            "parks_new": synced.new,
            "parks_removed": synced.removed,
        },
    )
    missing = sorted(settings.tracked_parks - feed.keys())
    if missing:
        log.warning("TRACKED_PARKS names parks that the feed does not have", extra={"park_ids": missing})
    elif not synced.tracked:
        log.warning("no park of the feed is tracked: check TRACKED_CONTINENTS and TRACKED_COUNTRIES")
