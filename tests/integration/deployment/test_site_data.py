"""`/data/` through Apache: the folder that `publish` wrote, as it lies there, and nothing beside it."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from deployed_site import Site

from park_downtime.api.middleware.security_headers import ALWAYS


@pytest.fixture(scope="module")
def data(site: Site) -> Path:
    """Published by the script of the crontab, as the user of the jobs."""
    folder = site.deployment.folder / "data"
    folder.mkdir(mode=0o755)
    shutil.chown(folder, site.deployment.user)
    site.deployment.script("run-job.sh", "publish", "600", folder, "--simulated")
    return folder


@pytest.fixture
def extra(data: Path) -> Iterator[list[Path]]:
    """Files that a test puts beside the published ones."""
    made: list[Path] = []
    yield made
    for path in made:
        path.unlink()


def packed(data: Path) -> str:
    """The path of a month's table."""
    return str(min(data.glob("*/ride_days.csv.gz")).relative_to(data))


def test_the_page_of_the_data_is_at_its_root(site: Site, data: Path) -> None:
    answer = site.get("/data/")
    assert (answer.status_code, answer.content) == (200, (data / "index.html").read_bytes())
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_without_its_last_slash_it_leads_there(site: Site, data: Path) -> None:
    answer = site.get("/data")
    assert (answer.status_code, urlsplit(answer.headers["Location"]).path) == (301, "/data/")


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_a_packed_table_is_a_file_as_it_is(site: Site, data: Path, accepted: str) -> None:
    """Whoever unpacks what a server packed must not unpack this."""
    path = packed(data)
    answer = site.get(f"/data/{path}", Accept_Encoding=accepted)
    assert answer.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in answer.headers
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256((data / path).read_bytes()).digest()
    assert gzip.decompress(answer.content).startswith(b"park_id,")


def test_what_is_not_packed_is_compressed_on_its_way(site: Site, data: Path) -> None:
    first = site.get("/data/parks.csv", Accept_Encoding="gzip")
    assert first.headers["Content-Type"] == "text/csv; charset=utf-8"
    again = site.get("/data/parks.csv", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert site.get("/data/datapackage.json").json()["name"]


def test_it_may_be_kept_for_ten_minutes_and_read_by_any_page(site: Site, data: Path) -> None:
    for path in ("", "datapackage.json", "rides.csv", packed(data)):
        headers = site.get(f"/data/{path}").headers
        assert headers["Cache-Control"] == "public, max-age=600"
        assert headers["Access-Control-Allow-Origin"] == "*"


def test_it_carries_the_headers_of_every_page(site: Site, data: Path) -> None:
    headers = site.get("/data/").headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'; ")


def test_nothing_is_listed(site: Site, data: Path) -> None:
    answer = site.get(f"/data/{packed(data).split('/')[0]}/")
    assert answer.status_code in (403, 404)
    assert "ride_days" not in answer.text


def test_no_link_leads_out_of_it(site: Site, data: Path, extra: list[Path]) -> None:
    secret = site.deployment.folder / "secret.csv"
    secret.write_text("secret", "utf-8")
    secret.chmod(0o644)
    extra += [data / "link.csv", data / "folder"]
    extra[0].symlink_to(secret)
    extra[1].symlink_to(secret.parent)
    assert [site.get(f"/data/{path}").status_code for path in ("link.csv", "folder/secret.csv")] == [403, 403]


@pytest.mark.parametrize("name", ["parks.csv.new", "parks.csv.new.unfinished", ".publish.lock"])
def test_what_is_being_written_is_not_served(site: Site, data: Path, extra: list[Path], name: str) -> None:
    if not (data / name).exists():
        (data / name).write_text("half", "utf-8")
        extra.append(data / name)
    assert site.get(f"/data/{name}").status_code == 403


@pytest.mark.parametrize(
    "path", ["/database", "/data/../archive/", "/data/%2e%2e/config/api/.env", "/data/no"]
)
def test_nothing_beside_it_is_served(site: Site, data: Path, path: str) -> None:
    assert site.get(path).status_code in (400, 403, 404)
