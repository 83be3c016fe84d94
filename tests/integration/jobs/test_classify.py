"""Classifications in the database follow the lists and rules, and every change is told."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from model_server import Entry, ModelServer, answer
from sqlalchemy import Engine, select

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.language_model import ModelEndpoint
from park_downtime.classification.statement import Source, Statement
from park_downtime.database.engine import writing
from park_downtime.database.parks import ParkRow, save_parks
from park_downtime.database.rides import RideRow, add_land, add_rides, all_classified
from park_downtime.database.tables import ride_classifications
from park_downtime.jobs.classify import UnknownRide, ask_model, explain, reclassify
from park_downtime.model import Category, Land
from park_downtime.timeline.presence import Presence

NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 7, 5, 12, tzinfo=UTC)
MOUNTAIN, CARROUSEL, SINGLE, REVUE = 138, 161, 139, 170
CURATED = {(6, MOUNTAIN): Statement(Source.CURATED, Category.RIDE, 1, 0.95, "the park's mountain")}
PARK = ParkRow(
    park_id=6, group_id=None, name="Disney Magic Kingdom", country=None, continent=None, city=None,
    state_province=None, latitude=None, longitude=None, timezone="America/New_York", operator=None,
    is_tracked=True, first_seen_at=NOW, removed_at=None,
)  # fmt: skip


@pytest.fixture
def park(engine: Engine) -> Engine:
    names = {
        MOUNTAIN: "Space Mountain",
        CARROUSEL: "Prince Charming Regal Carrousel",
        SINGLE: "Space Mountain Single Rider",
        REVUE: "Jessie’s Roundup: A Rip-Roarin’ Revue!",
    }
    with writing(engine) as connection:
        save_parks(connection, [PARK])
        land = add_land(connection, 6, Land(71, "Tomorrowland"))
        rows = [
            RideRow(
                ride_id=ride_id,
                park_id=6,
                name=name,
                land_key=land if ride_id == MOUNTAIN else None,
                category=None,
                presence=Presence(None, 0, None),
            )
            for ride_id, name in names.items()
        ]
        add_rides(connection, rows, NOW)
    return engine


def classifier(override: Statement | None = None) -> Classifier:
    return Classifier(overrides={(6, MOUNTAIN): override} if override else {}, curated=CURATED, learnt={})


def stored(engine: Engine) -> dict[int, tuple[Category, int | None, datetime]]:
    c = ride_classifications.c
    with engine.connect() as connection:
        rows = connection.execute(select(c.ride_id, c.category, c.tier, c.classified_at)).all()
    return {row.ride_id: (row.category, row.tier, row.classified_at) for row in rows}


def test_every_ride_is_classified(park: Engine) -> None:
    report = reclassify(park, classifier(), NOW)
    assert stored(park) == {
        MOUNTAIN: (Category.RIDE, 1, NOW),
        CARROUSEL: (Category.RIDE, 3, NOW),
        SINGLE: (Category.SINGLE_RIDER, 3, NOW),
        REVUE: (Category.SHOW, 3, NOW),
    }
    assert (report.rides, report.newly_classified, report.rows_written, report.changed) == (4, 4, 4, ())


def test_only_counted_rides_make_the_distribution(park: Engine) -> None:
    report = reclassify(park, classifier(), NOW)
    assert dict(report.tiers) == {1: 1, 3: 1}
    assert (report.tier_share(1), report.tier_share(2)) == (0.5, 0.0)
    assert report.categories[Category.SINGLE_RIDER] == 1


def test_without_rides_there_are_no_shares(engine: Engine) -> None:
    report = reclassify(engine, classifier(), NOW)
    assert (report.rides, report.tier_share(1)) == (0, None)


def test_a_second_run_writes_nothing(park: Engine) -> None:
    reclassify(park, classifier(), NOW)
    assert reclassify(park, classifier(), LATER).rows_written == 0
    assert {at for _, _, at in stored(park).values()} == {NOW}


def test_only_what_differs_is_written(park: Engine) -> None:
    reclassify(park, classifier(), NOW)
    override = Statement(Source.OVERRIDE, None, 3, 1.0, "not for me")
    report = reclassify(park, classifier(override), LATER)
    assert report.rows_written == 1
    assert stored(park)[MOUNTAIN] == (Category.RIDE, 3, LATER)
    assert stored(park)[CARROUSEL] == (Category.RIDE, 3, NOW)


def test_a_change_is_logged_with_old_and_new(park: Engine, caplog: pytest.LogCaptureFixture) -> None:
    reclassify(park, classifier(), NOW)
    with caplog.at_level(logging.INFO):
        reclassify(park, classifier(Statement(Source.OVERRIDE, Category.SHOW, 3, 1.0, "not for me")), LATER)
    (line,) = [record.__dict__ for record in caplog.records if record.message == "ride reclassified"]
    assert (line["ride_id"], line["old_tier"], line["new_tier"]) == (MOUNTAIN, 1, 3)
    assert (line["old_category"], line["new_category"]) == ("ride", "show")
    assert (line["old_source"], line["new_source"]) == ("curated", "override")


def test_an_override_that_comes_to_the_same_is_logged_too(
    park: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    reclassify(park, classifier(), NOW)
    with caplog.at_level(logging.INFO):
        reclassify(park, classifier(Statement(Source.OVERRIDE, None, 1, 1.0, "surely")), LATER)
    assert [record.message for record in caplog.records].count("ride reclassified") == 1


def test_an_override_taken_back_is_logged(park: Engine, caplog: pytest.LogCaptureFixture) -> None:
    reclassify(park, classifier(Statement(Source.OVERRIDE, None, 3, 1.0, "not for me")), NOW)
    with caplog.at_level(logging.INFO):
        report = reclassify(park, classifier(), LATER)
    assert [(one.ride.ride_id, one.now.tier) for one in report.changed] == [(MOUNTAIN, 1)]


def test_what_must_and_what_should_be_reviewed_is_listed(park: Engine) -> None:
    report = reclassify(park, Classifier(overrides={}, curated={}, learnt={}), NOW)
    assert [one.ride.ride_id for one in report.must_review] == [MOUNTAIN]
    assert [one.ride.ride_id for one in report.should_review] == [CARROUSEL]


def test_a_long_reason_is_not_written_again_and_again(park: Engine) -> None:
    long = classifier(Statement(Source.OVERRIDE, None, 3, 1.0, "because " * 100))
    reclassify(park, long, NOW)
    assert reclassify(park, long, LATER).rows_written == 0


def test_a_ride_is_explained_step_by_step(park: Engine) -> None:
    reclassify(park, classifier(), NOW)
    override = Statement(Source.OVERRIDE, None, 3, 1.0, "not for me")
    assert explain(park, classifier(override), MOUNTAIN) == [
        "Space Mountain: ride 138 of park 6, land 'Tomorrowland'",
        "  override: tier 3 (confidence 1.00, not for me) <- the tier that counts",
        "  curated: ride, tier 1 (confidence 0.95, the park's mountain) <- the category that counts",
        "  rule: says nothing",
        "  language model: says nothing",
        "  default: ride (confidence 0.60, most entries of a park are rides)",
        "  default: tier 2 (confidence 0.30, nothing is known of it: standard)",
        "Result: ride, tier 3, confidence 0.95: the park's mountain; not for me",
        "Stored: ride, tier 1, by curated; `classify` will change it",
    ]


def test_an_explained_ride_may_be_new(park: Engine) -> None:
    assert explain(park, classifier(), CARROUSEL)[-1] == "Stored: not yet classified"


def test_an_explained_ride_may_be_as_stored(park: Engine) -> None:
    reclassify(park, classifier(), NOW)
    assert explain(park, classifier(), CARROUSEL)[-1] == "Stored: the same"


def test_a_ride_that_was_never_seen_cannot_be_explained(park: Engine) -> None:
    with pytest.raises(UnknownRide, match="no ride 7 has been collected"):
        explain(park, classifier(), 7)


NOTHING_KNOWN = Classifier(overrides={}, curated={}, learnt={})


def test_the_model_is_asked_only_of_what_nothing_else_places(park: Engine, tmp_path: Path) -> None:
    with ModelServer() as server:
        report = ask_model(
            park, NOTHING_KNOWN, ModelEndpoint(server.url, "stand-in"), tmp_path / "answers.json"
        )
    assert [[ride["name"] for ride in rides] for rides in server.asked()] == [["Space Mountain"]]
    assert server.asked()[0][0]["park"] == "Disney Magic Kingdom"
    assert (report.questions, report.answers, report.failures) == (1, 1, ())


def test_what_the_model_is_sure_of_is_used_and_not_asked_again(park: Engine, tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"
    with ModelServer() as server:
        ask_model(park, NOTHING_KNOWN, ModelEndpoint(server.url, "stand-in"), cache)
        again = ask_model(park, NOTHING_KNOWN, ModelEndpoint(server.url, "stand-in"), cache)
    reclassify(park, Classifier.load(learnt_path=cache), NOW)
    assert (again.questions, len(server.requests)) == (0, 1)
    with park.connect() as connection:
        assert Classifier.load(learnt_path=cache).learnt[(6, MOUNTAIN)].tier == 1
        assert len(all_classified(connection)) == 4


def test_what_the_model_is_unsure_of_is_reported_only(park: Engine, tmp_path: Path) -> None:
    def unsure(rides: list[Entry]) -> str:
        return json.dumps({"rides": [answer(ride["key"], confidence=0.84) for ride in rides]})

    cache = tmp_path / "answers.json"
    with ModelServer(unsure) as server:
        report = ask_model(park, NOTHING_KNOWN, ModelEndpoint(server.url, "stand-in"), cache)
    assert list(report.unsure) == ["6:138"]
    assert report.answers == 0
    assert not cache.exists()


def test_a_model_that_is_away_changes_nothing(park: Engine, tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"
    with ModelServer() as server:
        pass
    report = ask_model(park, NOTHING_KNOWN, ModelEndpoint(server.url, "stand-in"), cache, wait_seconds=0.01)
    assert (report.answers, report.unanswered, len(report.failures)) == (0, 1, 1)
    assert not cache.exists()
