"""A deployed site: least rights in the database, releases by the scripts, Apache as shipped."""

from __future__ import annotations

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

from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.worlds import synthetic_world

Need = Callable[[str | None], None]


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="park-downtime-site-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def required_parts(need: Need) -> None:
    need(deployment.missing_part())
    need(apache.missing_part())
    need(None if shutil.which("mariadb") else "mariadb is not installed (apt install mariadb-client-core)")


@pytest.fixture(scope="session")
def site(required_parts: None, open_folder: Path, mariadb_server_url: str, worker: str) -> Iterator[Site]:
    found = Deployment(open_folder / "host")
    name = f"site_{worker}"
    server = Apache(
        open_folder,
        CHECKOUT / "deployment" / "apache" / "themeparkhall.conf",
        {
            "PARK_ROOT": str(found.root),
            "PARK_DATA": str(found.folder / "data"),
            "PARK_BACKEND_CONF": str(CHECKOUT / "deployment" / "apache" / "wsgi.conf"),
            "PARK_API_USER": found.user,
            "PARK_API_GROUP": found.user,
            "PARK_API_HOME": str(found.config / "api"),
        },
        found.user,
    )
    found.url = server.url
    found.write_settings("api", LOG_LEVEL="WARNING", PUBLIC_URL=server.url)
    found.set_up_database(mariadb_server_url, name, worker)
    found.deploy_first_release()
    engine = make_engine(found.database_url("jobs"))
    now = utc_now()
    backfill(engine, synthetic_world(3, 4), now.date() - timedelta(days=10), now)
    engine.dispose()
    server.start()
    yield Site(found, server)
    server.stop()
    drop_database(mariadb_server_url, name)
