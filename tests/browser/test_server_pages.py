"""The pages that the server makes itself, in a real browser: on a phone, and without raw Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import api_world
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import Engine

from park_downtime.api import app as factory
from park_downtime.api.pages import dashboard

Show = Callable[[str], Page]
PAGES = ["/", "/live", "/api/docs", "/nothing"]


@pytest.fixture
def plain_client(tmp_path: Path, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda _: None)
    api_world.fill(sqlite_engine)
    settings = api_world.settings_for(tmp_path)
    return factory.create_app(settings, sqlite_engine, clock=lambda: api_world.NOW).test_client()


@pytest.fixture
def show(context: BrowserContext, plain_client: FlaskClient) -> Iterator[Show]:
    page = context.new_page()

    def shown(path: str) -> Page:
        page.set_content(plain_client.get(path, headers={"Accept": "text/html"}).text)
        return page

    yield shown
    page.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_wider_than_the_screen(show: Show, path: str, width: int) -> None:
    page = show(path)
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_docs_have_no_raw_markdown(show: Show) -> None:
    page = show("/api/docs")
    page.locator("code, pre").evaluate_all("all => all.forEach((e) => e.remove())")
    text = page.locator("body").inner_text()
    assert [mark for mark in ("**", "`", "|---", "\n- ") if mark in text] == []


def test_the_docs_show_lists_tables_and_words_as_such(show: Show) -> None:
    page = show("/api/docs")
    expect(page.locator(".prose li").filter(has_text="Instants are UTC")).to_have_count(1)
    words = page.locator(".prose code").filter(has_text="Data powered by Queue-Times.com - https://")
    expect(words).to_have_count(1)
    expect(page.locator("#health .prose table tbody tr")).to_have_count(5)


def test_an_unknown_path_leads_on(show: Show) -> None:
    page = show("/nothing")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link")).to_have_text(
        ["Parks by downtime", "Open and closed now", "The API"]
    )
