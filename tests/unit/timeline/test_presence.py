"""When a ride that the feed no longer names becomes inactive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from park_downtime.timeline.presence import PRESENT, Presence, after_payload

START = datetime(2025, 7, 4, 12, tzinfo=UTC)


def after(payloads: int, every: timedelta, before: Presence = PRESENT) -> Presence:
    """The presence after so many payloads that do not name the ride."""
    presence = before
    for number in range(payloads):
        presence = after_payload(presence, False, START + number * every)
    return presence


def test_a_named_ride_is_present() -> None:
    assert after_payload(PRESENT, True, START) == PRESENT


def test_the_first_payload_without_it_begins_its_absence() -> None:
    assert after_payload(PRESENT, False, START) == Presence(missing_since=START, missed_payloads=1)


def test_a_hundred_payloads_within_a_day_are_not_enough() -> None:
    presence = after(144, timedelta(minutes=10))
    assert (presence.inactive_since, presence.missed_payloads) == (None, 144)


def test_seven_days_with_few_payloads_are_not_enough() -> None:
    assert after(99, timedelta(hours=2)).inactive_since is None


def test_a_hundred_payloads_over_seven_days_make_it_inactive() -> None:
    every = timedelta(minutes=102)
    assert after(99, every).inactive_since is None
    assert after(100, every).inactive_since == datetime(2025, 7, 11, 12, 18, tzinfo=UTC)


def test_our_own_standstill_makes_nothing_inactive() -> None:
    before = after(50, timedelta(minutes=10))
    assert after_payload(before, False, START + timedelta(days=30)).inactive_since is None


def test_it_returns_with_the_first_payload_that_names_it() -> None:
    gone = after(120, timedelta(hours=2))
    assert gone.inactive_since is not None
    assert after_payload(gone, True, START + timedelta(days=60)) == PRESENT


def test_an_inactive_ride_stays_inactive_since_the_same_time() -> None:
    gone = after(120, timedelta(hours=2))
    assert after_payload(gone, False, START + timedelta(days=60)) == gone


def test_one_payload_that_names_it_begins_the_count_anew() -> None:
    nearly = after(99, timedelta(minutes=102))
    back = after_payload(nearly, True, START + timedelta(days=8))
    assert after_payload(back, False, START + timedelta(days=9)).missed_payloads == 1
