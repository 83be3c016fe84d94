"""The first answer of some data versions to every question, in a process of its own: `... DATABASE`."""

from __future__ import annotations

import logging
import sys
from statistics import quantiles

from benchmarks._full_size import NOW
from benchmarks._processes import report
from benchmarks._requests import PATHS, application
from park_downtime.clock import monotonic_seconds
from park_downtime.config.gc_tuning import look_rarely

ROUNDS = 3


def main(database_url: str) -> None:
    from benchmarks.api import new_version
    from park_downtime.database.engine import make_engine

    look_rarely()  # as wsgi.py does
    logging.basicConfig(level="CRITICAL")
    begun = monotonic_seconds()
    engine = make_engine(database_url)
    app = application(engine, NOW)
    client = app.test_client()
    spent: dict[str, list[float]] = {path: [] for path in PATHS}
    for number in range(ROUNDS + 1):
        for path in PATHS:
            new_version(app, engine)
            started = monotonic_seconds()
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            if number:
                spent[path].append(1000 * (monotonic_seconds() - started))
    twentieths = quantiles([took for of_path in spent.values() for took in of_path], n=20)
    report(
        wall_seconds=monotonic_seconds() - begun,
        p50_ms=twentieths[9],
        p95_ms=twentieths[-1],
        milliseconds=spent,
    )


if __name__ == "__main__":
    main(sys.argv[1])
