"""What `make faults` needs: one bench for all faults, and databases on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import mariadb_server
import pytest
from faults.bench import Bench
from faults.databases import Databases, Files, Server


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Undisturbed runs are made once for all tests."""
    bench = Bench(tmp_path_factory.mktemp("faults"))
    yield bench
    bench.close()


@pytest.fixture
def files(bench: Bench) -> Files:
    return bench.files


@pytest.fixture
def server(bench: Bench, need: Callable[[str | None], None]) -> Server:
    """A MariaDB with durable commits, to be stopped and killed, unlike the one of all other tests."""
    is_installed = mariadb_server.is_installed()
    need(None if is_installed else "mariadbd is not installed (Debian: apt install mariadb-server)")
    return bench.server


@pytest.fixture(params=["sqlite", "mariadb"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """The test runs once on each engine."""
    found: Databases = request.getfixturevalue("files" if request.param == "sqlite" else "server")
    return found
