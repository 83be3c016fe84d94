"""Ask the language model about the rides that nothing else places, and keep what it is sure of."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier, ranked
from park_downtime.classification.curated import CuratedFile, CuratedRide, read_file, write_file
from park_downtime.classification.language_model import ModelEndpoint, Question, ask
from park_downtime.classification.statement import Source
from park_downtime.database.parks import all_parks
from park_downtime.database.rides import all_classified

log = logging.getLogger(__name__)

KEPT_FROM_CONFIDENCE = 0.85


@dataclass(frozen=True, slots=True)
class AskReport:
    """What was asked and answered. `unsure` are answers not kept, by `park_id:ride_id`."""

    asked: int
    kept: int
    unsure: Mapping[str, CuratedRide]
    invalid: int
    unanswered: int
    failures: tuple[str, ...]


def ask_model(
    engine: Engine, classifier: Classifier, endpoint: ModelEndpoint, cache: Path, wait_seconds: float = 1.0
) -> AskReport:
    """Load the classifier anew with `learnt_path=cache` afterwards, and reclassify.

    Answers are kept in `cache` as they come: what was answered before an interruption is not
    asked again. Raises CuratedInvalid when the cache cannot be read.
    """
    known = dict(read_file(cache).rides)
    questions = [question for question in unplaced(engine, classifier) if question.key not in known]
    kept = invalid = unanswered = 0
    unsure: dict[str, CuratedRide] = {}
    failures: list[str] = []
    for batch in ask(endpoint, questions, wait_seconds=wait_seconds):
        sure = {key: ride for key, ride in batch.answers.items() if ride.confidence >= KEPT_FROM_CONFIDENCE}
        unsure |= {key: ride for key, ride in batch.answers.items() if key not in sure}
        kept, invalid, unanswered = kept + len(sure), invalid + batch.invalid, unanswered + batch.unanswered
        if batch.failure:
            failures.append(batch.failure)
        if sure:
            known |= sure
            write_file(cache, CuratedFile(schema_version=1, rides=dict(sorted(known.items()))))
    report = AskReport(len(questions), kept, unsure, invalid, unanswered, tuple(failures))
    log.info(
        "language model asked",
        extra={
            "asked": report.asked,
            "kept": kept,
            "unsure": len(unsure),
            "invalid": invalid,
            "unanswered": unanswered,
            "failed_requests": len(failures),
            "first_failure": failures[0] if failures else None,
        },
    )
    return report


def unplaced(engine: Engine, classifier: Classifier) -> list[Question]:
    """The rides whose tier nothing but the default states."""
    with engine.connect() as connection:
        rides, parks = all_classified(connection), all_parks(connection)
    questions = []
    for ride in rides:
        said = classifier.statements(ride.park_id, ride.ride_id, ride.name, ride.land)
        if ranked(said)[1].source is Source.DEFAULT:
            park = parks.get(ride.park_id)
            questions.append(
                Question(
                    key=f"{ride.park_id}:{ride.ride_id}",
                    name=ride.name,
                    park=park.name if park else f"park {ride.park_id}",
                    land=ride.land,
                )
            )
    return questions
