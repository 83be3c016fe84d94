"""A ride that closed says how likely it is to be back today, and no time."""

from __future__ import annotations

from browser_pages import Open
from playwright.sync_api import expect


def test_down_now_has_a_column_for_it(open_page: Open) -> None:
    row = open_page("?view=now").locator("tbody tr:has-text('Carousel of Tides 1005')")
    expect(row.locator(".col-back-today-percentage")).to_have_text("65 %")


def test_a_ride_says_it_beside_its_status(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1005")
    expect(page.locator(".onward .back-today")).to_have_text("back today: 65 %")


def test_its_page_counts_what_came_of_earlier_outages_that_had_lasted_as_long(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1005")
    expect(page.locator("dt:has-text('Of 23 that had lasted 45 m') + dd")).to_have_text(
        "11 were back within 30 m more"
    )


def test_in_its_park_and_in_the_ranking_too(open_page: Open) -> None:
    for address in ("?view=park&park=1", "?view=rides"):
        row = open_page(address).locator("tr:has-text('Carousel of Tides 1005')")
        expect(row.locator(".back-today")).to_have_text("back today: 65 %")


def test_what_runs_says_nothing_of_it(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1001")
    expect(page.locator(".onward .status")).to_be_visible()
    expect(page.locator(".onward .back-today")).to_have_count(0)
