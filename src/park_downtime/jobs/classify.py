"""Apply the classification to every ride: after a change of the lists or rules, or whenever wanted."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from park_downtime.classification.classifier import Classifier, ranked
from park_downtime.classification.curated import CuratedFile, CuratedRide, read_file, write_file
from park_downtime.classification.language_model import ModelEndpoint, Question, ask
from park_downtime.classification.statement import Source, Statement
from park_downtime.database.again import write_again
from park_downtime.database.parks import all_parks
from park_downtime.database.rides import NAME_LENGTH, ClassifiedRide, all_classified, save_classifications
from park_downtime.database.version import bump_version
from park_downtime.model import Category, Classification

log = logging.getLogger(__name__)

MUST_BE_REVIEWED_BELOW = 0.5
SHOULD_BE_REVIEWED_BELOW = 0.7
SURE_FROM_CONFIDENCE = 0.85


class UnknownRide(Exception):
    """No ride of this id has ever been collected."""


@dataclass(frozen=True, slots=True)
class PlacedRide:
    """A ride with what is said of it now; `ride.before` is what was said until now."""

    ride: ClassifiedRide
    now: Classification


@dataclass(frozen=True, slots=True)
class ClassifyReport:
    """What a run found and changed. Tiers and shares are of counted rides only."""

    rides: int
    newly_classified: int
    changed: tuple[PlacedRide, ...]
    rows_written: int
    must_review: tuple[PlacedRide, ...]
    should_review: tuple[PlacedRide, ...]
    tiers: Mapping[int, int]
    categories: Mapping[Category, int]

    def tier_share(self, tier: int) -> float | None:
        """The part of the counted rides that is of this tier; None when there are none."""
        total = sum(self.tiers.values())
        return self.tiers.get(tier, 0) / total if total else None


def reclassify(engine: Engine, classifier: Classifier, now: datetime) -> ClassifyReport:
    """Classify all rides in one transaction. Rows that would stay the same are not written."""

    def classify_all(connection: Connection) -> tuple[list[PlacedRide], int]:
        placed = [PlacedRide(ride, _place(classifier, ride)) for ride in all_classified(connection)]
        differing = {one.ride.ride_id: one.now for one in placed if one.ride.before != one.now}
        save_classifications(connection, differing, now)
        if differing:
            bump_version(connection)
        return placed, len(differing)

    placed, rows_written = write_again(engine, classify_all)
    changed = tuple(
        one for one in placed if one.ride.before is not None and _matters(one.ride.before, one.now)
    )
    for one in changed:
        _log_change(one)
    report = ClassifyReport(
        rides=len(placed),
        newly_classified=sum(one.ride.before is None for one in placed),
        changed=changed,
        rows_written=rows_written,
        must_review=_between(placed, 0.0, MUST_BE_REVIEWED_BELOW),
        should_review=_between(placed, MUST_BE_REVIEWED_BELOW, SHOULD_BE_REVIEWED_BELOW),
        tiers=Counter(one.now.tier or 2 for one in placed if one.now.category.is_counted),
        categories=Counter(one.now.category for one in placed),
    )
    _log_report(report)
    return report


def explain(engine: Engine, classifier: Classifier, ride_id: int) -> list[str]:
    """Lines for a person: what each source says of the ride, and what counts. Raises UnknownRide."""
    with engine.connect() as connection:
        found = [ride for ride in all_classified(connection) if ride.ride_id == ride_id]
    if not found:
        raise UnknownRide(f"no ride {ride_id} has been collected")
    ride = found[0]
    result = _place(classifier, ride)
    lines = [
        f"{ride.name}: ride {ride.ride_id} of park {ride.park_id}, "
        + (f"land {ride.land!r}" if ride.land else "in no land"),
    ]
    said = classifier.statements(ride.park_id, ride.ride_id, ride.name, ride.land)
    category, tier = ranked(said)
    for source in Source:
        own = [statement for statement in said if statement.source is source]
        lines += [_said(statement, statement is category, statement is tier) for statement in own]
        if not own:
            lines.append(f"  {source}: says nothing")
    lines.append(
        f"Result: {result.category}, tier {result.tier}, confidence {result.confidence:.2f}: {result.reason}"
    )
    if ride.before is None:
        lines.append("Stored: not yet classified")
    elif ride.before != result:
        lines.append(f"Stored: {_in_words(ride.before)}; `classify` will change it")
    else:
        lines.append("Stored: the same")
    return lines


def _place(classifier: Classifier, ride: ClassifiedRide) -> Classification:
    """As it will be read back: compared with what is stored, so cut to the same length."""
    said = classifier.classify(ride.park_id, ride.ride_id, ride.name, ride.land)
    return replace(said, reason=said.reason[:NAME_LENGTH], confidence=round(said.confidence, 4))


def _matters(before: Classification, now: Classification) -> bool:
    """A tier, a category or an override is another than before; a mere rewording is not."""
    if (before.category, before.tier) != (now.category, now.tier):
        return True
    was, is_now = before.source == Source.OVERRIDE, now.source == Source.OVERRIDE
    return was != is_now or (is_now and before.reason != now.reason)


def _log_change(one: PlacedRide) -> None:
    before = one.ride.before
    if before is None:
        return
    log.info(
        "ride reclassified",
        extra={
            "park_id": one.ride.park_id,
            "ride_id": one.ride.ride_id,
            "ride_name": one.ride.name,
            "old_tier": before.tier,
            "new_tier": one.now.tier,
            "old_category": before.category.value,
            "new_category": one.now.category.value,
            "old_source": before.source,
            "new_source": one.now.source,
            "old_reason": before.reason,
            "new_reason": one.now.reason,
        },
    )


def _log_report(report: ClassifyReport) -> None:
    log.info(
        "rides classified",
        extra={
            "rides": report.rides,
            "newly_classified": report.newly_classified,
            "changed": len(report.changed),
            "rows_written": report.rows_written,
            "must_review": len(report.must_review),
            "should_review": len(report.should_review),
            **{f"tier_{tier}": report.tiers.get(tier, 0) for tier in (1, 2, 3)},
        },
    )


def _between(placed: list[PlacedRide], least: float, below: float) -> tuple[PlacedRide, ...]:
    found = [one for one in placed if least <= one.now.confidence < below]
    return tuple(sorted(found, key=lambda one: (one.now.confidence, one.ride.park_id, one.ride.name)))


def _said(statement: Statement, gives_category: bool, gives_tier: bool) -> str:
    stated = [statement.category.value] if statement.category else []
    stated += [f"tier {statement.tier}"] if statement.tier else []
    counts = " and ".join(["category"] * gives_category + ["tier"] * gives_tier)
    chosen = f" <- the {counts} that counts" if counts else ""
    return (
        f"  {statement.source}: {', '.join(stated)} (confidence {statement.confidence:.2f}, "
        f"{statement.reason}){chosen}"
    )


def _in_words(what: Classification) -> str:
    return f"{what.category}, tier {what.tier}, by {what.source}"


@dataclass(frozen=True, slots=True)
class AskReport:
    """What was asked and answered. `unsure` are answers not kept, by `park_id:ride_id`."""

    questions: int
    answers: int
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
    answers = invalid = unanswered = 0
    unsure: dict[str, CuratedRide] = {}
    failures: list[str] = []
    for batch in ask(endpoint, questions, wait_seconds=wait_seconds):
        sure = {key: ride for key, ride in batch.answers.items() if ride.confidence >= SURE_FROM_CONFIDENCE}
        unsure |= {key: ride for key, ride in batch.answers.items() if key not in sure}
        answers += len(sure)
        invalid += batch.invalid
        unanswered += batch.unanswered
        if batch.failure:
            failures.append(batch.failure)
        if sure:
            known |= sure
            write_file(cache, CuratedFile(schema_version=1, rides=dict(sorted(known.items()))))
    report = AskReport(len(questions), answers, unsure, invalid, unanswered, tuple(failures))
    log.info(
        "language model asked",
        extra={
            "asked": report.questions,
            "kept": answers,
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
