"""The optional language model, as a stand-in over real HTTP."""

from __future__ import annotations

import json
from threading import Barrier
from typing import Any

import pytest
from model_server import Entry, ModelServer, answer
from waiting import PATIENCE_SECONDS

from park_downtime.classification.language_model import Batch, ModelEndpoint, Question, ask
from park_downtime.model import Category


def questions(count: int) -> list[Question]:
    return [Question(f"6:{ride}", f"Ride {ride}", "Magic Kingdom", None) for ride in range(1, count + 1)]


def asked(server: ModelServer, count: int = 1, key: str | None = None) -> list[Batch]:
    return list(ask(ModelEndpoint(server.url, "stand-in", key), questions(count), wait_seconds=0.01))


def only_answer(server: ModelServer) -> Batch:
    (batch,) = asked(server)
    return batch


def test_a_ride_is_placed() -> None:
    with ModelServer() as server:
        ride = only_answer(server).answers["6:1"]
    assert (ride.tier, ride.category, ride.confidence, ride.reasoning) == (1, Category.RIDE, 0.9, "a coaster")
    assert ride.research_sources == ["model stand-in"]


def test_ten_rides_are_asked_at_a_time() -> None:
    with ModelServer() as server:
        batches = asked(server, 25)
    assert sorted(len(rides) for rides in server.asked()) == [5, 10, 10]
    assert sum(len(batch.answers) for batch in batches) == 25


def test_the_model_is_told_name_park_and_land() -> None:
    question = Question("6:138", "Space Mountain", "Disney Magic Kingdom", "Tomorrowland")
    with ModelServer() as server:
        list(ask(ModelEndpoint(server.url, "stand-in"), [question]))
    assert server.requests[0]["model"] == "stand-in"
    assert server.asked() == [
        [{"key": "6:138", "name": "Space Mountain", "park": "Disney Magic Kingdom", "land": "Tomorrowland"}]
    ]


def test_the_key_is_sent_and_not_shown() -> None:
    with ModelServer() as server:
        asked(server, key="a-secret")
    assert server.keys == ["Bearer a-secret"]
    assert "a-secret" not in repr(ModelEndpoint(server.url, "stand-in", "a-secret"))


def test_650_rides_take_less_than_five_minutes_when_an_answer_takes_ten_seconds() -> None:
    """65 questions, four at once throughout (the first 64 wait for three others): 17 times ten seconds."""
    four = Barrier(4)
    with ModelServer(before_answering=lambda number: number <= 64 and four.wait(PATIENCE_SECONDS)) as server:
        batches = asked(server, 650)
    assert len(server.requests) == 65
    assert sum(len(batch.answers) for batch in batches) == 650
    assert server.most_at_once == 4


@pytest.mark.parametrize(
    "bad",
    [
        {"tier": 4},
        {"tier": None},
        {"tier": "1"},
        {"category": "coaster"},
        {"confidence": 2},
        {"reasoning": ""},
        {"note": "an unknown field"},
        {"key": "6:999"},
        {"key": None},
    ],
)
def test_an_invalid_answer_is_dropped_and_counted(bad: dict[str, Any]) -> None:
    def answers(rides: list[Entry]) -> str:
        return json.dumps({"rides": [answer(rides[0]["key"]) | bad, answer(rides[1]["key"])]})

    with ModelServer(answers) as server:
        (batch,) = asked(server, 2)
    assert list(batch.answers) == ["6:2"]
    assert (batch.invalid, batch.unanswered) == (1, 1)


def test_a_ride_answered_twice_keeps_the_first() -> None:
    with ModelServer(lambda rides: json.dumps({"rides": [answer("6:1"), answer("6:1", tier=3)]})) as server:
        batch = only_answer(server)
    assert batch.answers["6:1"].tier == 1
    assert batch.invalid == 1


def test_json_in_a_fence_is_read() -> None:
    with ModelServer(lambda rides: f"```json\n{json.dumps({'rides': [answer('6:1')]})}\n```") as server:
        assert list(only_answer(server).answers) == ["6:1"]


@pytest.mark.parametrize("text", ["I am sorry.", "[]", '{"rides": {}}', "null", "[" * 100_000])
def test_a_text_that_is_not_the_json_asked_for_costs_its_rides(text: str) -> None:
    with ModelServer(lambda rides: text) as server:
        batch = only_answer(server)
    assert (batch.answers, batch.unanswered) == ({}, 1)
    assert batch.failure == "the language model's text is not the JSON asked for"


@pytest.mark.parametrize(
    "raw", [b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": 1}}]}']
)
def test_an_answer_that_is_not_of_the_protocol_costs_its_rides(raw: bytes) -> None:
    with ModelServer(raw=raw) as server:
        batch = only_answer(server)
    assert batch.unanswered == 1
    assert batch.failure is not None


def test_a_huge_answer_is_not_read_to_its_end() -> None:
    with ModelServer(raw=b" " * 2_000_000) as server:
        assert only_answer(server).failure == "the language model answers more than 1000000 bytes"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_model_is_asked_again(status: int) -> None:
    with ModelServer(failures=[status, status]) as server:
        assert list(only_answer(server).answers) == ["6:1"]


def test_a_model_that_stays_busy_is_given_up() -> None:
    with ModelServer(failures=[503] * 10) as server:
        batch = only_answer(server)
    assert len(server.requests) == 3
    assert batch.failure == "the language model answers HTTP 503"


def test_a_wrong_key_is_not_tried_again() -> None:
    with ModelServer(failures=[401]) as server:
        batch = only_answer(server)
    assert len(server.requests) == 1
    assert batch.failure == "the language model answers HTTP 401"


def test_one_failed_request_costs_no_other() -> None:
    with ModelServer(failures=[401]) as server:
        batches = asked(server, 30)
    assert sum(len(batch.answers) for batch in batches) == 20
    assert sum(batch.unanswered for batch in batches) == 10


def test_a_model_that_is_not_there_is_named() -> None:
    with ModelServer() as server:
        pass
    batch = only_answer(server)
    assert batch.failure == "the language model cannot be reached (ConnectionError)"
