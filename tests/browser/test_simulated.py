"""Made-up data stand under a bunting of their own, on every view and wherever one has scrolled to."""

from __future__ import annotations

import pytest
from axe import violations
from browser_pages import Open
from dashboard_views import VIEWS
from playwright.sync_api import Page, expect
from stub_dashboard import StubDashboard
from stub_world import World

WORDS = "Simulated data. All figures of parks and rides on this site are made up."


@pytest.fixture
def world() -> World:
    return World(park_count=3, rides_per_park=6, is_simulated=True)


def banner(page: Page) -> None:
    shown = page.get_by_role("complementary", name="Simulated data")
    expect(shown).to_have_text(WORDS)
    expect(shown).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("view", [name for name in VIEWS if name != "about"])
def test_every_view_says_it(open_page: Open, view: str) -> None:
    banner(open_page(VIEWS[view]))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_stays_in_sight_and_fits(open_page: Open, width: int, scheme: str) -> None:
    page = open_page("?view=rides", width=width, color_scheme=scheme)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    banner(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def test_the_credit_stays(open_page: Open) -> None:
    page = open_page()
    credit = page.locator("header").get_by_role("link", name="Data powered by Queue-Times.com")
    expect(credit).to_be_in_viewport()


def test_the_page_of_the_method_says_it(open_page: Open, dashboard_url: str) -> None:
    page = open_page()
    page.goto(dashboard_url + "method.html")
    banner(page)


def test_nothing_moves_when_it_appears(open_page: Open) -> None:
    page = open_page()
    title = page.locator("#title")
    before = title.bounding_box()
    page.evaluate("document.getElementById('simulated').hidden = true")
    assert title.bounding_box() == before


def test_real_data_have_no_banner(open_page: Open, dashboard: StubDashboard) -> None:
    dashboard.begin(World(park_count=3))
    expect(open_page().locator("#simulated")).to_be_hidden()


def test_a_file_made_in_the_page_says_it_in_its_name(open_page: Open) -> None:
    links = open_page("?view=park&park=1").locator("a.csv").all()
    names = [link.get_attribute("download") or "" for link in links]
    assert names == ["rides-of-the-park-simulated.csv", "sessions-of-the-park-simulated.csv"]
