"""Recordings run through the code of `collect` and of the nights, into a database that is gone afterwards."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.commands.replay import Nights
from park_downtime.config.settings import load
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import migrate
from park_downtime.jobs.replay import ReplayReport, replay


class Replayed(NamedTuple):
    """`errors` are what the program logged as such while replaying: there must be none."""

    engine: Engine
    report: ReplayReport
    errors: list[str]


@contextmanager
def replayed(
    files: Sequence[Path], interval_minutes: int, parks_file: Path | None = None
) -> Iterator[Replayed]:
    """Every park of the recording is tracked, whatever the settings say."""
    with _errors() as errors, tempfile.TemporaryDirectory(prefix="park-downtime-accuracy-") as folder:
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
            yield Replayed(engine, report, errors)
        finally:
            engine.dispose()


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _errors() -> Iterator[list[str]]:
    """Errors are kept instead of printed; what is less than an error is not of interest here."""
    kept, log = _Kept(), logging.getLogger("park_downtime")
    before = log.level, log.propagate
    log.setLevel(logging.ERROR)
    log.propagate = False
    log.addHandler(kept)
    try:
        yield kept.messages
    finally:
        log.removeHandler(kept)
        log.setLevel(before[0])
        log.propagate = before[1]
