"""Recordings of the real feed: calls at the edges of days, and long outages that rest on one reading."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.accuracy.day_edges import read_rides
from benchmarks.accuracy.folded import folded, folded_days
from benchmarks.accuracy.recorded_edges import RecordedEdges
from benchmarks.accuracy.single_flanks import LongOutages

from park_downtime.classification.classifier import Classifier
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import StretchKind
from park_downtime.periods import Zone

ISLANDS, GARDALAND = 64, 12


def recorded(
    source: Path, park_id: int, zone: Zone, minutes: int, until: datetime | None = None
) -> ParkHistory:
    """The counted rides of a recording, folded: this comes to the same as its replay, which takes minutes."""
    names, readings = read_rides(source, park_id)
    classifier = Classifier.load()
    counted = {
        ride_id: [reading for reading in own if until is None or reading[0] < until]
        for ride_id, own in readings.items()
        if classifier.classify(park_id, ride_id, names[ride_id], None).category.is_counted
    }
    return folded(park_id, zone, minutes * 60, {ride_id: own for ride_id, own in counted.items() if own})


@pytest.fixture(scope="module")
def august(shared_data: Path) -> ParkHistory:
    source = shared_data / "recordings" / "universal_orlando_2025_08" / f"park_{ISLANDS}.csv.gz"
    return recorded(source, ISLANDS, Zone("America/New_York"), 20)


@pytest.fixture(scope="module")
def autumn(shared_data: Path) -> ParkHistory:
    source = shared_data / "recordings" / "gardaland_2025_2026" / f"park_{GARDALAND}.csv.gz"
    until = datetime(2025, 10, 19, 22, tzinfo=UTC)
    return recorded(source, GARDALAND, Zone("Europe/Rome"), 15, until)


def test_of_eleven_long_outages_three_rest_on_a_single_reading(august: ParkHistory) -> None:
    found = LongOutages()
    for day in folded_days(august):
        found.look_at(day)
    assert len(found.everything) == 11
    assert [round(outage.seconds / 3600, 2) for outage in found.flanked] == [2.64, 2.48, 2.48]


def test_an_hour_of_a_stormy_week_closed_with_the_park(august: ParkHistory) -> None:
    found = RecordedEdges()
    for day in folded_days(august):
        found.look_at(day)
    assert found.wave_seconds == 3567


def test_what_is_called_of_an_autumn(autumn: ParkHistory) -> None:
    """A ride that opened two hours late once; one that closed at noon, and did not open for days after."""
    found = RecordedEdges()
    for day in folded_days(autumn):
        found.look_at(day)
    assert len(found.calls) == 4
    longest = sorted(found.calls, key=lambda call: call.seconds)[-2:]
    assert [(call.ride_id, call.kind, call.seconds // 60) for call in longest] == [
        (10557, StretchKind.LATE_START, 130),
        (448, StretchKind.DID_NOT_REOPEN, 233),
    ]
