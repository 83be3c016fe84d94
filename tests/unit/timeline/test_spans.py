"""Half-open ranges of time."""

from __future__ import annotations

from drawing import clock

from park_downtime.timeline.spans import Span, clip, common, joined, seconds, within


def span(start: str, end: str) -> Span:
    return clock(start), clock(end)


def test_seconds_add_up() -> None:
    assert seconds([span("9:00", "9:30"), span("10:00", "10:10")]) == 2400


def test_a_span_is_cut_to_the_range() -> None:
    assert clip(span("9:00", "11:00"), clock("10:00"), clock("12:00")) == span("10:00", "11:00")


def test_touching_is_not_overlapping() -> None:
    assert clip(span("9:00", "10:00"), clock("10:00"), clock("12:00")) is None
    assert common([span("9:00", "10:00")], [span("10:00", "11:00")]) == []


def test_only_what_lies_within_is_left() -> None:
    all_day = [span("8:00", "9:00"), span("10:00", "13:00"), span("14:00", "15:00")]
    assert within(all_day, clock("12:00"), clock("14:30")) == [span("12:00", "13:00"), span("14:00", "14:30")]


def test_common_is_what_both_have() -> None:
    ones = [span("9:00", "11:00"), span("12:00", "14:00")]
    others = [span("10:00", "12:30"), span("13:00", "15:00")]
    assert common(ones, others) == [
        span("10:00", "11:00"),
        span("12:00", "12:30"),
        span("13:00", "14:00"),
    ]


def test_one_long_span_meets_several() -> None:
    shorts = [span("9:00", "9:30"), span("10:00", "10:30")]
    assert common([span("8:00", "12:00")], shorts) == shorts
    assert common(shorts, [span("8:00", "12:00")]) == shorts


def test_touching_neighbours_become_one() -> None:
    assert joined([span("9:00", "10:00"), span("10:00", "11:00"), span("12:00", "13:00")]) == [
        span("9:00", "11:00"),
        span("12:00", "13:00"),
    ]
