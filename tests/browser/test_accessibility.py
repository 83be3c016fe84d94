"""Landmarks, the keyboard, and what a screen reader meets."""

from __future__ import annotations

import pytest
from axe import violations
from browser_pages import Open
from playwright.sync_api import BrowserContext, expect


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_search(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    page.keyboard.press("/")
    page.get_by_label("Name of a park or a ride").fill("comet")
    expect(page.locator("#search-results a").first).to_be_visible()
    assert violations(page) == []


def test_the_first_tab_offers_to_skip(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the tables")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_landmarks_are_there_once(open_page: Open) -> None:
    page = open_page()
    for role in ("banner", "navigation", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_table_stays_a_table_at_every_width(open_page: Open, width: int) -> None:
    table = open_page("?view=rides", width=width).get_by_role("table")
    assert table.get_by_role("columnheader").count() >= 10
    assert table.get_by_role("rowheader").count() == 42


def test_twice_as_large_still_fits(open_page: Open) -> None:
    page = open_page(width=640, height=360)  # what 1280 x 720 is at 200 % zoom
    assert page.evaluate("document.documentElement.scrollWidth") == 640
    expect(page.get_by_role("navigation").get_by_role("link", name="Down now")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_method(
    context: BrowserContext, dashboard_url: str, width: int, scheme: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{dashboard_url}method.html")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
