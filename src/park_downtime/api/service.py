"""What the application was made with, and what every request may ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Connection, Engine

from park_downtime.clock import Clock
from park_downtime.database.engine import reading
from park_downtime.settings import Settings

EXTENSION = "park_downtime"


@dataclass
class Service:
    """`as_of`: everything is shown as it stood at that moment; None: as it is.

    `feed_trouble` is what the embedded run's own collection last failed with, in words.
    """

    settings: Settings
    engine: Engine
    read_engine: Engine
    as_of: datetime | None
    clock: Clock
    feed_trouble: str | None = None

    def now(self) -> datetime:
        return self.as_of or self.clock()

    @property
    def is_embedded(self) -> bool:
        """Whether this is the program of one person, with its database in a file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions, to the replica where there is one."""
        with reading(self.read_engine) as connection:
            yield connection


def service_of(app: Flask) -> Service:
    return cast(Service, app.extensions[EXTENSION])


def service() -> Service:
    """The service of the request being answered."""
    return service_of(current_app)


def tell_feed_trouble(app: Flask, reason: str | None) -> None:
    """The embedded run says why its last collection got nothing; None: it works again."""
    service_of(app).feed_trouble = reason
