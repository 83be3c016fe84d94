"""Options that several commands share, and how their text is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


class Instant(click.ParamType[datetime]):
    """ISO 8601 to UTC; without a zone it is taken as UTC, a date alone as its midnight."""

    name = "time"
    examples = "2026-04-17T14:30, 2026-04-17T14:30+02:00 or 2026-04-17 (UTC unless a zone is given)"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no time: write {self.examples}", param, ctx)
        if moment.tzinfo is None:
            moment = self.without_zone(moment, str(value), param, ctx)
        return moment.astimezone(UTC).replace(microsecond=0)

    def without_zone(
        self, moment: datetime, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        return moment.replace(tzinfo=UTC)


INSTANT = Instant()

as_of_option = click.option(
    "--as-of",
    type=INSTANT,
    metavar="TIME",
    help="Show everything as it stood at this moment (ISO 8601; UTC unless a zone is given), as far back as "
    "runs are kept; before that whole closed days only.",
)


def host_and_port_options(function: AnyFunction) -> AnyFunction:
    port = click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=DEFAULT_PORT,
        show_default=True,
        help="Port of the page and the API; 0: any free one.",
    )
    host = click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
    return host(port(function))
