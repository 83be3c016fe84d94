"""Fixtures of all tests: databases that are empty and migrated, and an isolated environment."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import mariadb_server
import pytest
from databases import Emptier, create_database, drop_database, migrate_database
from hypothesis.internal.conjecture import engine as conjecture
from sqlalchemy import Engine

from park_downtime.config.settings import KNOWN
from park_downtime.database.engine import make_engine

hypothesis.settings.register_profile(
    "project",
    hypothesis.settings.get_profile("ci" if os.environ.get("CI") else "default"),
    deadline=None,  # how long an example takes says more of the machine than of the code
    # A law that fails says so within a minute. To explain a failure, Hypothesis traces every line while it
    # looks for a smaller example, which makes that ten times slower, and it would look for five minutes;
    # the latter it leaves to be changed in its module, and in no setting.
    phases=set(hypothesis.Phase) - {hypothesis.Phase.explain},
    report_multiple_bugs=False,
)
assert hasattr(conjecture, "MAX_SHRINKING_SECONDS")
conjecture.MAX_SHRINKING_SECONDS = 15
hypothesis.settings.load_profile("project")

CHECKOUT = Path(__file__).parent.parent
RUN_FOLDER = "PARK_DOWNTIME_TEST_RUN"  # set by the run's first process, inherited by xdist's workers
RUN_PID = "PARK_DOWNTIME_TEST_RUN_PID"
REQUIRE_EVERYTHING = "REQUIRE_EVERYTHING"  # set in CI: what is missing fails instead of being skipped
SHARED = "PARK_DOWNTIME_SHARED"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="park-downtime-tests-")
        os.environ[RUN_PID] = str(os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(RUN_FOLDER))
        mariadb_server.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def missing(what: str) -> NoReturn:
    """Skip visibly on a developer's machine; fail where everything must be tested."""
    if os.environ.get(REQUIRE_EVERYTHING):
        pytest.fail(f"{what} (required: {REQUIRE_EVERYTHING} is set)")
    pytest.skip(what)


@pytest.fixture(scope="session")
def need() -> Callable[[str | None], None]:
    """Tell it what is missing, or None."""

    def tell(what: str | None) -> None:
        if what is not None:
            missing(what)

    return tell


@pytest.fixture(autouse=True)
def isolated_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the developer's settings or `.env`, or writes to the user's data folder."""
    for known in KNOWN:
        monkeypatch.delenv(known.name, raising=False)
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)  # a proxy has nothing to do with servers on the loopback
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'downtime.sqlite'}")
    monkeypatch.setenv("SPOOL_DIR", str(tmp_path / "spool"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """This process among xdist's workers: gw0, gw1...; `main` without xdist."""
    name = getattr(request.config, "workerinput", {}).get("workerid", "main")
    assert isinstance(name, str)
    return name


@pytest.fixture(scope="session")
def mariadb_server_url() -> str:
    """A private MariaDB of this run, without a database in the URL."""
    if not mariadb_server.is_installed():
        missing("mariadbd is not installed (Debian: apt install mariadb-server)")
    return mariadb_server.shared_url(Path(os.environ[RUN_FOLDER]), int(os.environ[RUN_PID]))


@pytest.fixture(scope="session")
def migrated_mariadb(mariadb_server_url: str, worker: str) -> Iterator[tuple[str, Emptier]]:
    url = create_database(mariadb_server_url, f"tests_{worker}")
    migrate_database(url)
    engine = make_engine(url)
    yield url, Emptier(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "migrated.sqlite"
    migrate_database(f"sqlite:///{file}")
    return file


def cancel_timers() -> None:
    """What an earlier test planned for later does not write to the database of this one."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
            thread.join()


@pytest.fixture
def mariadb_url(migrated_mariadb: tuple[str, Emptier]) -> str:
    """A migrated, empty MariaDB database. One per worker: a test has it for itself."""
    url, emptier = migrated_mariadb
    cancel_timers()
    emptier.empty()
    return url


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite file."""
    file = tmp_path / "database" / "downtime.sqlite"
    file.parent.mkdir()
    shutil.copyfile(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "mariadb"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database: the test runs once on each engine."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty database: the test runs once on each engine."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """For tests in which the engine does not matter: the fast one."""
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "mariadb"])
def unmigrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, on each engine: for tests of migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'unmigrated.sqlite'}"
        return
    server = request.getfixturevalue("mariadb_server_url")
    name = f"unmigrated_{request.getfixturevalue('worker')}"
    yield create_database(server, name)
    drop_database(server, name)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or missing("chromium is not installed (Debian: apt install chromium)")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Recordings of the real feed, beside the checkout; no part of the project, so they may be absent."""
    folder = Path(os.environ.get(SHARED) or CHECKOUT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip(f"no recordings of the real feed in {folder / 'data'}")
    return folder / "data"
