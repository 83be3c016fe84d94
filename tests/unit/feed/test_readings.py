"""What a payload says of each ride (DESIGN, Reading)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import NOON, land, minutes_ago, payload, ride, without

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.readings import read_payload
from park_downtime.model import Land, ParkReadings, RideReading, State

OPEN = {"is_open": True}


def read(*rides: Any, lands: Any = ()) -> ParkReadings:
    return read_payload(5, payload(*rides, lands=lands), NOON)


def only(*rides: Any) -> RideReading:
    (reading,) = read(*rides).readings
    return reading


def states(found: ParkReadings) -> list[State]:
    return [reading.state for reading in found.readings]


@pytest.mark.parametrize(
    ("is_open", "wait", "state", "wait_minutes"),
    [
        (True, 20, State.OPEN, 20),
        (True, 0, State.OPEN, 0),
        (True, None, State.OPEN, None),
        (False, 0, State.CLOSED, None),
        (False, None, State.CLOSED, None),
        (False, 20, State.OPEN, 20),
        (None, 20, State.OPEN, 20),
        (None, 0, State.UNKNOWN, None),
        (None, None, State.UNKNOWN, None),
        (True, 300, State.OPEN, 300),
        (True, 301, State.OPEN, None),
        (False, 995, State.CLOSED, None),
        (False, 301, State.CLOSED, None),
        (None, 995, State.UNKNOWN, None),
        (True, -5, State.OPEN, None),
        (False, -5, State.CLOSED, None),
        (None, -5, State.UNKNOWN, None),
    ],
)
def test_open_closed_and_wait(
    is_open: bool | None, wait: int | None, state: State, wait_minutes: int | None
) -> None:
    reading = only(ride(1, is_open=is_open, wait_time=wait))
    assert (reading.state, reading.wait_minutes) == (state, wait_minutes)


@pytest.mark.parametrize(("wait", "dropped"), [(300, 0), (301, 1), (0, 0), (-1, 1), (10**30, 1)])
def test_impossible_waits_are_counted(wait: int, dropped: int) -> None:
    assert read(ride(1, is_open=True, wait_time=wait)).dropped_waits == dropped


def test_impossible_waits_are_logged_with_park_and_ride(caplog: pytest.LogCaptureFixture) -> None:
    read(ride(12, wait_time=995))
    (record,) = caplog.records
    assert (record.__dict__["park_id"], record.__dict__["waits"]) == (5, {"12": "995"})


def test_a_reading_carries_what_identifies_the_ride() -> None:
    (reading,) = read(lands=[land(ride(3, name="Big Thunder Mountain"))]).readings
    assert reading == RideReading(
        3,
        "Big Thunder Mountain",
        Land(7, "Frontierland"),
        State.CLOSED,
        None,
        False,
        NOON - timedelta(minutes=2),
    )


def test_an_empty_payload_has_no_readings() -> None:
    assert read() == ParkReadings(5, NOON, ())


def test_what_is_said_is_read_whatever_its_stamp() -> None:
    found = read(
        ride(1, last_updated=minutes_ago(31)), ride(2, **OPEN, wait_time=15, last_updated=minutes_ago(900))
    )
    assert states(found) == [State.CLOSED, State.OPEN]
    assert [reading.is_stale for reading in found.readings] == [False, False]


@pytest.mark.parametrize(
    "entry", [ride(1, **OPEN, last_updated=None), without(ride(1, **OPEN), "last_updated")]
)
def test_a_missing_time_counts_as_fresh(entry: dict[str, Any]) -> None:
    reading = only(entry)
    assert (reading.state, reading.is_stale, reading.last_updated) == (State.OPEN, False, None)


def test_more_than_five_minutes_in_the_future_counts_as_missing() -> None:
    found = read(ride(1, **OPEN), ride(2, **OPEN, last_updated=minutes_ago(-60)))
    assert states(found) == [State.OPEN, State.OPEN]
    assert found.readings[1].last_updated is None


def test_five_minutes_in_the_future_are_believed() -> None:
    assert only(ride(1, last_updated=minutes_ago(-5))).last_updated == NOON + timedelta(minutes=5)


def test_of_a_duplicate_id_the_newest_counts() -> None:
    assert only(ride(1, **OPEN, last_updated=minutes_ago(10)), ride(1)).state is State.CLOSED
    assert only(ride(1), ride(1, **OPEN, last_updated=minutes_ago(10))).state is State.CLOSED


def test_of_equally_new_duplicates_the_open_one_counts() -> None:
    assert only(ride(1), ride(1, **OPEN)).state is State.OPEN
    assert only(ride(1, **OPEN), ride(1)).state is State.OPEN


def test_a_duplicate_without_a_time_is_as_new_as_any() -> None:
    assert only(ride(1), ride(1, **OPEN, last_updated=None)).state is State.OPEN
    assert only(ride(1, **OPEN), ride(1, last_updated=None)).state is State.OPEN


def test_the_same_name_in_two_lands_is_two_rides() -> None:
    found = read(lands=[land(ride(134, name="Railroad")), land(ride(135, name="Railroad"), id=8, name="B")])
    assert [reading.ride_id for reading in found.readings] == [134, 135]


def test_a_ride_that_moves_between_lands_is_the_same_ride() -> None:
    before = read(lands=[land(ride(1)), land(id=8, name="Fantasyland")]).readings[0]
    after = read(lands=[land(), land(ride(1), id=8, name="Fantasyland")]).readings[0]
    assert (before.ride_id, before.land) == (1, Land(7, "Frontierland"))
    assert (after.ride_id, after.land) == (1, Land(8, "Fantasyland"))


def test_a_renamed_ride_is_the_same_ride() -> None:
    assert only(ride(9, name="Splash Mountain")).ride_id == only(ride(9, name="Tiana's Bayou")).ride_id == 9


@pytest.mark.parametrize(
    ("entry", "ids"),
    [
        (ride(8, name=None), [1, 8]),
        (ride(8, wait_time=[5]), [1, 8]),
        (ride(8, id="8"), [1, 8]),
        (ride(8, id="eight"), [1]),
        (ride(8, id="-8"), [1]),
        (ride(8, id=8.0), [1]),
        (ride(8, id=True), [1]),
        (ride(8, id=2**31), [1]),
        (ride(8, id="99999999999"), [1]),
        (None, [1]),
    ],
)
def test_an_odd_entry_is_an_unknown_reading_if_its_id_can_be_read(entry: Any, ids: list[int]) -> None:
    found = read(ride(1), entry)
    assert [reading.ride_id for reading in found.readings] == ids
    assert found.odd_entries == 1
    assert states(found)[1:] == [State.UNKNOWN] * (len(ids) - 1)


def test_an_odd_entry_has_no_name_but_its_land() -> None:
    found = read(ride(1), lands=[land(ride(8, name=3))])
    assert found.readings[1] == RideReading(
        8, None, Land(7, "Frontierland"), State.UNKNOWN, None, False, None
    )


def test_a_good_entry_wins_over_an_odd_one_of_the_same_ride() -> None:
    found = read(ride(1, wait_time="5"), ride(1, **OPEN))
    assert (states(found), found.odd_entries) == ([State.OPEN], 1)


def test_odd_entries_are_logged_with_the_first_path(caplog: pytest.LogCaptureFixture) -> None:
    read(ride(1), ride(2), ride(8, name=None), ride(9, wait_time="5"))
    (record,) = caplog.records
    assert record.__dict__["path"] == "rides[2].name"
    assert (record.__dict__["park_id"], record.__dict__["odd_entries"]) == (5, 2)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "name", "rides", "is_open"]), inner, max_size=4)
    ),
    max_leaves=12,
)
entries = st.fixed_dictionaries(
    {
        "id": st.integers(1, 4) | anything,
        "name": st.sampled_from(["A", "B"]) | anything,
        "is_open": st.booleans() | anything,
        "wait_time": st.integers(-10, 400) | anything,
        "last_updated": st.integers(-100, 100).map(minutes_ago)
        | st.datetimes().map(lambda moment: moment.isoformat() + "+14:00")
        | anything,
    }
)
rides = st.lists(entries | anything, max_size=6)
tops = st.fixed_dictionaries(
    {
        "lands": st.lists(
            st.fixed_dictionaries({"id": anything, "name": anything, "rides": rides}), max_size=3
        )
        | anything,
        "rides": rides | anything,
    }
)
bodies = (
    st.binary(max_size=60) | anything.map(json.dumps).map(str.encode) | tops.map(json.dumps).map(str.encode)
)


def accepted(body: bytes) -> ParkReadings | None:
    """None: rejected. Anything else that is raised is a failure of the test."""
    try:
        return read_payload(5, body, NOON)
    except FeedRejected:
        return None


@given(bodies)
def test_no_bytes_raise_anything_but_a_rejection(body: bytes) -> None:
    found = accepted(body)
    assert found is None or found.park_id == 5


usual = st.fixed_dictionaries(
    {
        "id": st.integers(1, 4),
        "name": st.sampled_from(["A", "B"]),
        "is_open": st.booleans(),
        "wait_time": st.integers(-10, 400),
        "last_updated": st.integers(-100, 100).map(minutes_ago),
    }
)


@given(st.lists(usual | entries, max_size=8))
def test_at_most_one_reading_per_ride(found: list[dict[str, Any]]) -> None:
    body = json.dumps({"lands": [], "rides": found}).encode()
    ids = [reading.ride_id for reading in (accepted(body) or ParkReadings(5, NOON, ())).readings]
    assert len(ids) == len(set(ids))


@given(bodies)
def test_only_open_readings_have_a_wait(body: bytes) -> None:
    found = accepted(body) or ParkReadings(5, NOON, ())
    waits = [reading.wait_minutes for reading in found.readings if reading.state is not State.OPEN]
    assert waits == [None] * len(waits)
