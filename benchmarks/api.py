"""Every endpoint on a database of full size: the first answer of a data version, and requests a second.

`python -m benchmarks.api [first] [cached]`, both by default.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Iterable
from statistics import median, quantiles
from typing import Any
from wsgiref.util import setup_testing_defaults

from flask import Flask, Response
from sqlalchemy import Engine, update

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._full_size import NOW, full_size
from benchmarks._requests import PATHS, RANGE, application
from park_downtime.api.app_context import service_of
from park_downtime.config.gc_tuning import look_rarely, pass_over_what_is_loaded
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.statistics_tables import ready_columns
from park_downtime.database.version import bump_version, current_version
from park_downtime.reports.make_ready import make_ready

VERSIONS = 20
P95_MILLISECONDS, AIMED_AT = 40, 25
OTHER_P95 = {"/api/rides": 60, **{path: 100 for path in PATHS if RANGE in path}}
CACHED_SHARE = 0.3
BURST = 400
BURSTS = 7

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def first(name: str, engine: Engine) -> None:
    """Milliseconds of the first answer of each of some data versions."""
    app = application(engine, NOW)
    client = app.test_client()
    with writing(engine) as connection:
        bump_version(connection)
    make_ready(engine)
    pass_over_what_is_loaded()  # as wsgi.py does
    spent: dict[str, list[tuple[float, float]]] = {path: [] for path in PATHS}
    sizes = {}
    for number in range(VERSIONS + 1):
        for path in PATHS:
            new_version(app, engine)
            begun, cpu = time.perf_counter(), time.process_time()
            answer = client.get(path)
            took = (time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000
            assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
            sizes[path] = len(answer.data)
            if number:  # the first round also fills what a process keeps for its whole life
                spent[path].append(took)
    rows: list[list[object]] = []
    for path in PATHS:
        wall = [took for took, _ in spent[path]]
        p95 = quantiles(wall, n=20)[-1]
        budget = _report.within(p95, OTHER_P95.get(path, P95_MILLISECONDS), f"{path} on {name}")
        cpu_ms = median(took for _, took in spent[path])
        rows.append([f"`{path}`", sizes[path] / 1000, median(wall), p95, budget, cpu_ms])
    _report.table([f"{name}: first answer", "kB", "p50 ms", "p95 ms", "budget", "CPU ms"], rows)


def new_version(app: Flask, engine: Engine) -> None:
    """A new version, seen by the application at once instead of within a second. What it shares
    among the answers of one version is gone, too: each path is the first to be asked.
    """
    with writing(engine) as connection:
        bump_version(connection)
        ready_is_of_now = update(ready_columns).values(version=current_version(connection)[0])
        connection.execute(ready_is_of_now)  # as a cycle leaves it; nothing else has changed
    service_of(app).watch._look_once()


def cached(name: str, engine: Engine) -> None:
    """Requests a second of kept answers against a view that returns a constant, both without a socket."""
    app = application(engine, NOW)
    rows: list[list[object]] = []
    for path in PATHS:
        size = len(_ask(app.wsgi_app, _environ(path)))
        constant = _constant(size)
        ours, theirs = [], []
        for _ in range(BURSTS):
            theirs.append(_per_second(constant.wsgi_app, "/constant"))
            ours.append(_per_second(app.wsgi_app, path))
        share = median(mine / other for mine, other in zip(ours, theirs, strict=True))
        budget = "" if path == "/api/health" else _report.at_least(share, CACHED_SHARE, f"{path} cached")
        rows.append([f"`{path}`", size / 1000, median(ours), median(theirs), f"{share:.0%}", budget])
    _report.table([f"{name}: kept answer", "kB", "requests/s", "constant view", "share", "budget"], rows)


def _constant(size: int) -> Flask:
    app = Flask("constant", static_folder=None)
    body = b"x" * size

    @app.get("/constant")
    def constant() -> Response:
        return Response(body, mimetype="application/json")

    return app


def _per_second(wsgi: Wsgi, path: str) -> float:
    environ = _environ(path)
    begun = time.process_time()
    for _ in range(BURST):
        _ask(wsgi, {**environ, "wsgi.input": io.BytesIO()})
    return BURST / (time.process_time() - begun)


def _environ(path: str) -> dict[str, Any]:
    environ: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1"}
    environ["PATH_INFO"], _, environ["QUERY_STRING"] = path.partition("?")
    setup_testing_defaults(environ)
    return environ


def _ask(wsgi: Wsgi, environ: dict[str, Any]) -> bytes:
    said: list[str] = []
    answer = wsgi(environ, lambda status, headers, error=None: said.append(status))
    body = b"".join(answer)
    close = getattr(answer, "close", None)
    if close is not None:
        close()
    assert said[0].startswith("200"), said
    return body


PARTS = {"first": first, "cached": cached}

if __name__ == "__main__":
    logging.disable(logging.INFO)
    look_rarely()  # as wsgi.py and every command do
    _report.heading("Every endpoint, a full year of statistics")
    for engine_name in engines():
        with full_size(engine_name) as url:
            engine = make_engine(url)
            for part in sys.argv[1:] or PARTS:
                PARTS[part](engine_name, engine)
            engine.dispose()
    _report.end()
