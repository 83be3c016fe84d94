"""Two servers beside each other let a key ask as often as one: the limit is of all processes together."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from park_downtime.api.middleware.key_usage import PER_HOUR, hour_of
from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine, reading, writing
from park_downtime.database.keys import create_key, usage_since


@pytest.fixture
def servers(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Their addresses, on one database."""
    settings = {"DATABASE_URL": database_url, "API_KEYS_REQUIRED": "true", "RATE_LIMIT": "100000 per minute"}
    for name, value in {**settings, "NO_PROXY": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "park_downtime.cli", "serve", "--port", "0"]
    with ExitStack() as running:
        processes = []
        for _ in range(2):
            process = running.enter_context(
                subprocess.Popen(
                    command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
                )
            )
            running.callback(process.terminate)
            processes.append(process)
        yield [address_of(process) for process in processes]


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout)
    return next(found.group() for found in said if found is not None)


def test_the_limit_of_an_hour_holds_over_both(servers: list[str], database_url: str) -> None:
    engine = make_engine(database_url)
    begun = utc_now()
    with writing(engine) as connection:
        _, key = create_key(connection, "somebody", begun)

    def ask(number: int) -> int:
        url = f"{servers[number % 2]}/api/parks"
        return requests.get(url, headers={"X-API-Key": key}, timeout=60).status_code

    with ThreadPoolExecutor(8) as visitors:
        statuses = list(visitors.map(ask, range(3 * PER_HOUR)))
    with reading(engine) as connection:
        counted = usage_since(connection, hour_of(begun))
    engine.dispose()
    assert set(statuses) == {200, 429}
    assert statuses.count(200) >= 0.95 * PER_HOUR
    # The clock may pass a full hour meanwhile: then each has a limit of its own.
    assert all(count <= 1.05 * PER_HOUR for count in counted.values())
    assert statuses.count(200) == sum(counted.values())
