"""A key that a schema does not know is an error, and so is one that is missing, however deep it stands."""

from __future__ import annotations

from typing import Any

import pytest

from park_downtime.api import spec
from park_downtime.api.schema_keys import KeysDiffer, check_keys

ZONE = {"timezone": "America/New_York", "last_success_date": None, "days_behind": None}
NIGHTS: dict[str, Any] = {"status": "healthy", "message": None, "zones": [ZONE]}
COMPARISON: dict[str, Any] = {
    "current_period": {"first_date": None, "last_date": None},
    "previous_period": {"first_date": None, "last_date": None},
}


def test_the_keys_of_the_schema_are_right() -> None:
    check_keys("AggregationCheck", NIGHTS)
    check_keys("Comparison", COMPARISON)


def test_one_that_is_not_known_is_named() -> None:
    with pytest.raises(KeysDiffer, match=r"^The schema AggregationCheck does not know nights$"):
        check_keys("AggregationCheck", NIGHTS | {"nights": 1})


def test_one_that_is_missing_is_named() -> None:
    with pytest.raises(KeysDiffer, match=r"^The schema AggregationCheck requires message, status$"):
        check_keys("AggregationCheck", {"zones": []})


def test_both_are_named() -> None:
    with pytest.raises(KeysDiffer, match=r"^The schema DateRange does not know last and requires last_date$"):
        check_keys("DateRange", {"first_date": None, "last": None})


def test_one_in_a_list_is_found() -> None:
    with pytest.raises(KeysDiffer, match=r"^The schema ZoneCheck does not know offset$"):
        check_keys("AggregationCheck", NIGHTS | {"zones": [ZONE, ZONE | {"offset": -4}]})


def test_an_object_that_may_be_missing_is_looked_into_where_it_is_there() -> None:
    keys = spec.document()["components"]["schemas"]["RideDetailsData"]["properties"]
    ride: dict[str, Any] = dict.fromkeys(keys) | dict.fromkeys(("days", "outages", "edges"), ())
    lengths = {"median_outage_minutes": None, "p90_outage_minutes": None}
    figures = spec.document()["components"]["schemas"]["RideStatistics"]["properties"]
    without = spec.document()["components"]["schemas"]["WithoutParkWide"]["properties"]
    ride["statistics"] = dict.fromkeys(figures) | lengths | {"without_park_wide": dict.fromkeys(without)}
    check_keys("RideDetailsData", ride)
    with pytest.raises(KeysDiffer, match=r"^The schema BackAgain does not know minutes and requires "):
        check_keys("RideDetailsData", ride | {"back_again": {"minutes": 40}})


def test_one_in_an_object_is_found() -> None:
    with pytest.raises(KeysDiffer, match=r"^The schema DateRange requires first_date$"):
        check_keys("Comparison", COMPARISON | {"previous_period": {"last_date": None}})
