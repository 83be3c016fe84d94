"""Recordings run through the code of `collect` and of the nights, into a database that is gone afterwards."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.commands.replay import Nights
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import migrate
from park_downtime.jobs.replay import ReplayReport, replay
from park_downtime.settings import load


@contextmanager
def replayed(
    files: Sequence[Path], interval_minutes: int, parks_file: Path | None = None
) -> Iterator[tuple[Engine, ReplayReport]]:
    """Every park of the recording is tracked, whatever the settings say."""
    _say_only_what_is_wrong()
    with tempfile.TemporaryDirectory(prefix="park-downtime-accuracy-") as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'replayed.sqlite'}")
        try:
            migrate(engine)
            settings = load({"SPOOL_DIR": str(Path(folder) / "spool")}, env_file=Path(folder) / ".env")
            nights = Nights(with_prune=False)
            report = replay(
                engine,
                files,
                Classifier.load(),
                settings,
                interval_minutes=interval_minutes,
                parks_file=parks_file,
                after_cycle=nights.after_cycle,
            )
            if report.last is not None:
                nights.run(engine, report.last)
            yield engine, report
        finally:
            engine.dispose()


def _say_only_what_is_wrong() -> None:
    logging.getLogger("park_downtime").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
