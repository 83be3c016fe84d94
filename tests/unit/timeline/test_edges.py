"""When an edge of a ride's day was seen."""

from __future__ import annotations

from drawing import HOUR, day

from park_downtime.timeline.edges import SessionEdges, seen_edges

NIGHT = "X" * 4 * HOUR


def edges_of(*pictures: str) -> SessionEdges:
    park = day(*pictures)
    (judged,) = park.judged()
    return seen_edges(judged, park.runs)


def test_edges_are_seconds_after_the_session_began() -> None:
    edges = edges_of("XX" + "o" * 12 + NIGHT, "XX" + "o" * 12 + NIGHT, "XXXX" + "o" * 7 + "XXX" + NIGHT)
    assert (edges.opened[3], edges.closed[3]) == (2 * 600, 9 * 600)
    assert edges.seconds == 12 * 600


def test_a_first_opening_with_the_park_is_seen_where_the_park_was_read_as_closed() -> None:
    others = "XX" + "o" * 12 + NIGHT
    assert edges_of(".." + "o" * 12 + NIGHT, others, others).opened[1] == 0


def test_the_first_reading_ever_is_no_seen_opening() -> None:
    assert edges_of(*["o" * 12 + NIGHT] * 3).opened == {}


def test_an_opening_after_a_gap_is_not_seen() -> None:
    others = "XX" + "o" * 16 + NIGHT
    edges = edges_of("XXXX...." + "o" * 10 + NIGHT, others, others)
    assert 1 not in edges.opened
    assert edges.closed[1] == 16 * 600


def test_an_opening_two_cycles_after_a_closed_reading_is_seen() -> None:
    others = "XX" + "o" * 16 + NIGHT
    assert edges_of("XXXXXX." + "o" * 11 + NIGHT, others, others).opened[1] == 5 * 600


def test_a_last_opening_before_a_gap_is_not_seen() -> None:
    others = "XX" + "o" * 16 + NIGHT
    edges = edges_of("XX" + "o" * 9 + "." * 5 + "XX" + NIGHT, others, others)
    assert 1 not in edges.closed


def test_a_ride_that_did_not_open_has_no_edges() -> None:
    others = "XX" + "o" * 16 + NIGHT
    edges = edges_of("X" * 18 + NIGHT, others, others)
    assert 1 not in edges.opened | edges.closed
