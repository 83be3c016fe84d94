"""`park-downtime classify`: what every entry is and how much it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.saying import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from park_downtime.classification.classifier import Classifier
    from park_downtime.config.settings import Settings
    from park_downtime.jobs.classify import PlacedRide


@click.command("classify")
@click.option(
    "--explain", "ride_id", type=int, metavar="RIDE", help="Say why one ride is what it is; write nothing."
)
@click.option(
    "--ask-model",
    is_flag=True,
    help="First ask the language model of LLM_BASE_URL about rides that nothing else places.",
)
@pass_invocation
def command(invocation: Invocation, ride_id: int | None, ask_model: bool) -> None:
    """Say anew what every entry is (category) and how much it matters (tier).

    By the first that applies: manual overrides, the curated list, rules for names and lands, what a
    language model once answered, a default.
    Reads the lists of the program and the rides of the database; writes their classification. Lists what
    is so uncertain that it should be reviewed.
    """
    from park_downtime.classification.classifier import Classifier
    from park_downtime.clock import utc_now
    from park_downtime.jobs.classify import UnknownRide, explain, reclassify

    settings = invocation.settings
    classifier = Classifier.load(learnt_path=settings.llm_cache)
    with invocation.database() as engine:
        if ride_id is not None:
            try:
                say("\n".join(explain(engine, classifier, ride_id)))
            except UnknownRide as error:
                raise click.ClickException(str(error)) from None
            return
        if ask_model:
            _ask_model(settings, engine, classifier)
            classifier = Classifier.load(learnt_path=settings.llm_cache)
        report = reclassify(engine, classifier, utc_now())
    _list("Must be reviewed", report.must_review)
    _list("Should be reviewed", report.should_review)
    say(
        f"{report.rides} entries: {report.newly_classified} new, {len(report.changed)} changed; of the "
        "counted rides " + ", ".join(f"{report.tiers.get(tier, 0)} in tier {tier}" for tier in (1, 2, 3))
    )


def _ask_model(settings: Settings, engine: Engine, classifier: Classifier) -> None:
    from park_downtime.classification.language_model import ModelEndpoint
    from park_downtime.jobs.classify import ask_model

    if settings.llm_base_url is None or settings.llm_model is None:
        raise click.ClickException("--ask-model needs the settings LLM_BASE_URL and LLM_MODEL")
    endpoint = ModelEndpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key)
    report = ask_model(engine, classifier, endpoint, settings.llm_cache)
    say(
        f"Asked a model about {report.questions} rides: {report.answers} answers kept, "
        f"{len(report.unsure)} unsure, {report.invalid} invalid, {report.unanswered} unanswered"
    )


def _list(heading: str, placed: Sequence[PlacedRide]) -> None:
    if not placed:
        return
    say(f"{heading}:")
    for one in placed:
        say(
            f"  {one.now.confidence:.2f}  park {one.ride.park_id}, ride {one.ride.ride_id}  {one.ride.name}: "
            f"{one.now.category.value.replace('_', ' ')}, {one.now.reason}"
        )
    say()
