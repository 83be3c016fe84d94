"""What a failed command says: one clear line for what is expected to go wrong some day."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from park_downtime.plain_text import one_line

FAILED = 1
WRONG_USAGE = 2


class Explained(NamedTuple):
    text: str
    exit_status: int


def explained(error: BaseException) -> Explained | None:
    """None: nobody expected this one."""
    for kinds, explain in _explanations():
        if isinstance(error, kinds):
            return explain(error)
    return None


def _explanations() -> list[tuple[tuple[type[BaseException], ...], Callable[[BaseException], Explained]]]:
    # Imported where something has failed, so that a working command pays for nothing.
    from park_downtime.archive import ArchiveUnusable
    from park_downtime.classification.curated import CuratedInvalid
    from park_downtime.classification.name_exceptions import ExceptionsInvalid
    from park_downtime.classification.overrides import OverridesInvalid
    from park_downtime.collection.lock import LockHeld, LockUnusable
    from park_downtime.config.settings import SettingsInvalid
    from park_downtime.database.engine import DATABASE_UNAVAILABLE
    from park_downtime.database.schema import SchemaBehind
    from park_downtime.feed.daily_export import ExportUnreadable
    from park_downtime.feed.errors import FeedRejected, FeedUnavailable
    from park_downtime.feed.recording import RecordingUnreadable
    from park_downtime.jobs.aggregate import RunsGone
    from park_downtime.jobs.collect import CollectFailed
    from park_downtime.jobs.replay import ReplayRefused
    from park_downtime.jobs.transfer import ImportStopped, NotEmpty
    from park_downtime.server.web_server import CannotListen
    from park_downtime.stretches.archive import ArchiveUnreadable, ArchiveUnwritable, StretchesDiffer

    return [
        ((SettingsInvalid,), _settings),
        (DATABASE_UNAVAILABLE, _database),
        ((SchemaBehind, CannotListen, FeedRejected, FeedUnavailable), _own_words),
        ((CuratedInvalid, OverridesInvalid), _own_words),
        ((CollectFailed, LockHeld, LockUnusable), _own_words),
        ((ArchiveUnusable, ImportStopped, NotEmpty), _own_words),
        ((ArchiveUnreadable, ArchiveUnwritable, StretchesDiffer), _own_words),
        ((ExportUnreadable, ExceptionsInvalid), _own_words),
        ((RecordingUnreadable, ReplayRefused, RunsGone), _own_words),
        ((FileNotFoundError, PermissionError, IsADirectoryError), _file),
    ]


def _own_words(error: BaseException) -> Explained:
    return Explained(one_line(str(error)), FAILED)


def _settings(error: BaseException) -> Explained:
    problems: list[str] = getattr(error, "problems", [str(error)])
    lines = [f"  {one_line(problem)}" for problem in problems]
    return Explained("\n".join(["settings cannot be used:", *lines]), WRONG_USAGE)


def _database(error: BaseException) -> Explained:
    from park_downtime.database.engine import in_one_line

    return Explained(
        f"the database cannot be used: {in_one_line(error)} (`park-downtime doctor` tells more)",
        FAILED,
    )


def _file(error: BaseException) -> Explained:
    name, reason = getattr(error, "filename", None), getattr(error, "strerror", None)
    return Explained(one_line(f"{name}: {reason}" if name else str(error)), FAILED)
