"""The two dialogs: about this project, and search."""

from __future__ import annotations

import re

import pytest
from browser_pages import Open
from playwright.sync_api import Page, expect
from stub_dashboard import StubDashboard


def open_about(page: Page) -> None:
    page.get_by_role("button", name="About").click()
    expect(page.get_by_role("dialog", name="About this project")).to_be_visible()


def close_by_button(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Close").click()


def close_by_escape(page: Page) -> None:
    page.keyboard.press("Escape")


def close_by_click_outside(page: Page) -> None:
    page.mouse.click(5, 400)


def close_by_back(page: Page) -> None:
    page.go_back()


@pytest.mark.parametrize("close", [close_by_button, close_by_escape, close_by_click_outside, close_by_back])
def test_about_closes_and_gives_the_focus_back(open_page: Open, close: object) -> None:
    page = open_page("?view=rides")
    open_about(page)
    expect(page).to_have_url(re.compile("about=open$"))
    assert callable(close)
    close(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="About")).to_be_focused()
    expect(page).to_have_url(page.url.split("?")[0] + "?view=rides")


def test_about_says_what_matters(open_page: Open) -> None:
    dialog = open_page("?about=open").get_by_role("dialog")
    for heading in ("With respect for the crews", "How the numbers are made", "What they cannot say"):
        expect(dialog.get_by_role("heading", name=heading)).to_be_visible()


def test_a_shared_address_of_about_closes_onto_its_view(open_page: Open) -> None:
    page = open_page("?view=trends&about=open")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("about"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Trends")


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_search_opens_by_key_and_asks_only_then(open_page: Open, dashboard: StubDashboard, keys: str) -> None:
    page = open_page()
    assert not any(path == "/api/rides" for path, _ in dashboard.asked)
    page.keyboard.press(keys)
    field = page.get_by_label("Name of a park or a ride")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(page.get_by_text("6 parks and 48 rides can be searched.")).to_be_visible()


def test_search_finds_rides_and_parks_without_accents(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Name of a park or a ride").fill("montreal")
    expect(page.locator("#search-results a").first).to_contain_text("La Ronde du Lac")
    page.get_by_label("Name of a park or a ride").fill("disneys swiss")
    expect(page.locator("#search-results a")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Adventureland Treehouse")
    expect(page).to_have_url(re.compile("view=ride"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_search_is_walked_by_arrows(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.get_by_label("Name of a park or a ride").fill("comet")
    results = page.locator("#search-results a")
    expect(results.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Name of a park or a ride")).to_be_focused()


def test_search_says_when_nothing_is_found(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.get_by_label("Name of a park or a ride").fill("zzzz")
    expect(page.get_by_text("Nothing of that name is tracked.")).to_be_visible()


def test_search_gives_the_focus_back(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_label("Name of a park or a ride")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_search_that_cannot_be_loaded_says_so(open_page: Open, dashboard: StubDashboard) -> None:
    page = open_page()
    dashboard.failing = 503
    page.keyboard.press("/")
    expect(page.get_by_text("The list could not be loaded.")).to_be_visible()


def test_about_leads_to_the_whole_method(open_page: Open) -> None:
    page = open_page("?about=open")
    page.get_by_role("dialog").get_by_role("link", name="Every rule").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How we count downtime")
    picture = page.get_by_role("img", name="One ride's day")
    page.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=picture.element_handle())
