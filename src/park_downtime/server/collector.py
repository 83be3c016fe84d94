"""The embedded run's cycle: collects, and says once, in a line and in the health, when the feed is silent."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from park_downtime.api.app_context import tell_feed_trouble
from park_downtime.classification.classifier import Classifier
from park_downtime.collection.lock import LockHeld
from park_downtime.config.settings import Settings
from park_downtime.feed.client import QueueTimes
from park_downtime.feed.errors import nothing_collected
from park_downtime.feed.samples import SampleStore
from park_downtime.jobs.collect import CollectFailed, CollectReport, collect

log = logging.getLogger(__name__)

SAMPLES = "samples"


class EmbeddedCollect:
    """Keeps the connections to the feed from cycle to cycle."""

    def __init__(self, settings: Settings, engine: Engine, app: Flask) -> None:
        self._settings = settings
        self._engine = engine
        self._app = app
        self._classifier = Classifier.load(learnt_path=settings.llm_cache)
        self._client = QueueTimes(settings.queue_times_url, settings.contact_url)
        self._samples = SampleStore(settings.spool_dir / SAMPLES)
        self._trouble: str | None = None

    def run(self, now: datetime) -> None:
        try:
            report = collect(
                self._engine, self._settings, now, self._client, self._classifier, samples=self._samples
            )
        except LockHeld as error:
            log.info("cycle left out: %s", error)
        except CollectFailed as error:
            if isinstance(error.__cause__, SQLAlchemyError):
                raise
            self._tell(str(error))
        else:
            self._tell(feed_trouble(report))

    def _tell(self, trouble: str | None) -> None:
        tell_feed_trouble(self._app, trouble)
        is_new = (trouble is None) != (self._trouble is None)
        self._trouble = trouble
        if not is_new:
            return
        address = self._settings.queue_times_url
        if trouble is None:
            log.info("the feed at %s answers again", address)
        else:
            log.warning(nothing_collected(address, trouble))


def feed_trouble(report: CollectReport) -> str | None:
    """Why the feed said nothing; None where any park answered, whatever became of it afterwards."""
    return None if report.anything_answered else report.problem
