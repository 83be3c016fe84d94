"""openapi.yaml is valid, complete and true: every example, every route, every answer keeps to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import api_world
import pytest
from flask import Flask
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate

from park_downtime.api import spec
from park_downtime.api.app import create_app
from park_downtime.api.badge import Badge, Ground, as_svg
from park_downtime.database.engine import make_engine

DOCUMENT = spec.document()
SCHEMAS = DOCUMENT["components"]["schemas"]
PERIODS = ("today", "7days", "30days")
BADGES = {
    "/badges/parks/{park_id}.svg": Badge(
        "Disney Magic Kingdom",
        "97.4 %",
        "uptime, last 7 days",
        "97.4 % uptime, last 7 days, 99.1 % of the time observed",
        Ground.FIGURE,
    ),
    "/badges/rides/{ride_id}.svg": Badge(
        "Space Mountain",
        "3 h 20 m",
        "downtime, 2026-11",
        "3 hours 20 minutes of downtime, 2026-11, 98.7 % of the time observed",
        Ground.FIGURE,
    ),
}
URLS = [
    *(f"/api/parks/downtime?period={period}&weighted=true" for period in PERIODS),
    *(f"/api/parks/6/details?period={period}" for period in PERIODS),
    *(f"/api/rides/downtime?period={period}&park_wide=exclude" for period in PERIODS),
    *(f"/api/rides/{ride}/details?period={period}" for ride in (2, 3, 5, 9) for period in PERIODS),
    *(f"/api/rides/waittimes?mode={mode}" for mode in ("live", "7day-average", "peak")),
    *(
        f"/api/trends?category={what}-{how}&period={period}"
        for what in ("parks", "rides")
        for how in ("improving", "declining")
        for period in PERIODS
    ),
    "/api/parks/downtime?filter=disney-universal&park_wide=exclude",
    "/api/parks/6/timeline",
    "/api/parks/50/timeline?date=2026-07-01",
    "/api/now",
    *(f"/api/outages?period={period}&park_wide=exclude" for period in PERIODS),
    "/api/outages?ride_id=3&kind=ongoing",
    "/api/parks",
    "/api/rides",
    "/api/health",
]


def problems(schema: dict[str, Any], answer: Any) -> list[str]:
    known = {**schema, "components": DOCUMENT["components"]}
    return [
        f"{list(error.path)}: {error.message}" for error in Draft202012Validator(known).iter_errors(answer)
    ]


def schema_for(path: str, status: int) -> dict[str, Any]:
    parts = path.split("?")[0].split("/")
    for known, methods in DOCUMENT["paths"].items():
        pattern = known.split("/")
        if len(pattern) == len(parts) and all(
            want == have or (want.startswith("{") and have.isdigit())
            for want, have in zip(pattern, parts, strict=True)
        ):
            response = spec.resolved(methods["get"]["responses"][str(status)])
            schema: dict[str, Any] = response["content"]["application/json"]["schema"]
            return schema
    raise LookupError(path)


@pytest.fixture(scope="module", params=["now", "stale", "empty", "past"])
def app(request: Any, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The drawn parks as they are, when their readings are old, before any, and at an earlier moment."""
    folder = tmp_path_factory.mktemp("contract")
    shutil.copyfile(migrated_sqlite, folder / "downtime.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'downtime.sqlite'}")
    if request.param != "empty":
        api_world.fill(engine)
    now = api_world.NOW + timedelta(hours=2 if request.param == "stale" else 0)
    yield create_app(
        api_world.settings_for(folder),
        engine,
        as_of=api_world.START + timedelta(minutes=95) if request.param == "past" else None,
        clock=lambda: now,
    )
    engine.dispose()


def test_it_is_a_valid_document() -> None:
    validate(DOCUMENT)


def test_every_answer_keeps_to_it(app: Flask) -> None:
    client = app.test_client()
    found = {}
    for url in URLS:
        answer = client.get(url)
        assert answer.status_code in (200, 404, 503), url
        wrong = problems(schema_for(url, answer.status_code), answer.get_json())
        # Said in words only: a constant boolean is no type that every client generator knows.
        assert answer.get_json()["success"] is (answer.status_code != 404), url
        if wrong:
            found[url] = wrong[:3]
    assert found == {}


def test_every_operation_is_answered_and_every_route_described(app: Flask) -> None:
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api", "/badges"))
    }
    assert routes == set(DOCUMENT["paths"])


@pytest.mark.parametrize("path", list(DOCUMENT["paths"]))
def test_examples_are_answers(path: str) -> None:
    answer = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]
    content = answer.get("application/json", {})
    if "example" in content:
        assert problems(content["schema"], content["example"]) == []
    elif path.startswith("/badges"):
        assert answer["image/svg+xml"]["example"] == as_svg(BADGES[path], is_simulated=False).decode()
    else:
        assert path in ("/api/openapi.json", "/api/docs")


@pytest.mark.parametrize(
    "name", [name for name in DOCUMENT["components"]["responses"] if name != "NotModified"]
)
def test_examples_of_errors_are_errors(name: str) -> None:
    content = DOCUMENT["components"]["responses"][name]["content"]["application/json"]
    assert problems(content["schema"], content["example"]) == []


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "Error"])
def test_no_field_may_be_left_out_or_added(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["required"] == list(schema["properties"])
    assert schema["additionalProperties"] is False


def test_rows_can_be_sorted_by_each_of_their_plain_fields() -> None:
    for operation in spec.operations().values():
        sort = operation.of("query").get("sort")
        if sort is not None:
            names = {name for row in operation.rows for name in spec.fields(row)}
            assert set(sort.allowed) == names - {"queue_times_url", "tier_distribution", "methods"}, (
                operation.name
            )
