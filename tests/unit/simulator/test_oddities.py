"""Each quirk of the payload does what it says, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from park_downtime.simulator.oddities import last_closing
from park_downtime.simulator.payload import STANDS_STILL_BEFORE, queue_times_json
from park_downtime.simulator.quirks import Quirks
from park_downtime.simulator.worlds import default_world

WORLD = default_world()
AFTERNOON = datetime(2025, 7, 9, 19, 2, 3, tzinfo=UTC)
NIGHT = datetime(2025, 7, 9, 9, 2, 3, tzinfo=UTC)


def rides(quirks: Quirks, at: datetime = AFTERNOON, park_id: int = 6) -> list[dict[str, Any]]:
    payload = json.loads(queue_times_json(WORLD, park_id, at, quirks))
    return [ride for land in payload["lands"] for ride in land["rides"]] + list(payload["rides"])


def age(ride: dict[str, Any], at: datetime = AFTERNOON) -> timedelta:
    return at - datetime.strptime(ride["last_updated"], "%Y-%m-%dT%H:%M:%S.000Z").replace(tzinfo=UTC)


def test_stale_entries_stay_open_with_an_old_time_all_night() -> None:
    stale = [ride for ride in rides(Quirks(stale=0.3), NIGHT) if age(ride, NIGHT) > timedelta(minutes=30)]
    assert 5 <= len(stale) <= 20
    assert {ride["is_open"] for ride in stale} == {True}
    assert max(age(ride, NIGHT) for ride in stale) <= timedelta(days=8)


def test_stale_entries_do_not_move() -> None:
    quirks = Quirks(stale=1.0, since=AFTERNOON)
    first = [ride["last_updated"] for ride in rides(quirks)]
    later = [ride["last_updated"] for ride in rides(quirks, AFTERNOON + timedelta(hours=2))]
    assert first == later


def test_a_frozen_payload_stays_the_same_for_hours() -> None:
    quirks = Quirks(frozen=1.0, since=AFTERNOON)
    assert rides(quirks, AFTERNOON + timedelta(hours=12)) == rides(Quirks())


def test_closed_entries_keep_the_time_at_which_they_closed() -> None:
    closed = [ride for ride in rides(Quirks(old_closed=1.0), NIGHT) if not ride["is_open"]]
    assert closed
    assert min(age(ride, NIGHT) for ride in closed) > timedelta(hours=2)


def test_future_entries_are_an_hour_ahead() -> None:
    assert {age(ride) < timedelta(minutes=-50) for ride in rides(Quirks(future=1.0))} == {True}


def test_a_wait_of_995_is_open() -> None:
    assert {(r["is_open"], r["wait_time"]) for r in rides(Quirks(wait995=1.0))} == {(True, 995)}


def test_a_null_wait() -> None:
    assert {ride["wait_time"] for ride in rides(Quirks(null_wait=1.0))} == {None}


def test_closed_with_a_wait() -> None:
    assert {(r["is_open"], r["wait_time"]) for r in rides(Quirks(closed_wait=1.0))} == {(False, 20)}


def test_duplicates_say_the_opposite_earlier() -> None:
    found = rides(Quirks(duplicates=1.0))
    first, second = (ride for ride in found if ride["id"] == 137)
    assert first["is_open"] is not second["is_open"]
    assert age(second) - age(first) == timedelta(minutes=10)


def test_strings_are_text_instead_of_numbers() -> None:
    ride = next(ride for ride in rides(Quirks(strings=1.0)) if ride["id"] == "137")
    assert ride["is_open"] in ("true", "false")
    assert isinstance(ride["wait_time"], str)


def test_odd_entries_have_no_name() -> None:
    assert rides(Quirks(odd=1.0))[0] == {"id": 125, "is_open": None, "wait_time": [5]}


def test_a_share_hits_only_some_entries() -> None:
    hit = [ride for ride in rides(Quirks(wait995=0.2)) if ride["wait_time"] == 995]
    assert 2 <= len(hit) <= 16


def test_empty_has_both_arrays_empty() -> None:
    assert queue_times_json(WORLD, 6, AFTERNOON, Quirks(empty=1.0)) == b'{"lands":[],"rides":[]}'


@pytest.mark.parametrize("quirks", [Quirks(truncated=1.0), Quirks(html=1.0)])
def test_no_json_at_all(quirks: Quirks) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(queue_times_json(WORLD, 6, AFTERNOON, quirks))


def test_a_wrong_top_level_is_a_list() -> None:
    assert isinstance(json.loads(queue_times_json(WORLD, 6, AFTERNOON, Quirks(wrong_top=1.0))), list)


def test_huge_is_as_large_as_asked() -> None:
    body = queue_times_json(WORLD, 6, AFTERNOON, Quirks(huge=3.0))
    assert len(body) == 3_000_000
    assert list(json.loads(body)) == ["lands", "rides"]


def told(quirks: Quirks, at: datetime) -> list[tuple[bool, int]]:
    return [(ride["is_open"], ride["wait_time"]) for ride in rides(quirks, at)]


def test_values_are_repeated_after_closing_under_fresh_stamps() -> None:
    quirks = Quirks(repeats=8)
    closing = last_closing(WORLD, 6, NIGHT)
    assert closing is not None
    since = closing - STANDS_STILL_BEFORE
    last, later = since + timedelta(minutes=1), since + timedelta(hours=7)
    assert told(quirks, later) == told(quirks, last)
    assert sum(is_open and wait > 0 for is_open, wait in told(quirks, later)) >= 3
    assert max(age(ride, later) for ride in rides(quirks, later)) < timedelta(minutes=6)
    assert told(quirks, since + timedelta(hours=8, minutes=10)) == told(Quirks(), NIGHT)


def test_some_stay_open_all_night_under_fresh_stamps() -> None:
    found = [ride for ride in rides(Quirks(left_open=0.3), NIGHT) if ride["is_open"]]
    assert 5 <= len(found) <= 20
    assert {ride["wait_time"] for ride in found} == {0}
    assert max(age(ride, NIGHT) for ride in found) < timedelta(minutes=6)
    assert told(Quirks(left_open=0.3), AFTERNOON) == told(Quirks(), AFTERNOON)


def test_some_are_missing() -> None:
    assert 0 < len(rides(Quirks(missing=0.5))) < len(rides(Quirks()))


def test_closed_with_an_impossible_wait() -> None:
    closed = [ride for ride in rides(Quirks(closed_999=1.0), NIGHT) if not ride["is_open"]]
    assert closed
    assert {ride["wait_time"] for ride in closed} == {999}


def test_names_come_in_turns() -> None:
    turns = [
        {ride["name"] for ride in rides(Quirks(two_names=1.0), AFTERNOON + timedelta(minutes=5 * turn))}
        for turn in range(4)
    ]
    assert turns[0] == turns[2] != turns[1] == turns[3]
