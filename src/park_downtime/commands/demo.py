"""`park-downtime demo`: `run` against a simulated feed, with history, without a network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import host_and_port_options
from park_downtime.commands.progress import progress

if TYPE_CHECKING:
    from park_downtime.feed.simulator.world import World
    from park_downtime.settings import Settings

DAYS = 90
LOOPBACK = "127.0.0.1"


@click.command("demo")
@host_and_port_options
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed is another world.")
@click.option(
    "--days",
    type=click.IntRange(0, 400),
    default=DAYS,
    show_default=True,
    help="How many days of history to make up before it starts.",
)
@click.option(
    "--database",
    "database_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the demo in this SQLite file; without it all is gone at the end.",
)
@pass_invocation
def command(
    invocation: Invocation, host: str, port: int, seed: int, days: int, database_file: Path | None
) -> None:
    """The same as `run` against a simulated feed, with made-up history; needs no network.

    Serves a dozen well-known parks over HTTP on the loopback and collects from there. What it shows is
    invented. Reads no other feed and no other database; writes a temporary folder, or FILE and FILE-spool.
    """
    from park_downtime.clock import utc_now
    from park_downtime.commands.stopping import stop_signals
    from park_downtime.feed.simulator.server import SimulatedFeedServer
    from park_downtime.feed.simulator.virtual_clock import VirtualClock
    from park_downtime.feed.simulator.worlds import demo_world
    from park_downtime.server import run_embedded

    world = demo_world(seed)
    _ask_loopback_directly()
    with (
        stop_signals() as stopping,
        _database(database_file) as file,
        SimulatedFeedServer(world, VirtualClock(utc_now), LOOPBACK) as feed,
    ):
        settings = demo_settings(invocation.settings, file, feed.url)
        _make_history(settings, world, days)
        if stopping.is_set():
            return
        run_embedded(
            settings, host, port, stopping, lambda url: _announce(url, feed.url, file, database_file)
        )


def demo_settings(settings: Settings, database_file: Path, feed_url: str) -> Settings:
    """The settings in force, but of a world of its own: nothing real is asked or written."""
    return replace(
        settings,
        database_url=f"sqlite:///{database_file.absolute()}",
        database_read_url=None,
        queue_times_url=feed_url,
        collect_enabled=True,
        tracked_continents=("*",),
        tracked_countries=(),
        tracked_parks=frozenset(),
        spool_dir=database_file.absolute().with_name(database_file.name + "-spool"),
    )


@contextmanager
def _database(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    with TemporaryDirectory(prefix="park-downtime-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "demo.sqlite"


def _make_history(settings: Settings, world: World, days: int) -> None:
    """Days up to now as the simulated feed would have told them; a kept demo has them already."""
    from park_downtime.clock import utc_now
    from park_downtime.database.cycles import latest_cycle
    from park_downtime.database.engine import make_engine, reading
    from park_downtime.database.schema import migrate
    from park_downtime.jobs.backfill import backfill

    engine = make_engine(settings.database_url)
    try:
        migrate(engine)
        with reading(engine) as connection:
            if days == 0 or latest_cycle(connection) is not None:
                return
        now = utc_now()
        with progress(f"Making up {days} days of history") as tell:
            backfill(engine, world, now.date() - timedelta(days=days), now, tell)
    finally:
        engine.dispose()


def _announce(url: str, feed_url: str, file: Path, chosen: Path | None) -> None:
    click.echo(f"Demo: {url}   API: {url}/api/docs   (Ctrl-C ends it)")
    click.echo(f"Simulated feed: {feed_url}; everything shown is invented")
    click.echo(f"Database: {file}" + ("" if chosen else ", deleted at the end"))


def _ask_loopback_directly() -> None:
    """A proxy of the environment would look for 127.0.0.1 at its own end."""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), LOOPBACK)))
