"""Names are text, links are safe, and the page is light."""

from __future__ import annotations

import pytest
from browser_pages import Open
from playwright.sync_api import Browser, expect
from stub_world import MARKUP


@pytest.mark.parametrize(
    "address", ["?view=rides", "?view=waittimes", "?view=trends", "?view=park&park=1", "?view=ride&ride=1002"]
)
def test_a_name_of_markup_is_shown_as_text(open_page: Open, address: str) -> None:
    page = open_page(address)
    expect(page.get_by_text(MARKUP).first).to_be_attached()
    assert MARKUP in page.locator("#view").inner_text()
    assert page.locator("#view img").count() == 0


def test_a_name_of_markup_is_text_in_search_too(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.get_by_label("Name of a park or a ride").fill("onerror")
    expect(page.locator("#search-results a")).to_contain_text(MARKUP)
    assert page.locator("#search img").count() == 0


def test_a_name_leads_to_queue_times(open_page: Open) -> None:
    page = open_page("?view=rides")
    link = page.get_by_role("link", name="Adventureland Treehouse").first
    assert link.get_attribute("href") == "https://queue-times.com/parks/1/rides/1001"
    expect(link.locator("use")).to_have_attribute("href", "#mark-external")
    park = page.locator("td.col-park-name").first.get_by_role("link")
    assert (park.get_attribute("href") or "").startswith("https://queue-times.com/parks/")


def test_it_prints_the_table_without_the_controls(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    page.emulate_media(media="print")
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.get_by_role("link", name="Data powered by Queue-Times.com").first).to_be_visible()
    for hidden in ("nav", ".switches", ".tools", ".sponsor"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_the_first_view_is_light(browser: Browser, dashboard_url: str) -> None:
    with browser.new_context() as fresh:
        page = fresh.new_page()
        page.goto(dashboard_url)
        page.locator("tbody tr").first.wait_for()
        transferred = page.evaluate(
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
            ".reduce((sum, entry) => sum + entry.transferSize, 0)"
        )
        assert 20_000 < transferred < 120_000
