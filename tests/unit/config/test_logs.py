"""Log lines: what stands in them, and what never does."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from park_downtime.config import logs

log = logging.getLogger("park_downtime.test")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_json_line_carries_event_time_level_and_counts(stream: io.StringIO) -> None:
    logs.configure("INFO", "json", stream)
    log.info("cycle stored", extra={"parks_ok": 98})
    line = json.loads(stream.getvalue())
    assert line["event"] == "cycle stored"
    assert line["parks_ok"] == 98
    assert line["level"] == "INFO"
    assert line["logger"] == "park_downtime.test"


def test_times_are_utc() -> None:
    record = logging.makeLogRecord({"created": 0.0, "msg": "x", "levelno": 20})
    assert json.loads(logs.JsonLines().format(record))["time"] == "1970-01-01T00:00:00Z"
    assert logs.TextLines().format(record) == "1970-01-01 00:00:00Z x"


def test_text_line_shows_the_counts_after_the_event() -> None:
    record = logging.makeLogRecord(
        {"created": 0.0, "msg": "stored", "levelno": 20, "rows": 7, "spooled": None}
    )
    assert logs.TextLines().format(record) == "1970-01-01 00:00:00Z stored: rows 7"


def test_text_line_names_a_warning() -> None:
    record = logging.makeLogRecord({"created": 0.0, "msg": "full", "levelno": 30, "levelname": "WARNING"})
    assert logs.TextLines().format(record) == "1970-01-01 00:00:00Z WARNING: full"


def test_auto_is_json_when_nobody_watches(stream: io.StringIO) -> None:
    logs.configure("INFO", "auto", stream)
    log.info("x")
    assert stream.getvalue().startswith("{")


def test_auto_is_text_on_a_terminal(stream: io.StringIO) -> None:
    terminal = Terminal()
    logs.configure("INFO", "auto", terminal)
    log.info("x")
    assert terminal.getvalue().endswith("Z x\n")


def test_configuring_twice_writes_each_line_once(stream: io.StringIO) -> None:
    logs.configure("INFO", "text", stream)
    logs.configure("INFO", "text", stream)
    log.info("x")
    assert stream.getvalue().count("\n") == 1


def test_lines_below_the_level_are_left_out(stream: io.StringIO) -> None:
    logs.configure("WARNING", "text", stream)
    log.info("x")
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql://park:pa55@db/x", "mysql://park:***@db/x"),
        ("mysql+pymysql://park:p@ss:word@db/x", "mysql+pymysql://park:***@db/x"),
        ("mysql://db/x?user=park&password=pa55&ssl=1", "mysql://db/x?user=park&password=***&ssl=1"),
        ("X-API-Key: abc123", "X-API-Key: ***"),
        ("http://127.0.0.1:8000/parks.json", "http://127.0.0.1:8000/parks.json"),
    ],
)
def test_secrets_are_masked(text: str, shown: str) -> None:
    assert logs.without_secrets(text) == shown


def test_a_password_in_an_extra_is_masked(stream: io.StringIO) -> None:
    logs.configure("INFO", "json", stream)
    log.info("connected", extra={"address": "mysql://park:pa55@db/x"})
    assert "pa55" not in stream.getvalue()
    assert json.loads(stream.getvalue())["address"] == "mysql://park:***@db/x"


def test_a_password_in_a_traceback_is_masked(stream: io.StringIO) -> None:
    logs.configure("INFO", "text", stream)
    try:
        raise ValueError("mysql://park:pa55@db/x")
    except ValueError:
        log.exception("failed")
    assert "pa55" not in stream.getvalue()


@pytest.mark.parametrize(
    ("level", "format_name", "is_shown"),
    [("INFO", "text", False), ("DEBUG", "text", True), ("INFO", "json", True), ("WARNING", "json", False)],
)
def test_requests_are_lines_for_machines_and_for_debugging(
    stream: io.StringIO, level: str, format_name: str, is_shown: bool
) -> None:
    logs.configure(level, format_name, stream)
    logging.getLogger(logs.REQUESTS).info("request", extra={"path": "/api/now"})
    assert ("/api/now" in stream.getvalue()) is is_shown


# Words of strangers


@pytest.mark.parametrize("format_name", ["text", "json"])
@pytest.mark.parametrize("word", ["\n2026-01-01 ERROR: away", "\x1b[2J", "\x9b2J", "\u2028", "\u202e"])
def test_what_a_stranger_wrote_stays_on_its_line_and_steers_nothing(
    stream: io.StringIO, format_name: str, word: str
) -> None:
    logs.configure("INFO", format_name, stream)
    log.warning("asked for %s", word, extra={"path": word, word: 1})
    (line,) = stream.getvalue().split("\n")[:-1]
    assert word not in line
    assert line.isprintable()


def test_a_traceback_cannot_look_like_lines_of_the_log(stream: io.StringIO) -> None:
    logs.configure("INFO", "text", stream)
    try:
        raise ValueError("odd\n2026-01-01 00:00:00Z ERROR: database away\x1b[2J")
    except ValueError:
        log.exception("failed")
    _, *traceback = stream.getvalue().splitlines()
    assert all(line.startswith("  ") for line in traceback)
    assert "\x1b" not in stream.getvalue()
