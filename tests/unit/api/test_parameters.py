"""Parameters are read by their description; whatever else is given is an error that says what is allowed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.api import spec
from park_downtime.api.middleware.errors import InvalidParameter
from park_downtime.api.parameters import (
    EVERY_ROW,
    LONGEST_QUERY_BYTES,
    canonical_query,
    read_path,
    read_query,
)

RANKING = spec.operations()["parksDowntime"]
RIDES = spec.operations()["ridesDowntime"]
TRENDS = spec.operations()["trends"]
TIMELINE = spec.operations()["parkTimeline"]


def refused(query: bytes, operation: spec.Operation = RANKING) -> InvalidParameter:
    with pytest.raises(InvalidParameter) as caught:
        read_query(operation, query)
    return caught.value


def test_defaults() -> None:
    assert read_query(RANKING, b"") == {
        "period": "today",
        "compare": "previous",
        "filter": "all-parks",
        "weighted": False,
        "park_wide": "include",
        "limit": 50,
        "sort": "rank",
        "offset": 0,
        "order": "asc",
        "format": "json",
    }


@pytest.mark.parametrize("operation", [RANKING, RIDES, spec.operations()["now"]])
def test_a_file_without_limit_has_every_row(operation: spec.Operation) -> None:
    assert read_query(operation, b"format=csv")["limit"] == EVERY_ROW


def test_a_file_may_be_limited_like_a_page() -> None:
    assert read_query(RANKING, b"limit=7&format=csv")["limit"] == 7
    assert refused(b"limit=101&format=csv").details["parameter"] == "limit"


def test_given_values_have_their_types() -> None:
    values = read_query(RANKING, b"weighted=true&limit=7&period=30days")
    assert (values["weighted"], values["limit"], values["period"]) == (True, 7, "30days")


def test_a_parameter_without_default_is_none() -> None:
    assert read_query(RIDES, b"")["park_id"] is None


def test_a_date() -> None:
    assert read_query(TIMELINE, b"date=2026-02-28")["date"] == date(2026, 2, 28)


@pytest.mark.parametrize("text", [b"2026-02-30", b"20260228", b"2026-2-8", b"tomorrow", b"0000-01-01"])
def test_no_date(text: bytes) -> None:
    assert refused(b"date=" + text, TIMELINE).details["allowed"] == ["YYYY-MM-DD"]


@pytest.mark.parametrize(
    "text", [b"0", b"101", b"-1", b"1.0", b"1e1", b"+5", b"%205", b"", b"0x10", "٣".encode(), b"99999999999"]
)
def test_a_limit_that_is_none(text: bytes) -> None:
    assert refused(b"limit=" + text).details["allowed"] == ["1 to 100"]


@pytest.mark.parametrize("text", [b"1", b"True", b"yes", b""])
def test_truth_is_true_or_false(text: bytes) -> None:
    assert refused(b"weighted=" + text).details["allowed"] == ["true", "false"]


def test_a_word_that_is_not_allowed() -> None:
    error = refused(b"filter=disney")
    assert error.details == {
        "parameter": "filter",
        "provided_value": "disney",
        "allowed": ["disney-universal", "all-parks"],
    }
    assert error.message == "filter must be one of disney-universal, all-parks"


def test_a_period_that_is_none() -> None:
    assert refused(b"period=week").details == {
        "parameter": "period",
        "provided_value": "week",
        "allowed": [
            *("today", "7days", "30days", "yesterday"),
            *("YYYY-MM-DD", "YYYY-Www", "YYYY-MM", "YYYY", "YYYY-MM-DD..YYYY-MM-DD"),
        ],
    }


def test_a_period_that_is_in_no_calendar() -> None:
    assert refused(b"period=2026-W54").message == "period is in no calendar: Invalid week: 54"


def test_an_unknown_parameter() -> None:
    error = refused(b"perod=today")
    assert error.details["parameter"] == "perod"
    assert "period" in error.details["allowed"]


def test_a_parameter_given_twice() -> None:
    assert refused(b"limit=5&limit=5").message == "limit is given twice"


def test_a_missing_required_parameter() -> None:
    assert refused(b"", TRENDS).details["provided_value"] is None


def test_a_long_value_is_not_repeated_in_full() -> None:
    error = refused(b"period=" + b"x" * 900)
    assert len(error.details["provided_value"]) < 110


def test_a_query_that_is_too_long_is_not_even_read() -> None:
    assert refused(b"limit=" + b"1" * LONGEST_QUERY_BYTES).details["parameter"] == "query"


def test_a_path_parameter() -> None:
    assert read_path(TIMELINE, {"park_id": "6"}) == {"park_id": 6}


@given(st.binary(max_size=60))
def test_anything_is_read_or_refused(query: bytes) -> None:
    try:
        values = read_query(RANKING, query)
    except InvalidParameter as error:
        assert error.status == 400
    else:
        assert 1 <= values["limit"] <= 100


@pytest.mark.parametrize(
    ("operation", "given_query", "canonical"),
    [
        (RANKING, b"", ""),
        (RANKING, b"limit=50&period=today&weighted=false", "period=today&weighted=false&limit=50"),
        (RANKING, b"weighted=true", "weighted=true"),
        (RANKING, b"period=%37days", "period=7days"),
        (RANKING, b"offset=007", "offset=7"),
        (RANKING, b"&format=csv&", "format=csv"),
        (TIMELINE, b"date=2026-07-01", "date=2026-07-01"),
    ],
)
def test_the_canonical_form_is_that_of_the_description(
    operation: spec.Operation, given_query: bytes, canonical: str
) -> None:
    assert canonical_query(operation, given_query) == canonical


def test_the_canonical_form_asks_for_the_same() -> None:
    query = b"format=csv&order=desc&weighted=true&park_wide=exclude&limit=9"
    assert read_query(RANKING, canonical_query(RANKING, query).encode()) == read_query(RANKING, query)
