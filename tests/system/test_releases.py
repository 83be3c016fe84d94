"""Releases come and go while visitors go on asking; one that is broken never stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from deployed_site import Site
from deployment import copy_source
from steady_load import SteadyLoad

PATHS = ["/api/health", "/", "/api/parks", "/api/health", "/api/parks/downtime?period=7days"]
GOOD = "9.9.1"
HEALTH = "src/park_downtime/api/resources/health.py"
WSGI = "src/park_downtime/wsgi.py"

# Says of its database that it cannot be reached, whatever is true.
SICK_HEALTH = """

_real = check


def check(service):
    found = _real(service)
    found.checks["database"]["status"] = "unhealthy"
    return found
"""

# The same, but only where Apache runs it: no trial on a port of its own finds that.
SICK_BEHIND_APACHE = """

_good = application


def application(environ, start_response):
    if environ["PATH_INFO"] != "/api/health":
        return _good(environ, start_response)
    start_response("503 Service Unavailable", [("Content-Type", "application/json")])
    return [b'{"status": "unhealthy", "version": "9.9.3", "checks": {"database": {"status": "unhealthy"}}}']
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of what is deployed, to be changed."""
    copy_source(tmp_path / "checkout")
    return tmp_path / "checkout"


def set_version(source: Path, version: str) -> None:
    (source / "src/park_downtime/__init__.py").write_text(f'__version__ = "{version}"\n', "utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


@pytest.fixture
def good(site: Site, source: Path) -> str:
    """The version of the release in place, whose source the test may now change."""
    set_version(source, GOOD)
    site.deployment.deploy_backend(source=source)
    return GOOD


def test_a_new_release_is_put_in_place_without_a_lost_request(site: Site, source: Path) -> None:
    old = site.get("/api/health").json()["version"]
    set_version(source, "9.9.0")
    with SteadyLoad(site, PATHS) as load:
        site.deployment.deploy_backend(source=source)
        load.await_requests(40)
    assert load.lost == []
    assert load.versions[0] == old
    assert load.versions[-1] == "9.9.0"


def test_a_release_whose_health_check_fails_is_never_seen(site: Site, source: Path, good: str) -> None:
    before = site.deployment.current("backend")
    set_version(source, "9.9.2")
    append(source / HEALTH, SICK_HEALTH)
    with SteadyLoad(site, PATHS) as load:
        done = site.deployment.deploy_backend(source=source, check=False)
        load.await_requests(40)
    assert (done.returncode, f"{before} stays" in done.stderr) == (1, True), done.stderr
    assert load.lost == []
    assert load.versions == [good]
    assert site.deployment.current("backend") == before


def test_a_release_that_fails_in_apache_alone_is_returned_from_while_the_site_answers(
    site: Site, source: Path, good: str
) -> None:
    before = site.deployment.current("backend")
    set_version(source, "9.9.3")
    append(source / WSGI, SICK_BEHIND_APACHE)
    with SteadyLoad(site, PATHS) as load:
        done = site.deployment.deploy_backend(source=source, check=False, PARK_HEALTH_SECONDS="45")
        returned = len(load.asked)
        load.await_requests(40)
    assert (done.returncode, f"returned to {before}" in done.stderr) == (1, True), done.stderr
    assert [asked for asked in load.lost if asked.path != "/api/health"] == []
    assert {asked.status for asked in load.lost} == {503}  # what the broken release says of itself
    assert [asked for asked in load.asked[returned:] if asked.status != 200] == []
    assert load.versions == [good]
    assert site.deployment.current("backend") == before
