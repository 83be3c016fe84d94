"""A park and a ride lead to their feeds: in the page's head for programs, in its facts for people."""

from __future__ import annotations

import pytest
from browser_pages import Open
from playwright.sync_api import Page, expect

FEED = 'head link[rel="alternate"][type="application/atom+xml"]'


def feeds(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.locator(FEED).evaluate_all("all => all.map((e) => [e.href, e.title])")
    return found


@pytest.mark.parametrize(
    ("address", "feed", "title"),
    [
        ("?view=park&park=2", "feeds/parks/2.atom", "Sunset Pier: down and running again"),
        ("?view=ride&ride=2005", "feeds/rides/2005.atom", ": down and running again"),
    ],
)
def test_programs_find_the_feed(
    open_page: Open, dashboard_url: str, address: str, feed: str, title: str
) -> None:
    [[found, name]] = feeds(open_page(address))
    assert found == dashboard_url + feed
    assert name.endswith(title)


@pytest.mark.parametrize(
    ("address", "feed"),
    [("?view=park&park=2", "feeds/parks/2.atom"), ("?view=ride&ride=2005", "feeds/rides/2005.atom")],
)
def test_people_find_it_too(open_page: Open, address: str, feed: str) -> None:
    link = open_page(address).get_by_role("link", name="Feed of closures")
    expect(link).to_have_attribute("href", feed)


def test_it_follows_the_view(open_page: Open, dashboard_url: str) -> None:
    page = open_page("?view=park&park=2")
    page.get_by_role("link", name="Details of ").first.click()
    expect(page.locator(FEED)).to_have_attribute("href", "feeds/rides/2001.atom")
    page.go_back()
    expect(page.locator(FEED)).to_have_attribute("href", "feeds/parks/2.atom")
    page.get_by_role("navigation").get_by_role("link", name="Rides").click()
    expect(page.locator(FEED)).to_have_count(0)


def test_a_ranking_has_none(open_page: Open) -> None:
    assert feeds(open_page()) == []
