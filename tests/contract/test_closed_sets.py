"""Statuses, kinds of stretches, categories and outcomes are the same sets in the model, openapi.yaml, the
dashboard's words, its styles and the database: a new member that one of them forgets is found here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from park_downtime.api import spec
from park_downtime.api.health.rules import Health
from park_downtime.api.table import STATUS_ORDER
from park_downtime.database import statistics_tables, tables
from park_downtime.database.types import Coded
from park_downtime.model import Category, GoneReason, Status, StretchKind
from park_downtime.statistics.days import LOST

FRONTEND = Path(__file__).parents[2] / "frontend"
SCHEMAS: dict[str, Any] = spec.document()["components"]["schemas"]
CODED = {
    f"{table.name}.{column.name}": column.type
    for table in tables.metadata.tables.values()
    for column in table.columns
    if isinstance(column.type, Coded)
}
SOME_OF_A_SET = {"ride_closures.kind"}


def enum(schema: str, field: str) -> list[str | None]:
    found: list[str | None] = SCHEMAS[schema]["properties"][field]["enum"]
    return found


def source(name: str) -> str:
    return (FRONTEND / name).read_text("utf-8")


def keys(script: str, name: str) -> set[str]:
    """The keys of the object that a script keeps under a name."""
    [body] = re.findall(rf"const {name} = \{{(.*?)\}};", source(f"js/components/{script}.js"), re.DOTALL)
    return {quoted or plain for quoted, plain in re.findall(r'(?:^|[,{]|\n)\s*(?:"([\w-]+)"|(\w+)):', body)}


def dashed(names: set[str]) -> set[str]:
    return {name.replace("_", "-") for name in names}


@pytest.mark.parametrize(
    ("known", "schema", "field"),
    [
        (Status, "RideRanking", "current_status"),
        (Status, "ParkRide", "current_status"),
        (Status, "RideDetailsData", "current_status"),
        (StretchKind, "Stretch", "kind"),
    ],
)
def test_the_model_and_the_contract_know_the_same(known: type[StrEnum], schema: str, field: str) -> None:
    assert enum(schema, field) == [member.value for member in known]


@pytest.mark.parametrize("schema", ["RideEntry", "ParkRide", "TimelineRide", "RideDetailsData"])
def test_categories_are_those_of_the_model_or_null(schema: str) -> None:
    assert enum(schema, "category") == [*(member.value for member in Category), None]


def test_health_is_as_the_contract_says() -> None:
    assert enum("HealthAnswer", "status") == [str(member) for member in Health]


def test_a_status_has_a_place_in_the_order_of_rows() -> None:
    assert set(STATUS_ORDER) == set(Status)


def test_the_dashboard_has_a_shape_for_each_status() -> None:
    assert keys("badges", "SHAPES") == set(enum("RideRanking", "current_status"))


@pytest.mark.parametrize("status", Status)
def test_the_shape_of_a_status_is_drawn_and_styled(status: Status) -> None:
    assert f'<symbol id="shape-{status.lower()}"' in source("index.html")
    assert f".status-{status.lower()}" in source("css/marks.css")


def test_the_dashboard_counts_each_status_of_a_park() -> None:
    [listed] = re.findall(r"const STATUSES = \[(.*?)\];", source("js/components/park-rides.js"))
    assert set(re.findall(r'"(\w+)"', listed)) == set(enum("ParkRide", "current_status"))


def test_the_dashboard_has_words_for_each_kind_of_stretch() -> None:
    assert keys("park-day", "KINDS") == set(enum("Stretch", "kind"))


def test_the_key_of_a_day_names_each_kind_of_stretch() -> None:
    assert keys("park-day", "words") == dashed(set(map(str, enum("Stretch", "kind"))))


def test_each_kind_of_stretch_is_styled() -> None:
    styled = set(re.findall(r"\.stretch-([\w-]+)", source("css/pictures.css")))
    assert styled == dashed(set(map(str, enum("Stretch", "kind"))))


def test_the_dashboard_has_a_heading_for_each_category_that_is_not_counted() -> None:
    assert keys("park-rides", "KINDS") == {str(member) for member in Category if not member.is_counted}


@pytest.mark.parametrize("column", sorted(CODED.keys() - SOME_OF_A_SET))
def test_the_database_has_a_code_for_each_member(column: str) -> None:
    members = CODED[column].members
    assert set(members) == set(type(members[0]))


def test_closures_that_are_kept_are_lost_time_or_may_yet_be_and_each_edge_has_a_place_in_the_contract() -> (
    None
):
    assert CODED["ride_closures.kind"].members == (*LOST, StretchKind.ONGOING)
    assert enum("DayEdge", "kind") == [str(kind) for kind in LOST if kind is not StretchKind.OUTAGE]


def test_the_log_knows_the_closures_that_are_kept() -> None:
    assert enum("LoggedOutage", "kind") == [*LOST, StretchKind.ONGOING]


def test_why_a_closure_is_gone_is_told_in_the_words_of_the_model() -> None:
    details = SCHEMAS["Error"]["properties"]["error"]["properties"]["details"]
    assert details["properties"]["reason"]["enum"] == [*GoneReason]


def test_outcomes_and_totals_are_among_the_coded_columns() -> None:
    known = list(CODED.values())
    assert tables.CYCLE_OUTCOME in known
    assert tables.PARK_OUTCOME in known
    assert statistics_tables.PERIOD_TOTAL in known
