"""Every state has a sentence of its own that is true, and a way on."""

from __future__ import annotations

import re

import pytest
from browser_pages import Open
from playwright.sync_api import expect
from stub_dashboard import StubDashboard
from stub_world import World

A_MINUTE = 61_000


@pytest.mark.parametrize(
    ("address", "title", "way", "there"),
    [
        ("?view=park&park=99", "This park is not tracked", "All parks", "Parks"),
        ("?view=ride&ride=99", "This ride is not tracked", "All rides", "Rides"),
    ],
)
def test_what_is_not_tracked(open_page: Open, address: str, title: str, way: str, there: str) -> None:
    page = open_page(address)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("#view")).not_to_contain_text("every minute")
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    page.locator(".ways").get_by_role("link", name=way).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(there)


def test_what_is_not_tracked_can_be_searched_for(open_page: Open) -> None:
    page = open_page("?view=ride&ride=99")
    page.locator(".ways").get_by_role("button", name="Search").click()
    expect(page.get_by_role("dialog", name="Search parks and rides")).to_be_visible()


def test_what_is_not_tracked_is_not_asked_for_again(open_page: Open, dashboard: StubDashboard) -> None:
    page = open_page("?view=ride&ride=99")
    page.clock.install()
    page.reload()
    expect(page.get_by_role("heading", name="This ride is not tracked")).to_be_visible()
    dashboard.asked.clear()
    page.clock.run_for(A_MINUTE)
    page.evaluate("fetch('/api/health').then((answer) => answer.text())")  # asked after all others
    assert [path for path, _ in dashboard.asked] == ["/api/health"]


def test_an_address_that_asks_for_something_unknown(open_page: Open, dashboard: StubDashboard) -> None:
    dashboard.failing = 400
    page = open_page("?view=rides&sort=nonsense")
    expect(page.get_by_role("heading", name="This address asks for something unknown")).to_be_visible()
    dashboard.failing = None
    page.get_by_role("link", name="Show this view as usual").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("sort"))


def test_an_unknown_column_of_a_parks_rides_counts_as_left_out(open_page: Open) -> None:
    page = open_page("?view=park&park=1&sort=nonsense")
    expect(page.get_by_role("table").first.locator("caption")).to_contain_text(
        "sorted by downtime, longest first"
    )


def test_an_answer_that_cannot_be_drawn_does_not_load_for_ever(
    open_page: Open, dashboard: StubDashboard
) -> None:
    page = open_page("?view=rides")
    page.evaluate("console.error = () => {}")  # the fault is told there
    page.route("**/api/trends*", lambda route: route.fulfill(json={"success": True, "data": None}))
    page.get_by_role("navigation").get_by_role("link", name="Trends").click()
    expect(page.get_by_role("heading", name="This view could not be drawn")).to_be_visible()
    expect(page.locator("#view")).to_have_attribute("aria-busy", "false")


@pytest.mark.parametrize("view", ["parks", "rides", "waittimes", "now"])
def test_before_the_first_readings_there_is_one_sentence_and_a_way_on(
    open_page: Open, world: World, view: str
) -> None:
    world.park_count = 0
    page = open_page(f"?view={view}")
    expect(page.locator(".state")).to_contain_text("The first readings have not arrived.")
    expect(page.locator(".state")).not_to_contain_text("no park matches")
    page.get_by_role("button", name="How the numbers are made").first.click()
    expect(page.get_by_role("dialog", name="About this project")).to_be_visible()


def test_visitors_are_not_told_what_concerns_developers(open_page: Open, world: World) -> None:
    world.park_count = 0
    page = open_page()
    expect(page.locator("#notices")).to_contain_text("Queue-Times.com cannot be reached at the moment.")
    text = page.locator("body").inner_text()
    assert [word for word in ("make demo", "Error", "http", "Traceback") if word in text] == []


def test_a_filter_that_leaves_nothing_says_so(
    open_page: Open, world: World, dashboard: StubDashboard
) -> None:
    page = open_page()
    empty = {
        "success": True,
        "data": [],
        "total_count": 0,
        "stale": False,
        "last_updated": "2026-11-26T20:00:00Z",
    }
    page.route(
        "**/api/rides/downtime?*filter=disney-universal*",
        lambda route: route.fulfill(json=empty | {"period_days": 1, "days_with_data": 1}),
    )
    page.goto(f"{dashboard.url}?view=rides&filter=disney-universal")
    expect(page.locator(".state")).to_contain_text(
        "None of the tracked parks belongs to Disney or Universal."
    )
    page.get_by_role("link", name="Show all parks").click()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_without_data_no_trend_is_denied(open_page: Open, world: World) -> None:
    world.park_count = 0
    page = open_page("?view=trends")
    expect(page.get_by_text("The first readings have not arrived.").first).to_be_visible()
    assert "No park improved" not in page.locator("#view").inner_text()


@pytest.mark.parametrize(
    ("compared", "told"),
    [
        (
            0,
            "No park can be compared yet: each needs 4 hours of open time and downtime per ride in both"
            " periods.",
        ),
        (5, "Of the 5 parks that can be compared none improved by 5 points or more."),
    ],
)
def test_none_improved_is_said_of_those_that_were_compared(
    open_page: Open, dashboard: StubDashboard, world: World, compared: int, told: str
) -> None:
    world.trends_compared = compared
    page = open_page("?view=trends")
    expect(page.locator("[data-key='parks-improving']")).to_contain_text(told)


def test_the_triangle_stands_beside_nothing_but_rides_that_are_down(open_page: Open, world: World) -> None:
    shape = ".head-figure-down use"
    expect(open_page().locator(shape)).to_have_attribute("href", "#shape-down")
    world.is_stale = True
    page = open_page()
    expect(page.locator(".head-figure-down dd")).to_have_text("Not known")
    expect(page.locator(shape)).to_have_attribute("href", "#shape-unknown")
    world.is_stale, world.rides_per_park = False, 0
    page = open_page()
    expect(page.locator(".head-figure-down dd")).to_have_text("None")
    expect(page.locator(shape)).to_have_attribute("href", "#shape-running")


def test_most_downtime_is_not_none_where_nothing_was_observed(open_page: Open, world: World) -> None:
    world.park_count = 0
    expect(open_page().locator(".head-figure-worst dd")).to_have_text("Not known yet")


def test_a_show_has_no_ninety_days_that_nobody_counted(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1008")
    expect(page.get_by_role("heading", name="Not counted")).to_be_visible()
    expect(page.get_by_role("heading", name="The last 90 days")).to_have_count(0)
    expect(page.get_by_text("None was seen in this period.")).to_have_count(0)


def test_observed_is_never_empty(open_page: Open) -> None:
    page = open_page("?view=parks")
    cells = page.locator("td.col-coverage-percentage")
    assert [text for text in cells.all_inner_texts() if not text.strip()] == []
    page.set_viewport_size({"width": 360, "height": 740})
    for cell in cells.all():
        expect(cell).to_be_visible()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("thundergulch", "Thunder Gulch"),
        ("THUNDER-GULCH", "Thunder Gulch"),
        ("waltdisneys", "Adventureland Treehouse"),
        ("montréal", "La Ronde du Lac"),
        ("laronde", "La Ronde du Lac"),
    ],
)
def test_search_forgives_blanks_accents_and_apostrophes(open_page: Open, query: str, found: str) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.get_by_label("Name of a park or a ride").fill(query)
    expect(page.locator("#search-results a").first).to_contain_text(found)


def test_a_search_without_result_leads_on(open_page: Open) -> None:
    page = open_page("?view=trends")
    page.keyboard.press("/")
    page.get_by_label("Name of a park or a ride").fill("zzzz")
    page.locator("#search-results").get_by_role("link", name="All parks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parks")


def test_nothing_to_search_is_told(open_page: Open, world: World) -> None:
    world.park_count = 0
    page = open_page()
    page.keyboard.press("/")
    expect(
        page.get_by_text("Nothing can be searched yet: the first readings have not arrived.")
    ).to_be_visible()


def test_no_waits_are_told_in_a_sentence_and_not_in_dashes(open_page: Open, world: World) -> None:
    world.is_stale = True
    page = open_page("?view=waittimes")
    expect(page.get_by_role("heading", name="We cannot see the waits")).to_be_visible()
    page.get_by_role("link", name="The average of seven days").click()
    expect(page.locator("tbody tr").first).to_be_visible()
