"""Requests a second through Apache as shipped: an answer that it repeats, the same one asked of the program,
and a Flask view that returns a constant of the same size.

HTTPS on the loopback, mod_wsgi with 2 processes, 4 connections of `ab`. The three are measured in turns.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import apache
from apache import Apache
from deployed_site import ask

from benchmarks import _report
from benchmarks._shipped_apache import shipped_apache
from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import migrate
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.worlds import synthetic_world

PATHS = ("/api/parks/downtime", "/api/rides/downtime?period=7days", "/api/now")
ROUNDS = 3
SECONDS = 3
CONNECTIONS = 4
SHARE = 1.0
TO_THE_PROGRAM = ("-H", "X-API-Key: none")  # who shows a key gets no copy

CONSTANT = """
from flask import Flask, Response, request

application = Flask("constant", static_folder=None)

@application.get("/<int:size>")
def constant(size: int) -> Response:
    return Response(b"x" * size, mimetype="application/json")
"""


class Measured(NamedTuple):
    per_second: float
    p99_ms: int


def missing_part() -> str | None:
    if shutil.which("ab") is None:
        return "ab is not installed (tools/need benchmarks)"
    return apache.missing_part()


@contextmanager
def running(folder: Path) -> Iterator[Apache]:
    """The API over a small database, and the constant beside it."""
    for name in ("home", "wsgi"):
        (folder / name).mkdir()
    _fill(folder / "home" / "small.sqlite")
    settings = {
        "DATABASE_URL": f"sqlite:///{folder}/home/small.sqlite",
        "SPOOL_DIR": str(folder / "home"),
        "RATE_LIMIT": "100000000 per minute",
        "LOG_LEVEL": "WARNING",
    }
    (folder / "wsgi" / "constant.py").write_text(CONSTANT, "utf-8")
    beside = (
        f"WSGIScriptAlias /constant {folder}/wsgi/constant.py\n"
        f"<Directory {folder}/wsgi>\n  Require all granted\n</Directory>\n"
    )
    with shipped_apache(folder, settings, beside) as server:
        yield server


def _fill(file: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    now = utc_now()
    backfill(engine, synthetic_world(3, 4), now.date() - timedelta(days=10), now)
    engine.dispose()


def _asked(server: Apache, path: str, *options: str) -> Measured:
    said = subprocess.run(
        [
            *("ab", "-q", "-k", "-c", str(CONNECTIONS), "-t", str(SECONDS), "-n", "10000000"),
            *("-H", f"Host: {apache.HOST}", "-H", "Accept-Encoding: gzip", *options, server.url + path),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Non-2xx" not in said, said
    return Measured(_number(r"Requests per second:\s+([\d.]+)", said), int(_number(r"99%\s+(\d+)", said)))


def _number(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    assert found is not None, said
    return float(found[1])


def measure(server: Apache) -> None:
    rows: list[list[object]] = []
    for path in PATHS:
        answer = ask(server, "GET", path, Accept_Encoding="gzip")
        size = int(answer.headers["Content-Length"])
        copies, program, constant = [], [], []
        for _ in range(ROUNDS):
            constant.append(_asked(server, f"/constant/{size}").per_second)
            copies.append(_asked(server, path))
            program.append(_asked(server, path, *TO_THE_PROGRAM).per_second)
        share = median(copy.per_second / other for copy, other in zip(copies, constant, strict=True))
        rows.append(
            [
                *(f"`{path}`", size / 1000, median(copy.per_second for copy in copies)),
                *(max(copy.p99_ms for copy in copies), median(constant), median(program), f"{share:.0%}"),
                _report.at_least(share, SHARE, f"{path} through Apache"),
            ]
        )
    _report.table(
        [
            "copy of Apache",
            "kB",
            "requests/s",
            "p99 ms",
            "constant view",
            "of the program",
            "share",
            "budget",
        ],
        rows,
    )


if __name__ == "__main__":
    _report.heading("Through Apache, a small database")
    missing = missing_part()
    if missing is None:
        with tempfile.TemporaryDirectory(prefix="park-downtime-bench-") as name:
            Path(name).chmod(0o755)
            with running(Path(name)) as started:
                measure(started)
    else:
        print(missing, file=sys.stderr)
    _report.end()
