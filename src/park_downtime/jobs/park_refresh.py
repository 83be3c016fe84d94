"""When the feed's list of parks is asked for again: daily, or when what we track has changed."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from park_downtime import __version__
from park_downtime.classification.park_facts import ParkFacts, park_facts
from park_downtime.clock import monotonic_seconds
from park_downtime.database.engine import DATABASE_AWAY, in_one_line, reading, writing
from park_downtime.database.parks import all_parks
from park_downtime.feed.client import FeedClient
from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.jobs.atomic import write_atomically
from park_downtime.jobs.parks_in_step import ParkListDoubtful, keep_parks_in_step
from park_downtime.settings import Settings

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
LIST_SECONDS = 30.0  # of the cycle's two minutes: the parks themselves come first
STATE_FILE = "parks-refresh.json"


@dataclass(frozen=True, slots=True)
class RefreshState:
    """The last refresh: when, what the feed called its list, and what we made of it."""

    refreshed_at: str = ""
    etag: str | None = None
    fingerprint: str = ""


def refresh_parks(engine: Engine, client: FeedClient, settings: Settings, now: datetime) -> str | None:
    """Refresh the parks if that is due. None, or why it could not be done: what was known stands then.

    What DATABASE_AWAY names is raised.
    """
    path = settings.spool_dir / STATE_FILE
    facts = park_facts()
    fingerprint = _fingerprint(settings, facts)
    with reading(engine) as connection:
        has_parks = bool(all_parks(connection))
    state = _read(path)
    is_known = has_parks and state.fingerprint == fingerprint
    if is_known and not _is_due(state, now):
        return None
    try:
        deadline = monotonic_seconds() + LIST_SECONDS
        answer = client.park_list(state.etag if is_known else None, deadline)
        if answer.parks is not None:
            with writing(engine) as connection:
                keep_parks_in_step(connection, answer.parks, facts, settings, now)
    except (FeedUnavailable, FeedRejected, ParkListDoubtful) as error:
        return f"the list of parks could not be had: {error}"  # told by whoever runs the cycle
    except DATABASE_AWAY:
        raise
    except SQLAlchemyError as error:  # one odd park of the list must not stop the known ones
        log.exception("park list not stored")
        return f"the list of parks could not be stored: {in_one_line(error)}"
    _write(path, RefreshState(now.isoformat(), answer.etag or state.etag, fingerprint))
    return None


def _is_due(state: RefreshState, now: datetime) -> bool:
    try:
        last = datetime.fromisoformat(state.refreshed_at)
    except ValueError:
        return True
    return not timedelta(0) <= now - last < EVERY


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


def _read(path: Path) -> RefreshState:
    """A state that cannot be read costs one request more."""
    try:
        return RefreshState(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return RefreshState()


def _write(path: Path, state: RefreshState) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(state)).encode())
    except OSError as error:
        log.error("state of the park list not kept in SPOOL_DIR", extra={"reason": str(error)})
