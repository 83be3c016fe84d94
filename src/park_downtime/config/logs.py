"""Log lines: JSON for machines, text for a terminal; one event per job with its counts in `extra`.

    log.info("cycle stored", extra={"parks_ok": 98, "rows": 4312})

Times are UTC. What looks like a password in an address is masked, wherever it comes from, and what could
steer a terminal or begin a line of its own is escaped.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from textwrap import indent
from typing import Any, TextIO

from pythonjsonlogger.json import JsonFormatter

from park_downtime.config.metrics import embedded
from park_downtime.plain_text import escaped, escaped_json, escaped_lines

_PASSWORD = re.compile(r"(\w+://[^\s:/@]*:)[^\s/]*(@)")
_PARAMETER = re.compile(
    r"((?:password|passwd|token|secret|api[_-]?key)[\"']?\s*[=:]\s*[\"']?)[^\s&\"',]+", re.I
)
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_QUIET = ("urllib3", "alembic", "waitress", "tenacity", "requests", "werkzeug")
"""Libraries whose chatter tells an operator nothing; their warnings still come through."""
REQUESTS = "park_downtime.requests"
"""The logger of one line per request: machines want them, on a terminal they bury everything else."""


def configure(
    level: str, format_name: str, stream: TextIO | None = None, metrics_namespace: str | None = None
) -> None:
    """Send the log to `stream` (stderr). `format_name` is LOG_FORMAT: auto, json or text.

    JSON lines of jobs carry their counts as metrics of the namespace, where one is given.
    """
    stream = stream or sys.stderr
    as_text = format_name == "text" or (format_name == "auto" and stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TextLines() if as_text else JsonLines(metrics_namespace))
    root = logging.getLogger()
    for old in root.handlers[:]:
        if getattr(old, "is_ours", False):
            root.removeHandler(old)
    handler.is_ours = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel("WARNING" if level != "DEBUG" else "INFO")
    are_requests_shown = level == "DEBUG" or not as_text
    logging.getLogger(REQUESTS).setLevel(logging.NOTSET if are_requests_shown else logging.WARNING)


def without_secrets(text: str) -> str:
    return _PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1***\2", text))


class JsonLines(JsonFormatter):
    """One JSON object a line: time, level, logger, event and the counts."""

    converter = staticmethod(time.gmtime)

    def __init__(self, metrics_namespace: str | None = None) -> None:
        self._metrics_namespace = metrics_namespace
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            datefmt="%Y-%m-%dT%H:%M:%SZ",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger", "message": "event"},
            json_ensure_ascii=False,
        )

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        super().add_fields(log_data, record, message_dict)
        if self._metrics_namespace:
            log_data.update(embedded(self._metrics_namespace, record.message, log_data, record.created))

    def format(self, record: logging.LogRecord) -> str:
        return escaped_json(without_secrets(super().format(record)))


class TextLines(logging.Formatter):
    """`12:40:00 cycle stored: parks_ok 98, rows 4312`; a level is named from WARNING on."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%SZ")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        counts = ", ".join(
            f"{name} {value}"
            for name, value in record.__dict__.items()
            if name not in _OWN and value is not None
        )
        level = f"{record.levelname}: " if record.levelno >= logging.WARNING else ""
        return escaped(f"{record.asctime} {level}{record.message}{': ' if counts else ''}{counts}")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """Indented: what a library repeats of somebody's words cannot look like a line of the log."""
        return indent(escaped_lines(super().formatException(ei)), "  ")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept its own form of the traceback
        return without_secrets(super().format(record))
