"""`park-downtime simulate`: the simulated feed over HTTP."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.options import DEFAULT_HOST, INSTANT
from park_downtime.commands.saying import say

if TYPE_CHECKING:
    from park_downtime.simulator.quirks import QuirkPlan
    from park_downtime.simulator.world import World

DEFAULT_PORT = 8080
_SIZE = re.compile(r"(\d{1,4})x(\d{1,4})")


@click.command("simulate")
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port to listen on; 0: any free one.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed is another world.")
@click.option(
    "--speed",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="How fast its time runs; 60: an hour in a minute.",
)
@click.option(
    "--start",
    type=INSTANT,
    metavar="TIME",
    help="When its time begins (ISO 8601; UTC unless a zone is given).",
)
@click.option(
    "--world",
    "world_name",
    default="all",
    show_default=True,
    metavar="all|demo|PARKSxRIDES",
    help="Every North American park, a dozen of them, or invented ones, e.g. 100x50.",
)
@click.option(
    "--quirks",
    "quirks_text",
    default="",
    metavar="PLAN",
    help="What goes wrong: park:quirk[=amount], separated by commas, e.g. '5:slow=2,*:error=0.1'.",
)
@click.option("--list-quirks", is_flag=True, help="Say which quirks there are, and stop.")
@click.option(
    "--latency",
    type=click.FloatRange(0, 60_000),
    default=0.0,
    show_default=True,
    metavar="MILLISECONDS",
    help="How long every answer takes.",
)
@pass_invocation
def command(
    invocation: Invocation,
    host: str,
    port: int,
    seed: int,
    speed: float,
    start: datetime | None,
    world_name: str,
    quirks_text: str,
    list_quirks: bool,
    latency: float,
) -> None:
    """Serve a simulated feed over HTTP until stopped.

    Answers parks.json and parks/ID/queue_times.json in the shape of Queue-Times.com: point QUEUE_TIMES_URL
    of another process at it. Deterministic from the seed and its clock. Reads no setting but those of the
    log and writes nothing. POST a plan to /_quirks to switch quirks while it runs.
    """
    from park_downtime.clock import utc_now
    from park_downtime.commands.stopping import stop_signals
    from park_downtime.server.web_server import CannotListen
    from park_downtime.simulator.quirks import describe_quirks
    from park_downtime.simulator.server import SimulatedFeedServer
    from park_downtime.simulator.virtual_clock import VirtualClock

    if list_quirks:
        say(describe_quirks())
        return
    plan, world = _quirks(quirks_text), _world(world_name, seed)
    _ = invocation.settings
    try:
        feed = SimulatedFeedServer(
            world, VirtualClock(utc_now, start, speed), host, port, plan, latency / 1000
        )
    except OSError as error:
        raise CannotListen(host, port, error) from error
    with stop_signals() as stopping, feed:
        rides = sum(len(park.rides) for park in world.parks.values())
        say(f"Simulated feed of {len(world.parks)} parks and {rides} entries: {feed.url} (Ctrl-C ends it)")
        stopping.wait()


def _quirks(text: str) -> QuirkPlan:
    from park_downtime.simulator.quirks import QuirksInvalid, parse_quirks

    try:
        return parse_quirks(text)
    except QuirksInvalid as error:
        raise click.BadParameter(str(error), param_hint="--quirks") from None


def _world(name: str, seed: int) -> World:
    from park_downtime.simulator.worlds import default_world, demo_world, synthetic_world

    if name == "all":
        return default_world(seed)
    if name == "demo":
        return demo_world(seed)
    size = _SIZE.fullmatch(name)
    if size is None or 0 in (int(size[1]), int(size[2])):
        raise click.BadParameter(
            f"{name!r} is neither all, demo nor a size such as 100x50", param_hint="--world"
        )
    return synthetic_world(int(size[1]), int(size[2]), seed)
