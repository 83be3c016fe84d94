"""The address is the state: it can be shared, Back works, and the page is never loaded anew."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin

import pytest
from browser_pages import Open
from playwright.sync_api import expect

from park_downtime.api.pages.for_crawlers import month_addresses, park_address


def test_a_shared_address_shows_the_same(open_page: Open) -> None:
    page = open_page("?view=rides&period=7days&filter=disney-universal&sort=ride_name&order=desc")
    expect(page.locator(".switches [aria-current]")).to_have_text(
        ["7 days", "Disney & Universal", "With park-wide stops"]
    )
    expect(page.get_by_role("columnheader", name="Ride", exact=True)).to_have_attribute(
        "aria-sort", "descending"
    )


def test_an_address_that_cannot_be_understood_shows_the_parks(open_page: Open) -> None:
    page = open_page("?view=nonsense&period=century&sort=<script>&park=x")
    expect(page.get_by_role("heading", level=1)).to_have_text("Parks")


def test_back_and_forward(open_page: Open) -> None:
    page = open_page()
    page.evaluate("window.sameDocument = true")
    navigation = page.get_by_role("navigation")
    navigation.get_by_role("link", name="Trends").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trends")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parks")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trends")
    assert page.evaluate("window.sameDocument")


def test_back_returns_to_the_same_row(open_page: Open) -> None:
    page = open_page("?view=rides")
    page.locator("tbody tr").nth(20).get_by_role("link", name="Details").scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    assert top > 200
    page.locator("tbody tr").nth(20).get_by_role("link", name="Details").click()
    expect(page.get_by_role("heading", name="The last 90 days")).to_be_visible()
    page.wait_for_function("scrollY === 0")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rides")
    page.wait_for_function(f"Math.abs(scrollY - {top}) < 2")


def test_details_have_their_own_address(open_page: Open) -> None:
    page = open_page("?view=parks&period=7days")
    page.get_by_role("link", name="Details of Sunset Pier").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sunset Pier")
    expect(page).to_have_url(re.compile(r"\?view=park&period=7days&park=2$"))


CANONICAL = 'head link[rel="canonical"]'


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("", "./"),
        ("?view=parks&period=7days&filter=disney-universal&sort=park_name", "?period=7days"),
        ("?view=rides&group=park&pages=2&order=asc&sort=ride_name", "?view=rides"),
        ("?about=open", "./"),
        *((address, address) for address in month_addresses(date(2026, 3, 1))),
        (park_address(2), park_address(2)),
    ],
)
def test_what_is_shown_has_one_address(
    open_page: Open, dashboard_url: str, address: str, canonical: str
) -> None:
    """The sitemap names that one."""
    link = open_page(address).locator(CANONICAL)
    expect(link).to_have_attribute("href", urljoin(dashboard_url, canonical))


def test_the_one_address_follows_the_view(open_page: Open, dashboard_url: str) -> None:
    page = open_page()
    page.get_by_role("navigation").get_by_role("link", name="Rides").click()
    expect(page.locator(CANONICAL)).to_have_attribute("href", f"{dashboard_url}?view=rides")
    page.go_back()
    expect(page.locator(CANONICAL)).to_have_attribute("href", dashboard_url)


def test_the_title_gets_the_focus_in_a_new_view(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("navigation").get_by_role("link", name="Rides").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
