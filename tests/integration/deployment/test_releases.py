"""Releases put in place, broken on purpose, and returned from by the scripts themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from deployed_site import Site
from deployment import copy_source
from sqlalchemy import text

from park_downtime.database.engine import make_engine
from park_downtime.database.schema import newest_revision


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of what is deployed, to be changed."""
    copy_source(tmp_path / "checkout")
    return tmp_path / "checkout"


def version_served(site: Site) -> str:
    return str(site.get("/api/health").json()["version"])


def set_version(source: Path, version: str) -> None:
    file = source / "src" / "park_downtime" / "__init__.py"
    file.write_text(f'__version__ = "{version}"\n', "utf-8")


def deploy_frontend(site: Site, source: Path, check: bool = True) -> tuple[int, str]:
    done = site.deployment.script("deploy-frontend.sh", "--source", source / "frontend", check=check)
    return done.returncode, done.stdout + done.stderr


def test_the_same_source_twice_is_one_release(site: Site) -> None:
    before = site.deployment.current("backend")
    done = site.deployment.deploy_backend()
    assert "nothing to do" in done.stdout
    assert site.deployment.current("backend") == before


def test_a_new_release_answers_at_once_and_can_be_returned_from(site: Site, source: Path) -> None:
    before, version = site.deployment.current("backend"), version_served(site)
    set_version(source, "9.9.1")
    site.deployment.deploy_backend(source=source)
    assert version_served(site) == "9.9.1"
    site.deployment.script("deploy-backend.sh", "--return")
    assert version_served(site) == version
    assert site.deployment.current("backend") == before


def test_a_release_that_cannot_start_is_not_put_in_place(site: Site, source: Path) -> None:
    before = site.deployment.current("backend")
    (source / "src/park_downtime/api/app.py").write_text("raise RuntimeError('broken on purpose')\n", "utf-8")
    done = site.deployment.deploy_backend(source=source, check=False)
    assert done.returncode == 1
    assert "broken on purpose" in done.stderr
    assert f"is not in place; {before} stays" in done.stderr
    assert site.get("/api/parks").status_code == 200


@pytest.fixture
def database_of_0_1(site: Site) -> Iterator[None]:
    """The site's database says that release 0.1 made it, until the test is over."""
    engine = make_engine(site.deployment.database_url("migrate"))
    newest = newest_revision()
    mark = text("UPDATE alembic_version SET version_num = :revision")
    with engine.begin() as connection:
        connection.execute(mark, {"revision": "0038"})
    yield
    with engine.begin() as connection:
        connection.execute(mark, {"revision": newest})
    engine.dispose()


@pytest.mark.usefixtures("database_of_0_1")
def test_on_a_database_of_release_0_1_the_release_in_place_stays(site: Site, source: Path) -> None:
    before = site.deployment.current("backend")
    set_version(source, "9.9.2")
    done = site.deployment.deploy_backend(source=source, check=False)
    assert done.returncode == 1
    assert "the database is at revision 0038 of release 0.1" in done.stderr
    assert "`park-downtime export FILE --with-readings`" in done.stderr
    assert site.deployment.current("backend") == before
    assert site.get("/api/parks").status_code == 200


def test_a_release_that_fails_only_in_apache_is_returned_from(site: Site, source: Path) -> None:
    before, version = site.deployment.current("backend"), version_served(site)
    (source / "src/park_downtime/wsgi.py").write_text("raise RuntimeError('broken on purpose')\n", "utf-8")
    done = site.deployment.deploy_backend(source=source, check=False, PARK_HEALTH_SECONDS="45")
    assert done.returncode == 1
    assert f"was not well: returned to {before}" in done.stderr
    assert site.deployment.current("backend") == before
    assert version_served(site) == version


def test_a_source_that_is_no_checkout_is_refused(site: Site, tmp_path: Path) -> None:
    done = site.deployment.deploy_backend(source=tmp_path, check=False)
    assert (done.returncode, "is no checkout: src is missing" in done.stderr) == (1, True)


def test_a_new_page_is_served_and_can_be_returned_from(site: Site, source: Path) -> None:
    before = site.get("/").text
    page = source / "frontend" / "index.html"
    page.write_text(page.read_text("utf-8") + "<!-- new -->", "utf-8")
    deploy_frontend(site, source)
    assert site.get("/").text.endswith("<!-- new -->")
    site.deployment.script("deploy-frontend.sh", "--return")
    assert site.get("/").text == before


def test_the_picture_of_a_shared_link_has_a_whole_address(site: Site, source: Path) -> None:
    page = source / "frontend" / "index.html"
    page.write_text(page.read_text("utf-8") + "<!-- shared -->", "utf-8")
    deploy_frontend(site, source)
    [address] = re.findall(r'og:image" content="([^"]+)"', site.get("/").text)
    assert re.fullmatch(r"https?://.+/assets/images/share\.png", address)
    assert site.get("/assets/images/share.png").status_code == 200


def test_a_page_that_is_not_what_the_site_then_serves_is_returned_from(site: Site, source: Path) -> None:
    before = site.deployment.current("frontend")
    page = source / "frontend" / "index.html"
    page.write_text(page.read_text("utf-8") + "<!-- new -->", "utf-8")
    elsewhere = f"http://127.0.0.1:{site.apache.other}"
    done = site.deployment.script(
        "deploy-frontend.sh", "--source", source / "frontend", check=False, PARK_URL=elsewhere
    )
    assert done.returncode == 1
    assert f"was not served as it should: returned to {before}" in done.stderr
    assert site.deployment.current("frontend") == before
    assert "Queue-Times.com" in site.get("/").text


def test_links_out_of_the_folder_are_refused(site: Site, source: Path) -> None:
    (source / "frontend" / "css" / "secrets.css").symlink_to("/etc/shadow")
    status, said = deploy_frontend(site, source, check=False)
    assert (status, "holds symbolic links" in said) == (1, True)


def test_an_empty_page_is_refused(site: Site, source: Path) -> None:
    (source / "frontend" / "index.html").write_text("", "utf-8")
    status, said = deploy_frontend(site, source, check=False)
    assert (status, "index.html is missing or empty" in said) == (1, True)


def test_old_releases_go_but_not_the_one_in_place(site: Site, source: Path) -> None:
    page = source / "frontend" / "index.html"
    for number in range(4):
        page.write_text(page.read_text("utf-8") + f"<!-- {number} -->", "utf-8")
        site.deployment.script("deploy-frontend.sh", "--source", source / "frontend", PARK_KEEP_RELEASES="2")
    releases = sorted(path.name for path in (site.deployment.root / "frontend" / "releases").iterdir())
    assert len(releases) == 2
    assert site.deployment.current("frontend") == releases[-1]
