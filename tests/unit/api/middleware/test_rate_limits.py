"""A bucket per address: so many at once, refilled evenly, bounded in memory."""

from __future__ import annotations

from park_downtime.api.middleware.rate_limits import RateLimit


class Time:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_so_many_at_once_and_no_more() -> None:
    limit = RateLimit(600, Time())
    waits = [limit.wait_seconds("a") for _ in range(601)]
    assert waits[:600] == [0.0] * 600
    assert round(waits[600], 3) == 0.1


def test_another_address_has_a_bucket_of_its_own() -> None:
    limit = RateLimit(1, Time())
    assert (limit.wait_seconds("a"), limit.wait_seconds("b")) == (0.0, 0.0)


def test_the_wait_is_how_long_until_the_next_one() -> None:
    time = Time()
    limit = RateLimit(2, time)
    limit.wait_seconds("a")
    limit.wait_seconds("a")
    assert limit.wait_seconds("a") == 30.0
    time.seconds += 30
    assert limit.wait_seconds("a") == 0.0


def test_a_refused_request_does_not_count() -> None:
    time = Time()
    limit = RateLimit(1, time)
    limit.wait_seconds("a")
    for _ in range(50):
        limit.wait_seconds("a")
    time.seconds += 60
    assert limit.wait_seconds("a") == 0.0


def test_forgotten_addresses_make_room() -> None:
    limit = RateLimit(1, Time(), most_addresses=10)
    for number in range(1000):
        limit.wait_seconds(str(number))
    assert len(limit._full_at) == 10
