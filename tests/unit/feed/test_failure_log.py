"""What is logged of parks without readings."""

from __future__ import annotations

import logging

import pytest

from park_downtime.feed.failure_log import Told, by_reason, log_failures
from park_downtime.model import ParkFailure, ParkOutcome, TrackedPark

PARKS = {number: TrackedPark(number, f"Park {number}", "America/New_York") for number in range(1, 9)}


def failed(park_id: int, reason: str = "timed out (3 tries)") -> Told:
    return Told(ParkFailure(park_id, ParkOutcome.FAILED, reason))


def rejected(park_id: int, path: str = "rides[0].id") -> Told:
    return Told(ParkFailure(park_id, ParkOutcome.REJECTED, f"{path}: is missing"), path)


def warned(caplog: pytest.LogCaptureFixture, *told: Told) -> list[str]:
    with caplog.at_level(logging.DEBUG):
        log_failures(told, PARKS)
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


def test_few_parks_have_a_line_each(caplog: pytest.LogCaptureFixture) -> None:
    assert warned(caplog, failed(1), failed(2), rejected(3)) == [
        "park failed",
        "park failed",
        "park rejected",
    ]


def test_many_parks_with_one_reason_share_a_line(caplog: pytest.LogCaptureFixture) -> None:
    assert warned(caplog, *map(failed, range(1, 5)), rejected(6)) == ["4 parks failed", "park rejected"]
    facts = next(record.__dict__ for record in caplog.records if record.getMessage() == "4 parks failed")
    assert (facts["reason"], facts["park_ids"]) == ("timed out", [1, 2, 3, 4])


def test_each_of_many_is_told_to_who_asks_for_it(caplog: pytest.LogCaptureFixture) -> None:
    warned(caplog, *map(failed, range(1, 5)))
    assert [record.levelname for record in caplog.records if record.getMessage() == "park failed"] == (
        ["DEBUG"] * 4
    )


def test_where_no_park_answered_the_line_of_the_cycle_is_enough(caplog: pytest.LogCaptureFixture) -> None:
    told = [failed(number, "timed out" if number < 7 else "deadline reached") for number in PARKS]
    assert warned(caplog, *told) == []


def test_where_every_payload_is_rejected_it_is_told_where(caplog: pytest.LogCaptureFixture) -> None:
    assert warned(caplog, *map(rejected, PARKS)) == ["8 parks rejected"]


def test_the_number_of_tries_and_the_place_make_no_other_reason() -> None:
    told = [failed(1), failed(2, "timed out"), rejected(3, "rides[0].id"), rejected(4, "rides[17].id")]
    told += [failed(5, "timed out (2 tries)")]
    assert [
        (kind, len(failures)) for (_, kind), failures in by_reason(one.failure for one in told).items()
    ] == [
        ("timed out", 3),
        ("rides[n].id: is missing", 2),
    ]
