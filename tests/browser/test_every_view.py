"""What holds for each view, at every width, light and dark. Each is opened once and only looked at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe import violations
from browser_pages import settle, watch
from dashboard_views import VIEWS
from playwright.sync_api import BrowserContext, Page, expect
from stub_dashboard import StubDashboard
from stub_world import World

TITLES = {
    "parks": "Parks",
    "rides": "Rides",
    "waits": "Wait times",
    "trends": "Trends",
    "now": "Down now",
    "now-by-park": "Down now",
    "park": "Maple Harbour Park",
    "ride": "Adventureland Treehouse inspired by Walt Disney's Swiss Family Robinson",
    "about": "Parks",
}


@pytest.fixture(scope="module", params=VIEWS)
def seen(request: pytest.FixtureRequest, context: BrowserContext, served: StubDashboard) -> Iterator[Page]:
    served.begin(World(park_count=3, rides_per_park=6))
    complaints: list[str] = []
    page = context.new_page()
    watch(page, urlsplit(served.url).netloc, complaints.append)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(served.url + VIEWS[request.param])
    settle(page)
    yield page
    page.close()
    assert complaints == []
    assert served.not_canonical == []


@pytest.fixture
def view(seen: Page) -> str:
    return next(name for name, address in VIEWS.items() if seen.url.endswith(address))


def look(page: Page, width: int, height: int = 740, scheme: str = "light") -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)


def test_it_has_its_title_and_a_sentence(seen: Page, view: str) -> None:
    expect(seen).to_have_title(f"{TITLES[view]} · Theme Park Downtime Tracker")
    expect(seen.locator("h1")).to_have_text(TITLES[view])
    expect(seen.locator(".heading-words p")).not_to_be_empty()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740)])
def test_the_credit_is_in_sight_without_scrolling(seen: Page, view: str, width: int, height: int) -> None:
    look(seen, width, height)
    place = "#about" if view == "about" else "header"
    credit = seen.locator(place).get_by_role("link", name="Data powered by Queue-Times.com")
    expect(credit).to_be_in_viewport()
    assert credit.get_attribute("href") == "https://queue-times.com/en-US"


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_nothing_is_wider_than_the_screen(seen: Page, width: int) -> None:
    look(seen, width)
    assert seen.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(seen: Page, width: int, scheme: str) -> None:
    look(seen, width, scheme=scheme)
    assert violations(seen) == []


def test_no_missing_value_shows_through(seen: Page) -> None:
    text = seen.locator("body").inner_text()
    assert [leak for leak in ("undefined", "NaN", "null", "[object", "Invalid") if leak in text] == []


def test_links_to_other_hosts_open_apart_and_tell_nothing(seen: Page) -> None:
    links = seen.locator("a[href^='http']").evaluate_all("all => all.map((link) => [link.target, link.rel])")
    assert len(links) >= 3
    assert all(target == "_blank" and "noopener" in rel for target, rel in links)


def test_nothing_is_inline(seen: Page) -> None:
    assert seen.locator("script:not([src]), style").count() == 0
    attributes = "[...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())"
    assert [name for name in seen.evaluate(attributes) if name.startswith("on")] == []
