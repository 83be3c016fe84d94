"""A real browser before the dashboard: every test also fails on a console error or a foreign request."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browser_pages import PATIENCE, Open, settle, watch
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from stub_dashboard import StubDashboard, stub_dashboard
from stub_world import World

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, so that the page's files are fetched once."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="session")
def served() -> Iterator[StubDashboard]:
    with stub_dashboard(World()) as server:
        yield server


@pytest.fixture
def world() -> World:
    return World(park_count=6)


@pytest.fixture
def dashboard(served: StubDashboard, world: World) -> Iterator[StubDashboard]:
    """It must ask for nothing that caches in front would not keep."""
    served.begin(world)
    yield served
    assert served.not_canonical == []


@pytest.fixture
def dashboard_url(dashboard: StubDashboard) -> str:
    return dashboard.url


@pytest.fixture
def open_page(context: BrowserContext, dashboard_url: str) -> Iterator[Open]:
    """open_page("?view=rides", width=360, color_scheme="dark"): the page, when its figures stand there."""
    complaints: list[str] = []
    pages: list[Page] = []

    def open_at(address: str = "", *, width: int = 1280, height: int = 720, **wishes: str) -> Page:
        page = context.new_page()
        pages.append(page)
        watch(page, urlsplit(dashboard_url).netloc, complaints.append)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**{"color_scheme": "light", "reduced_motion": "reduce", **wishes})  # type: ignore[arg-type]
        page.goto(dashboard_url + address)
        settle(page)
        return page

    yield open_at
    for page in pages:
        page.evaluate("localStorage.clear()")
        page.close()
    assert complaints == []
