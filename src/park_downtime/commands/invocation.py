"""What one call of a command shares: settings, loaded once and only when asked for, and engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from park_downtime.config.settings import Settings
    from park_downtime.database.engine import Patience
    from park_downtime.stretches.archive import StretchArchive


class Invocation:
    """Made by click for each call. Tests give one with settings of their own."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._given = settings

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; the first question also starts the log. Raises SettingsInvalid."""
        from park_downtime.config import logs, settings
        from park_downtime.config.ssm import remote_settings

        found = self._given or settings.load(remote=remote_settings())
        logs.configure(found.log_level, found.log_format, metrics_namespace=found.metrics_namespace)
        return found

    def archive(self) -> StretchArchive:
        from park_downtime.stretches.archive import StretchArchive

        return StretchArchive(self.settings.archive_dir)

    @contextmanager
    def database(self, is_migrated: bool = True, patience: Patience | None = None) -> Iterator[Engine]:
        """An engine on DATABASE_URL, closed afterwards. Raises SchemaBehind unless told not to look.

        With a job's patience unless another is given.
        """
        from park_downtime.database.engine import JOBS, make_engine
        from park_downtime.database.schema import require_newest

        engine = make_engine(self.settings.database_url, patience or JOBS)
        try:
            if is_migrated:
                require_newest(engine)
            yield engine
        finally:
            engine.dispose()


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)
