"""How much memory `serve` holds after ten thousand varied queries over HTTP, a full year of statistics behind
them.

Half of them ask of one data version, which fills what is kept of it; then there is a new one ever so often.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import local
from urllib.parse import urlsplit

from sqlalchemy import Engine

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._full_size import full_size
from benchmarks._processes import CHECKOUT, memory_mb
from benchmarks._varied import Request, Varied
from park_downtime.clock import monotonic_seconds
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.version import bump_version

QUERIES = 10_000
TOLD_AFTER = (1_000, 2_500, 5_000, 10_000)
ONE_VERSION, EACH_VERSION = 5_000, 500
MEGABYTES = 150
AT_ONCE = 4
TIMEOUT_SECONDS = 60


class Client:
    """Asks as browsers do, on few connections that stay open."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc
        self._of_thread = local()
        self._etags: dict[str, str] = {}

    def ask(self, request: Request) -> int:
        """The status."""
        headers = {"Accept-Encoding": "gzip"} if request.takes_gzip else {}
        if request.is_asked_again:
            headers["If-None-Match"] = self._etags.get(request.path, "none")
        status, etag, _ = self._get(request.path, headers)
        if etag:
            self._etags[request.path] = etag
        return status

    def ids(self, path: str, name: str) -> list[int]:
        return [row[name] for row in json.loads(self._get(path, {})[2])["data"]]

    def _get(self, path: str, headers: dict[str, str]) -> tuple[int, str | None, bytes]:
        connection = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection(self._address, timeout=TIMEOUT_SECONDS)
            self._of_thread.connection = connection
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("ETag"), answer.read()


def main() -> None:
    _report.heading(f"Memory of `serve`, {QUERIES:,} varied queries")
    rows: list[list[object]] = []
    said = []
    for name in engines():
        with full_size(name) as url:
            engine = make_engine(url)
            with serve(url) as (address, pid):
                resident, statuses, seconds = _grown(Client(address), pid, engine)
                peak = memory_mb(pid, "VmHWM")
            engine.dispose()
        most = _report.within(peak, MEGABYTES, f"memory on {name}")
        rows.append([name, *resident, peak, most])
        said.append(f"{name}: {seconds:.0f} s, answers by status: {dict(sorted(statuses.items()))}.")
    columns = ["resident MB after", *(f"{count:,}" for count in (0, *TOLD_AFTER)), "peak", "budget"]
    _report.table(columns, rows)
    print("\n" + "\n".join(said))


def _grown(client: Client, pid: int, engine: Engine) -> tuple[list[float], Counter[int], float]:
    """Megabytes at the start and after so many queries, how often each status was answered, and seconds."""
    varied = Varied(client.ids("/api/parks", "park_id"), client.ids("/api/rides", "ride_id"))
    resident = [memory_mb(pid, "VmRSS")]
    statuses: Counter[int] = Counter()
    begun = monotonic_seconds()
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        for done in range(EACH_VERSION, QUERIES + 1, EACH_VERSION):
            statuses.update(visitors.map(client.ask, [varied.next() for _ in range(EACH_VERSION)]))
            if done in TOLD_AFTER:
                resident.append(memory_mb(pid, "VmRSS"))
            if done >= ONE_VERSION:
                with writing(engine) as connection:
                    bump_version(connection)
    assert not statuses[500], statuses  # 503 is what a visitor is told where the database is too busy
    return resident, statuses, monotonic_seconds() - begun


@contextmanager
def serve(database_url: str) -> Iterator[tuple[str, int]]:
    """Its address and process id."""
    with tempfile.TemporaryDirectory() as folder:  # in which no `.env` lies
        path = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])
        server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._serve", database_url],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "SPOOL_DIR": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(Path(folder) / "log").open("w"),
            text=True,
        )
        assert server.stdin is not None and server.stdout is not None
        try:
            line = next(line for line in server.stdout if line.startswith("Dashboard: "))
            yield line.split()[1], server.pid
        finally:
            server.stdin.close()
            server.wait(timeout=30)


if __name__ == "__main__":
    main()
    _report.end()
