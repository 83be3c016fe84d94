"""The dashboard's files are served as they are, compressed, revalidated, and nothing beside them."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api.pages import dashboard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "frontend"
    (folder / "js").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Dashboard</title>")
    (folder / "js" / "app.js").write_text("export const x = 1;\n" * 100)
    (folder / "js" / ".hidden").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "js" / "link.js").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def served(
    folder: Path, sqlite_engine: Engine, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda _: folder)
    return make_app(sqlite_engine).test_client()


def test_the_page_is_at_the_root(served: FlaskClient) -> None:
    answer = served.get("/?view=rides")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_modules_have_their_type(served: FlaskClient) -> None:
    answer = served.get("/js/app.js", headers={"Accept-Encoding": "gzip"})
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_file_is_revalidated_and_sent_anew_when_it_changed(served: FlaskClient, folder: Path) -> None:
    tag = served.get("/js/app.js").headers["ETag"]
    assert served.get("/js/app.js", headers={"If-None-Match": tag}).status_code == 304
    (folder / "js" / "app.js").write_text("export const y = 2;\n")
    os.utime(folder / "js" / "app.js", ns=(1, 1))
    assert served.get("/js/app.js", headers={"If-None-Match": tag}).text == "export const y = 2;\n"


@pytest.mark.parametrize(
    "url",
    [
        "/js/nothing.js",
        "/js/",
        "/js/.hidden",
        "/js/../../secret.txt",
        "/js/%2e%2e/%2e%2e/secret.txt",
        "/js/link.js",
        "/secret.txt",
        "/index.html/x",
    ],
)
def test_nothing_beside_them(served: FlaskClient, url: str) -> None:
    assert served.get(url).status_code == 404


def test_files_do_not_count_against_the_limit(
    folder: Path, sqlite_engine: Engine, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda _: folder)
    client = make_app(sqlite_engine, RATE_LIMIT="1 per minute").test_client()
    assert [client.get("/js/app.js").status_code for _ in range(5)] == [200] * 5


PICTURE = '<meta property="og:image" content="assets/images/share.png">'


def test_the_shared_picture_has_a_full_address(served: FlaskClient, folder: Path) -> None:
    (folder / "index.html").write_text(f"<!doctype html>{PICTURE}{'words ' * 200}")
    page = served.get("/", base_url="https://parks.example").text
    assert 'content="https://parks.example/assets/images/share.png"' in page
    compressed = served.get("/", base_url="http://other.example:8000", headers={"Accept-Encoding": "gzip"})
    assert b"http://other.example:8000/assets/images/share.png" in gzip.decompress(compressed.data)


@pytest.mark.parametrize("asked", ["http://127.0.0.1:8000", "https://www.parks.example"])
def test_where_its_address_is_told_it_is_that_whatever_was_asked(
    folder: Path, sqlite_engine: Engine, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda _: folder)
    head = f'{PICTURE}<link rel="home" href="./"><link rel="canonical" href="method.html">'
    (folder / "index.html").write_text(f'<!doctype html>{head}<link rel="icon" href="icon.svg">')
    client = make_app(sqlite_engine, PUBLIC_URL="https://parks.example/").test_client()
    page = client.get("/", base_url=asked).text
    assert 'content="https://parks.example/assets/images/share.png"' in page
    assert '<link rel="home" href="https://parks.example/">' in page
    assert '<link rel="canonical" href="https://parks.example/method.html">' in page
    assert '<link rel="icon" href="icon.svg">' in page


def test_under_another_address_it_is_another_page(served: FlaskClient, folder: Path) -> None:
    (folder / "index.html").write_text('<meta property="og:image" content="share.png">', "utf-8")
    here = served.get("/").headers["ETag"]
    elsewhere = served.get("/", headers={"If-None-Match": here}, base_url="https://parks.example")
    assert (elsewhere.status_code, served.get("/", headers={"If-None-Match": here}).status_code) == (200, 304)


def test_a_host_that_is_none_stands_nowhere(served: FlaskClient, folder: Path) -> None:
    (folder / "index.html").write_text(f"<!doctype html>{PICTURE}")
    page = served.get("/", headers={"Host": 'a"><script>'})
    assert "<script>" not in page.text
