"""Values become JSON where it leaves: two decimals, UTC, null for what is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from park_downtime.api.envelope import Exact, as_json, envelope, plain
from park_downtime.model import Status


def test_figures_have_two_decimals() -> None:
    assert plain({"hours": [1 / 3, 2.005, 7]}) == {"hours": [0.33, 2.0, 7]}


def test_a_coordinate_keeps_its_decimals() -> None:
    assert plain(Exact(28.417663)) == 28.417663


def test_instants_dates_and_words() -> None:
    at = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
    assert plain([at, date(2026, 7, 1), Status.DOWN]) == ["2026-07-01T17:30:00Z", "2026-07-01", "Down"]


def test_null_stays_null_and_truth_stays_truth() -> None:
    assert as_json({"a": None, "b": True}) == b'{"a":null,"b":true}'


def test_what_is_no_number_is_an_error_and_not_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json({"value": float("nan")})


def test_parameters_are_echoed_beside_the_attribution() -> None:
    said = envelope(None, False, {"period": "today"}, is_simulated=True, waits_known=True, data=[])
    assert (said["period"], said["last_updated"], said["attribution"]) == (
        "today",
        None,
        "Data powered by Queue-Times.com - https://queue-times.com",
    )


@pytest.mark.parametrize("said", [True, False, None])
def test_every_answer_says_whether_the_data_are_made_up(said: bool | None) -> None:
    assert envelope(None, False, {}, is_simulated=said, waits_known=True, data=[])["simulated"] is said


def test_an_instant_of_another_zone_is_not_mistaken_for_utc() -> None:
    tokyo = datetime(2026, 7, 2, 2, 30, tzinfo=timezone(timedelta(hours=9)))
    assert plain(tokyo) == "2026-07-01T17:30:00Z"
