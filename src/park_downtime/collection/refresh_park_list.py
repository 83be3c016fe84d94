"""When the feed's list of parks is asked for again: daily, or when what we track has changed.

A list that is doubted is asked for every hour; the same one heard a day later is believed.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from park_downtime import __version__
from park_downtime.classification.park_facts import ParkFacts, park_facts
from park_downtime.clock import monotonic_seconds
from park_downtime.collection.park_list_state import STATE_FILE, ParkListState, read_state, state_as_json
from park_downtime.collection.sync_parks import ParkListDoubtful, keep_filters, sync_parks
from park_downtime.collection.untracked_parks import left_out
from park_downtime.config.settings import Settings
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line, reading, writing
from park_downtime.database.parks import all_parks
from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.feed.source import ParkListAnswer, Source
from park_downtime.model import FeedPark
from park_downtime.whole_file import write_whole

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
DOUBTED_EVERY = timedelta(hours=1)
BELIEVED_AFTER = timedelta(days=1)
LIST_SECONDS = 30.0  # of the cycle's two minutes: the parks themselves come first


def refresh_parks(engine: Engine, source: Source, settings: Settings, now: datetime) -> str | None:
    """Refresh the parks if that is due. None, or why it could not be done: what was known stands then.

    What DATABASE_UNAVAILABLE names is raised.
    """
    state = read_state(settings.spool_dir)
    facts = park_facts()
    with reading(engine) as connection:
        has_parks = bool(all_parks(connection))
    is_known = has_parks and state.fingerprint == _fingerprint(settings, facts)
    if is_known and not _is_due(state, now):
        return state.problem
    return _ask(engine, source, settings, now, state, facts, state.etag if is_known else None)


def accept_parks(engine: Engine, source: Source, settings: Settings, now: datetime) -> str | None:
    """Take over the list as the feed has it now, however doubtful. None, or why it could not be had."""
    state = read_state(settings.spool_dir)
    return _ask(engine, source, settings, now, state, park_facts(), None, is_believed=True)


def _ask(
    engine: Engine,
    source: Source,
    settings: Settings,
    now: datetime,
    state: ParkListState,
    facts: Mapping[int, ParkFacts],
    etag: str | None,
    is_believed: bool = False,
) -> str | None:
    answer: ParkListAnswer | None = None
    try:
        answer = source.park_list(etag, monotonic_seconds() + LIST_SECONDS)
        if answer.parks is None:
            with writing(engine) as connection:
                keep_filters(connection, settings)
        else:
            with writing(engine) as connection:
                sync_parks(
                    connection,
                    answer.parks,
                    facts,
                    settings,
                    now,
                    unreadable={park.park_id for park in answer.unreadable if park.park_id is not None},
                    is_believed=is_believed or _is_confirmed(state, answer.parks, now),
                )
    except (FeedUnavailable, FeedRejected, ParkListDoubtful) as error:
        # Told by whoever runs the cycle.
        problem = f"the list of parks could not be had: {error}"
        doubted = answer.parks if answer is not None and isinstance(error, ParkListDoubtful) else None
        return _refused(engine, settings, now, state, problem, answer, doubted)
    except DATABASE_UNAVAILABLE:
        raise
    except SQLAlchemyError as error:  # one odd park of the list must not stop the known ones
        problem = f"the list of parks could not be stored: {in_one_line(error)}"
        return _refused(engine, settings, now, state, problem, None, None)
    taken = ParkListState(
        refreshed_at=now.isoformat(),
        etag=answer.etag or (state.etag if answer.parks is None else None),
        fingerprint=_fingerprint(settings, facts),
        requested_at=now.isoformat(),
        listed=state.listed if answer.parks is None else len(answer.parks),
        not_tracked=state.not_tracked,
    )
    if answer.parks is not None:
        taken = replace(taken, not_tracked=left_out(engine, settings, answer.parks, answer.unreadable))
    _write(settings.spool_dir, taken)
    return None


def _refused(
    engine: Engine,
    settings: Settings,
    now: datetime,
    state: ParkListState,
    problem: str,
    answer: ParkListAnswer | None,
    doubted: tuple[FeedPark, ...] | None,
) -> str:
    """What was known stands, by the filters in force now."""
    with writing(engine) as connection:
        keep_filters(connection, settings)
    state = replace(state, requested_at=now.isoformat(), problem=problem)
    if answer is not None and doubted is not None:
        digest = _digest(doubted)
        since = state.doubted_since if digest == state.doubted else now.isoformat()
        named = left_out(engine, settings, doubted, answer.unreadable)
        state = replace(state, doubted=digest, doubted_since=since, not_tracked=named)
    _write(settings.spool_dir, state)
    return problem


def _is_due(state: ParkListState, now: datetime) -> bool:
    if state.doubted is not None:
        return not _is_within(state.requested_at, now, DOUBTED_EVERY)
    return state.problem is not None or not _is_within(state.refreshed_at, now, EVERY)


def _is_within(moment: str, now: datetime, length: timedelta) -> bool:
    """Whether less than `length` has passed since. A moment in the future is one of a wrong clock."""
    try:
        return timedelta(0) <= now - datetime.fromisoformat(moment) < length
    except (ValueError, TypeError):
        return False


def _is_confirmed(state: ParkListState, parks: Iterable[FeedPark], now: datetime) -> bool:
    """Whether this very list was doubted a day ago: a mistake of the feed would not have lasted."""
    try:
        since = datetime.fromisoformat(state.doubted_since)
        return state.doubted == _digest(parks) and now - since >= BELIEVED_AFTER
    except (ValueError, TypeError):
        return False


def _digest(parks: Iterable[FeedPark]) -> str:
    """The same for every list of the same parks, in whatever order."""
    ids = sorted(park.park_id for park in parks)
    return hashlib.sha256(repr(ids).encode()).hexdigest()


def _fingerprint(settings: Settings, facts: Mapping[int, ParkFacts]) -> str:
    """Another one means that the same list would be read differently."""
    parts = (
        __version__,
        settings.queue_times_url,
        settings.database_url,
        settings.tracked_continents,
        settings.tracked_countries,
        sorted(settings.tracked_parks),
        [repr(fact) for _, fact in sorted(facts.items())],
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _write(spool_dir: Path, state: ParkListState) -> None:
    try:
        spool_dir.mkdir(parents=True, exist_ok=True)
        write_whole(spool_dir / STATE_FILE, state_as_json(state))
    except OSError as error:
        log.error("state of the park list not kept in SPOOL_DIR", extra={"reason": str(error)})
