"""What `doctor` looks at, one function per thing; each says ok or what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.curated import CuratedInvalid
from park_downtime.classification.overrides import OverridesInvalid
from park_downtime.collection.park_list_state import PLANNED_PARKS, ParkListState, read_state
from park_downtime.collection.spool import Spool
from park_downtime.config.secret_files import exposed_files
from park_downtime.config.settings import Settings, masked
from park_downtime.database.cycles import latest_cycle
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line, make_engine, reading
from park_downtime.database.parks import count_reached, count_tracked
from park_downtime.database.schema import SchemaBehind, current_revision, require_newest
from park_downtime.feed.client import QueueTimes
from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.reports.unclassified import unclassified
from park_downtime.timeline.runs import is_stale

PARKS_NAMED = 5
"""Of the parks with rides that nothing places, those with most are named."""


class Check(NamedTuple):
    name: str
    is_ok: bool
    text: str


def checks(settings: Settings, now: datetime) -> Iterator[Check]:
    yield check_secrets(settings)
    engine = make_engine(settings.database_url)
    try:
        database = check_database(engine, settings)
        yield database
        yield check_feed(settings)
        if database.is_ok:
            yield check_parks(engine, settings, now)
            yield check_freshness(engine, settings, now)
            yield check_classification(engine, settings)
        else:
            yield Check("parks", False, "not looked at: see database")
            yield Check("freshness", False, "not looked at: see database")
            yield Check("classification", False, "not looked at: see database")
    finally:
        engine.dispose()
    yield check_spool(settings.spool_dir)
    yield check_archive(settings.archive_dir)


def check_secrets(settings: Settings) -> Check:
    """Passwords and keys stand in files; who else may read them?"""
    exposed = exposed_files(settings)
    if exposed:
        return Check("secrets", False, "; ".join(map(str, exposed)))
    return Check("secrets", True, "no file that holds any can be read by others")


def check_database(engine: Engine, settings: Settings) -> Check:
    try:
        require_newest(engine)
        where = masked(settings.database_url)
        return Check("database", True, f"{where}, revision {current_revision(engine)}")
    except SchemaBehind as error:
        return Check("database", False, str(error))
    except (*DATABASE_UNAVAILABLE, OSError) as error:
        return Check("database", False, f"{in_one_line(error)}: is it running, is DATABASE_URL right?")


def check_feed(settings: Settings) -> Check:
    if not settings.collect_enabled:
        return Check("feed", True, "not asked: COLLECT_ENABLED is false")
    address = settings.queue_times_url
    try:
        with QueueTimes(settings.queue_times_url, settings.contact_url, attempts=1) as client:
            found = client.park_list()
    except FeedUnavailable as error:
        return Check(
            "feed",
            False,
            f"{address} cannot be reached ({error}): check the network and QUEUE_TIMES_URL; "
            "`make demo` needs neither",
        )
    except FeedRejected as error:
        return Check("feed", False, f"{address} answers, but no park list ({error}): check QUEUE_TIMES_URL")
    return Check("feed", True, f"{address} lists {len(found.parks or ())} parks")


def check_parks(engine: Engine, settings: Settings, now: datetime) -> Check:
    """Whether the list of parks was taken over, and who in scope is left out."""
    state = read_state(settings.spool_dir)
    text = park_counts(engine, now)
    if state.problem is not None:
        text += f"; {state.problem}"
    if state.doubted is not None:
        text += (
            f": first heard {state.doubted_since[:16]} UTC, believed if it stays the same for a day, "
            "or at once with `park-downtime parks --accept`"
        )
    return Check("parks", state.problem is None, "\n".join([text, *left_out_lines(state)]))


def park_counts(engine: Engine, now: datetime) -> str:
    with reading(engine) as connection:
        tracked = count_tracked(connection)
        reached = count_reached(connection, now - timedelta(hours=24), now)
    return f"{tracked} parks tracked, {reached} of them heard in 24 hours; the plan has {PLANNED_PARKS}"


def left_out_lines(state: ParkListState) -> list[str]:
    return [
        f"  not tracked: {park.name or 'a park'}"
        + (f" ({park.park_id})" if park.park_id is not None else "")
        + f": {park.reason}"
        for park in state.not_tracked
    ]


def check_freshness(engine: Engine, settings: Settings, now: datetime) -> Check:
    with reading(engine) as connection:
        latest, tracked = latest_cycle(connection), count_tracked(connection)
    if latest is None:
        return Check("freshness", False, "nothing collected yet: run `park-downtime collect` or `run`")
    minutes = int((now - latest.recorded_at).total_seconds() // 60)
    text = f"last cycle {minutes} minutes ago, {latest.parks_ok or 0} of {tracked} tracked parks"
    if is_stale(latest.recorded_at, now, latest.interval_seconds):
        return Check("freshness", False, f"{text}: is the scheduler (cron, timer or `run`) at work?")
    if not latest.parks_ok:
        return Check("freshness", False, f"{text}: see feed, and the log of `collect`")
    return Check("freshness", True, text)


def check_classification(engine: Engine, settings: Settings) -> Check:
    """Rides that nothing places are told and no failure: they are counted, as standard ones."""
    try:
        classifier = Classifier.load(learnt_path=settings.llm_cache)
    except (CuratedInvalid, OverridesInvalid) as error:
        return Check("classification", False, str(error))
    with reading(engine) as connection:
        found = unclassified(connection, classifier)
    if not found.rides:
        return Check("classification", True, f"all {found.counted} counted rides are classified")
    named = [f"{name} {rides}" for name, rides in list(found.by_park.items())[:PARKS_NAMED]]
    others = len(found.by_park) - len(named)
    where = ", ".join(named) + (f" and {others} more parks" if others else "")
    return Check(
        "classification",
        True,
        f"{found.rides} of {found.counted} counted rides are unclassified and count as standard: {where}; "
        "`park-downtime classify --ask-model` places them",
    )


def check_spool(folder: Path) -> Check:
    refused = _why_not_writable(folder)
    if refused is not None:
        return Check("spool", False, f"{refused}: set SPOOL_DIR or its owner")
    waiting = Spool(folder).waiting()
    if waiting:
        text = f"{len(waiting)} cycles wait in {folder} for the database, the oldest is {waiting[0].name}"
        return Check("spool", False, f"{text}: the next `collect` that reaches it stores them")
    return Check("spool", True, f"{folder}, nothing waits")


def check_archive(folder: Path) -> Check:
    """Without it no day is closed and no run deleted."""
    refused = _why_not_writable(folder)
    if refused is not None:
        return Check("archive", False, f"{refused}, so no day is closed: set ARCHIVE_DIR or its owner")
    parks = sum(one.is_dir() for one in folder.iterdir())
    return Check("archive", True, f"{folder}, stretches of {parks} parks")


def _why_not_writable(folder: Path) -> str | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"{folder} cannot be written ({error.strerror or error})"
