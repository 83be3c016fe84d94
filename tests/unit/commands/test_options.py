"""Times on the command line are UTC unless they say otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import pytest

from park_downtime.commands.options import INSTANT


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026-04-17T14:30", 14, 30),
        ("2026-04-17 14:30:59.9", 14, 30),
        ("2026-04-17T14:30Z", 14, 30),
        ("2026-04-17T14:30+02:00", 12, 30),
        ("2026-04-17T09:30-05:00", 14, 30),
        ("2026-04-17", 0, 0),
        ("20260417T1430", 14, 30),
    ],
)
def test_a_time_becomes_utc(text: str, hour: int, minute: int) -> None:
    moment = INSTANT.convert(text, None, None)
    assert moment.tzinfo is UTC
    assert (moment.year, moment.month, moment.day) == (2026, 4, 17)
    assert (moment.hour, moment.minute, moment.microsecond) == (hour, minute, 0)


def test_an_instant_is_taken_as_it_is() -> None:
    noon = datetime(2026, 4, 17, 12, tzinfo=UTC)
    assert INSTANT.convert(noon, None, None) is noon


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "14:30", "1776436200.5"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match="2026-04-17T14:30"):
        INSTANT.convert(text, None, None)
