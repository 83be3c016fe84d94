"""What `make system-test` needs: a host with users, database and releases, and the site that it serves."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import apache
import deployment
import pytest
from apache import Apache
from databases import drop_database
from deployed_site import Site
from deployment import CHECKOUT, Deployment
from framing_pages import FramingPages

from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.worlds import synthetic_world

Need = Callable[[str | None], None]
HISTORY_DAYS = 10
API_SETTINGS = {"LOG_LEVEL": "WARNING", "RATE_LIMIT": "1000000 per minute"}


@pytest.fixture(scope="session")
def required_parts(need: Need) -> None:
    need(
        None
        if os.geteuid() == 0
        else "the system tests change users as an installation does: run them as root"
    )
    need(deployment.missing_part())
    need(apache.missing_part())
    need(
        None
        if shutil.which("mariadb")
        else "mariadb is not installed (Debian: apt install mariadb-client-core)"
    )


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="park-downtime-system-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def framing_pages() -> Iterator[FramingPages]:
    with FramingPages() as pages:
        yield pages


@pytest.fixture(scope="session")
def host(
    required_parts: None, open_folder: Path, mariadb_server_url: str, worker: str, framing_pages: FramingPages
) -> Iterator[Deployment]:
    """Settings and a database with three users, as an operator makes them; nothing deployed yet."""
    found = Deployment(open_folder / "host")
    found.write_settings("api", **API_SETTINGS, FRAME_ANCESTORS=framing_pages.allowed)
    found.set_up_database(mariadb_server_url, f"system_{worker}", worker)
    yield found
    drop_database(mariadb_server_url, f"system_{worker}")


@pytest.fixture(scope="session")
def site(host: Deployment, open_folder: Path, framing_pages: FramingPages) -> Iterator[Site]:
    """Its first release in place, answering through Apache, with some days of history."""
    server = Apache(
        open_folder,
        CHECKOUT / "deployment" / "apache" / "themeparkhall.conf",
        {
            "PARK_ROOT": str(host.root),
            "PARK_BACKEND_CONF": str(CHECKOUT / "deployment" / "apache" / "wsgi.conf"),
            "PARK_API_USER": host.user,
            "PARK_API_GROUP": host.user,
            "PARK_API_HOME": str(host.config / "api"),
            "PARK_FRAME_ANCESTORS": framing_pages.allowed,
            "PARK_LOG_SIZE": "4K",
        },
        host.user,
        environment={"PARK_LOG_FILES": "1000000"},
    )
    host.url = server.url
    host.deploy_first_release()
    engine = make_engine(host.database_url("jobs"))
    now = utc_now()
    backfill(engine, synthetic_world(3, 4), now.date() - timedelta(days=HISTORY_DAYS), now)
    engine.dispose()
    server.start()
    yield Site(host, server)
    server.stop()
