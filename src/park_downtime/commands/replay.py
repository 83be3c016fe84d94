"""`park-downtime replay`: recordings through the code of `collect`."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.progress import progress
from park_downtime.commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from park_downtime.stretches.archive import StretchArchive

log = logging.getLogger(__name__)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("replay")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option(
    "--interval",
    type=click.IntRange(1, 180),
    default=10,
    show_default=True,
    metavar="MINUTES",
    help="Cadence of the recording.",
)
@click.option(
    "--parks", "parks_file", type=_FILE, metavar="FILE", help="A saved parks.json, for parks not yet known."
)
@click.option("--prune", "with_prune", is_flag=True, help="Delete raw rows as `prune` would have.")
@pass_invocation
def command(
    invocation: Invocation, files: tuple[Path, ...], interval: int, parks_file: Path | None, with_prune: bool
) -> None:
    """Run recorded cycles through the same code as `collect`, closing days as local midnights pass.

    Reads CSV files, plain or .gz, merged by time, with the columns recorded_at, park_id, land, ride_id,
    ride_name, is_open, wait_time, last_updated; further ones are ignored. Times without a zone are UTC.
    Writes the database, which is brought to the newest revision first, and ARCHIVE_DIR. Keeps raw
    readings unless told to prune.
    """
    from park_downtime.classification.classifier import Classifier
    from park_downtime.database.schema import migrate
    from park_downtime.jobs.replay import replay

    settings = invocation.settings
    nights = Nights(with_prune, invocation.archive())
    with invocation.database(is_migrated=False) as engine:
        migrate(engine)
        with progress("Replaying") as tell:
            report = replay(
                engine,
                files,
                Classifier.load(learnt_path=settings.llm_cache),
                settings,
                interval_minutes=interval,
                parks_file=parks_file,
                after_cycle=nights.after_cycle,
                progress=tell,
            )
        if report.last is not None:
            nights.run(engine, report.last)
    span = ""
    if report.first is not None and report.last is not None:
        span = f", {report.first:%Y-%m-%d %H:%M} to {report.last:%Y-%m-%d %H:%M} UTC"
    say(
        f"{report.cycles} cycles of {len(report.parks)} parks, {report.rows_written} rows{span}\n"
        f"{report.cycles_skipped} cycles were there already, {report.parks_rejected} payloads were rejected, "
        f"{report.rows_without_id} rows had no ride_id"
    )


class Nights:
    """Closes what is over whenever the recording's time enters another hour."""

    def __init__(self, with_prune: bool, archive: StretchArchive | None = None) -> None:
        self._with_prune = with_prune
        self._archive = archive
        if not log.isEnabledFor(logging.DEBUG):
            for job in ("aggregate", "prune"):  # a year of hours would be a year of lines
                logging.getLogger(f"park_downtime.jobs.{job}").setLevel(logging.WARNING)
        self._hour: datetime | None = None

    def after_cycle(self, engine: Engine, at: datetime) -> None:
        hour = at.replace(minute=0, second=0)
        if hour != self._hour:
            self._hour = hour
            self.run(engine, at)

    def run(self, engine: Engine, at: datetime) -> None:
        from park_downtime.jobs.aggregate import aggregate_due
        from park_downtime.jobs.prune import prune

        aggregate_due(engine, at, self._archive)
        if self._with_prune:
            prune(engine, at, self._archive)
