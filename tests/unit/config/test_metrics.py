"""Counts as metrics in the log's own line, in CloudWatch's embedded metric format."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from park_downtime.config import logs
from park_downtime.config.metrics import EVENTS, embedded

log = logging.getLogger("park_downtime.test")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)


def line_of(stream: io.StringIO, event: str, namespace: str | None, **counts: Any) -> dict[str, Any]:
    logs.configure("INFO", "json", stream, namespace)
    log.info(event, extra=counts)
    line: dict[str, Any] = json.loads(stream.getvalue())
    return line


def test_the_line_of_a_cycle_describes_its_counts(stream: io.StringIO) -> None:
    line = line_of(stream, "cycle", "ParkDowntime", parks_ok=98, fetch_seconds=4.5, problem=None)
    assert (line["parks_ok"], line["finished"], line["job"]) == (98, 1, "collect")
    (described,) = line["_aws"]["CloudWatchMetrics"]
    assert described == {
        "Namespace": "ParkDowntime",
        "Dimensions": [["job"]],
        "Metrics": [
            {"Name": "parks_ok", "Unit": "Count"},
            {"Name": "fetch_seconds", "Unit": "Seconds"},
            {"Name": "finished", "Unit": "Count"},
        ],
    }


def test_the_time_is_in_milliseconds() -> None:
    assert embedded("N", "pruned", {}, 1783188000.25)["_aws"]["Timestamp"] == 1783188000250


def test_a_count_that_is_unknown_is_no_metric() -> None:
    (described,) = embedded("N", "pruned", {"runs": None}, 0)["_aws"]["CloudWatchMetrics"]
    assert [metric["Name"] for metric in described["Metrics"]] == ["finished"]


def test_without_a_namespace_lines_stay_as_they_are(stream: io.StringIO) -> None:
    assert "_aws" not in line_of(stream, "cycle", None, parks_ok=98)


def test_other_events_carry_no_metrics(stream: io.StringIO) -> None:
    assert "_aws" not in line_of(stream, "request", "ParkDowntime", milliseconds=3)


@pytest.mark.parametrize("event", EVENTS)
def test_the_format_allows_at_most_a_hundred_metrics_of_its_units(event: str) -> None:
    units = set(EVENTS[event].units.values())
    assert len(EVENTS[event].units) < 100
    assert units <= {"Count", "Seconds"}
