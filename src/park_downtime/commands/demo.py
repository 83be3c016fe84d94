"""`park-downtime demo`: `run` against a simulated feed, with history, without a network."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from park_downtime.commands.demo_settings import DEFAULT_SEED, demo_database, demo_settings
from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import host_and_port_options
from park_downtime.commands.saying import say
from park_downtime.commands.stopping import stop_signals

if TYPE_CHECKING:
    from park_downtime.config.settings import Settings
    from park_downtime.simulator.fill_behind import FillingBehind
    from park_downtime.simulator.world import World

DAYS = 90
LOOPBACK = "127.0.0.1"


@click.command("demo")
@host_and_port_options
@click.option(
    "--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another seed is another world."
)
@click.option(
    "--days",
    type=click.IntRange(0, 400),
    default=DAYS,
    show_default=True,
    help="How many days of history to make up; a demo that is kept has its own.",
)
@click.option(
    "--database",
    "database_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the demo in this SQLite file, instead of one in your data folder.",
)
@click.option("--fresh", is_flag=True, help="Begin anew: delete what this demo kept.")
@pass_invocation
def command(
    invocation: Invocation,
    host: str,
    port: int,
    seed: int,
    days: int,
    database_file: Path | None,
    fresh: bool,
) -> None:
    """The same as `run` against a simulated feed, with made-up history; needs no network.

    Serves a dozen well-known parks over HTTP on the loopback and collects from there. What it shows is
    invented. The page is there at once and the history is filled in behind it; the next start goes on
    with what is kept. Reads no other feed and no other database; writes a database in your data folder,
    or FILE, FILE-spool and FILE-archive.
    """
    with stop_signals() as stopping:
        _demo(invocation, host, port, seed, days, database_file or demo_database(seed), fresh, stopping)


def _demo(
    invocation: Invocation,
    host: str,
    port: int,
    seed: int,
    days: int,
    file: Path,
    is_fresh: bool,
    stopping: Event,
) -> None:
    from park_downtime.clock import utc_now
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.commands.saying import tell_settings
    from park_downtime.server.embedded import run_embedded
    from park_downtime.server.web_server import listen
    from park_downtime.simulator.server import SimulatedFeedServer
    from park_downtime.simulator.virtual_clock import VirtualClock
    from park_downtime.simulator.worlds import demo_world

    _ask_loopback_directly()
    world = demo_world(seed)
    with ExitStack() as held:
        listener = held.enter_context(listen(host, port, "demo"))
        held.enter_context(collecting_alone(_lock_folder(file), f"demo on port {port}", utc_now()))
        feed = held.enter_context(SimulatedFeedServer(world, VirtualClock(utc_now), LOOPBACK))
        settings = demo_settings(invocation.settings, file, feed.url)
        tell_settings(settings)
        if is_fresh:
            _forget(file, settings)
        history = _begin(settings, world, days, utc_now())
        if not stopping.is_set():
            run_embedded(
                settings, listener, stopping, lambda url: _announce(url, feed.url, file), history=history
            )


def _begin(settings: Settings, world: World, days: int, now: datetime) -> FillingBehind | None:
    """Make today and yesterday; what is missing before them is to be filled in behind the pages."""
    from park_downtime.database.cycles import latest_cycle
    from park_downtime.database.engine import make_engine, reading
    from park_downtime.database.schema import SchemaBehind, migrate
    from park_downtime.simulator.backfill import begin_history, days_there, is_behind
    from park_downtime.simulator.fill_behind import Filled, FillingBehind

    engine = make_engine(settings.database_url)
    try:
        try:
            migrate(engine)
        except SchemaBehind as error:
            raise click.ClickException(f"{error}; for a demo that begins anew say --fresh") from error
        with reading(engine) as connection:
            goes_on = latest_cycle(connection) is not None
        if days == 0 and not goes_on:
            return None
        if goes_on:
            say("Goes on with what this demo kept; --fresh begins anew")
        if is_behind(engine, now):
            begin_history(engine, world, now.date() - timedelta(days=days), now)
        begun = Filled(*days_there(engine, world, now))
    finally:
        engine.dispose()
    return FillingBehind(settings.database_url, world.seed, now, settings.log_format, begun)


def _forget(file: Path, settings: Settings) -> None:
    from park_downtime.collection.spool import Spool

    for waiting in Spool(settings.spool_dir).waiting():
        waiting.unlink(missing_ok=True)
    shutil.rmtree(settings.archive_dir, ignore_errors=True)
    for part in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + part).unlink(missing_ok=True)


def _lock_folder(file: Path) -> Path:
    """Two demos would fill the same history."""
    return file.absolute().with_name(f"{file.name}-spool") / "demo"


def _announce(url: str, feed_url: str, file: Path) -> None:
    say(f"Demo: {url}   API: {url}/api/docs   (Ctrl-C ends it)")
    say(f"Simulated feed: {feed_url}; everything shown is invented")
    if file == demo_database():
        say("In another terminal: park-downtime report --demo")
    else:
        say(f"In another terminal: DATABASE_URL=sqlite:///{file.absolute()} park-downtime report")


def _ask_loopback_directly() -> None:
    """A proxy of the environment would look for 127.0.0.1 at its own end."""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), LOOPBACK)))
