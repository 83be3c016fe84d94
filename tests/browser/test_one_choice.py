"""One choice says what a park's page is about: its figures, its picture and its table alike."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from browser_pages import Open
from playwright.sync_api import Page, expect
from stub_dashboard import StubDashboard
from stub_world import World

AS_OF = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)  # Thursday, 15:00 in New York
TUESDAY = "Tue, Nov 24"


@pytest.fixture
def world() -> World:
    return World(park_count=6, as_of=AS_OF)


def choose(page: Page, name: str) -> None:
    option = page.get_by_role("list", name="Day or period").get_by_role("link", name=name, exact=True)
    option.click()
    expect(option).to_have_attribute("aria-current", "true")
    expect(page.locator("#view")).to_have_attribute("aria-busy", "false")


def test_an_earlier_day_is_the_day_of_everything(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    choose(page, TUESDAY)
    expect(page).to_have_url(re.compile("date=2026-11-24"))
    headings = page.locator("#view h2")
    expect(headings.filter(has_text=TUESDAY)).to_have_text(
        [f"The day: {TUESDAY}", f"The day in a picture: {TUESDAY}", f"Rides, {TUESDAY}"]
    )
    expect(page.locator("#view")).not_to_contain_text("The period:")
    expect(page.locator(".day-now")).to_have_count(0)


def test_the_table_of_an_earlier_day_says_what_its_picture_says(open_page: Open) -> None:
    page = open_page("?view=park&park=1&date=2026-11-24")
    name = "Log Chute 1003"
    row = page.locator("[data-key='table-day-rides'] tbody tr").filter(has_text=name)
    strip = page.locator(".day-picture li").filter(has_text=name).get_by_role("img")
    assert "not open that day" in (strip.get_attribute("aria-label") or "")
    expect(row.locator(".col-uptime-minutes")).to_have_text("not open")
    expect(row.locator(".col-current-status")).to_have_count(0)


@pytest.mark.parametrize("period", ["7 days", "30 days"])
def test_a_period_of_days_has_no_picture_of_one_of_them(open_page: Open, period: str) -> None:
    page = open_page("?view=park&park=1")
    choose(page, period)
    expect(page.locator(".day-picture")).to_have_count(0)
    expect(page.get_by_role("heading", name=f"The period: {period}")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Rides, {period}")).to_be_visible()
    page.get_by_role("link", name="Show today").click()
    expect(page.locator(".day-picture")).to_be_visible()


def test_the_choice_stays_in_sight_while_another_day_is_on_its_way(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    options = page.get_by_role("list", name="Day or period").get_by_role("link")
    count = options.count()
    assert count > 3
    page.route("**/api/parks/1/timeline*", lambda route: None)
    options.nth(6).click()
    expect(options.nth(6)).to_have_attribute("aria-current", "true")
    expect(options).to_have_count(count)


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13-01", "0000-00-00", "9999-12-31", "today"])
def test_an_impossible_date_is_as_none(open_page: Open, date: str) -> None:
    page = open_page(f"?view=park&park=1&date={date}")
    expect(page.get_by_role("heading", name="The period: today so far")).to_be_visible()
    expect(page.locator(".day-picture")).to_be_visible()


@pytest.mark.parametrize(
    ("date", "told", "way"),
    [
        ("2021-05-01", "This day is not kept ride by ride.", "Show that day"),
        ("2094-05-01", "This day has not begun there.", "Show today"),
    ],
)
def test_a_day_that_is_not_kept_says_so_and_leads_on(open_page: Open, date: str, told: str, way: str) -> None:
    page = open_page(f"?view=park&park=1&date={date}")
    expect(page.locator(".day")).to_contain_text(told)
    page.locator(".day").get_by_role("link", name=way).click()
    expect(page.locator(".day-picture")).to_be_visible()


def test_the_tiers_are_those_of_the_rides_that_opened(open_page: Open) -> None:
    facts = open_page("?view=park&park=1").locator(".facts").last
    expect(facts).to_contain_text("Rides counted7")
    expect(facts).to_contain_text("Of them opened, today so far5")
    expect(facts).to_contain_text("Of those major, standard, minor0, 3, 2")


def test_on_an_earlier_day_the_tiers_are_of_that_day(open_page: Open) -> None:
    facts = open_page("?view=park&park=1&date=2026-11-24").locator(".facts").last
    expect(facts).to_contain_text("Of them opened, Tue, Nov 245")
    expect(facts).to_contain_text("Of those major, standard, minor0, 3, 2")


def test_a_period_switch_stands_only_where_it_changes_something(open_page: Open) -> None:
    for address in ("?view=now", "?view=waittimes", "?view=ride&ride=1008"):  # 1008: a show
        expect(open_page(address).get_by_role("list", name="Period")).to_have_count(0)


def test_views_of_this_moment_have_figures_of_today(open_page: Open, dashboard: StubDashboard) -> None:
    page = open_page("?view=now&period=30days")
    expect(page.locator(".head-figure-worst dt")).to_have_text("Most downtime, today so far")
    assert not any("/api/" in asked and "period=30days" in asked for asked, _ in dashboard.asked)


@pytest.mark.parametrize(("pages", "asked"), [("99", 2), ("2", 2), ("1", 1)])
def test_only_the_pages_that_there_are_are_asked_for(
    open_page: Open, dashboard: StubDashboard, world: World, pages: str, asked: int
) -> None:
    world.rides_per_park = 20
    page = open_page(f"?view=rides&pages={pages}")
    expect(page.locator("tbody tr")).to_have_count(114 if asked == 2 else 100)
    assert sum("/api/rides/downtime" in path for path, _ in dashboard.asked) == asked


def test_more_than_ten_pages_are_left_to_the_file(
    open_page: Open, dashboard: StubDashboard, world: World
) -> None:
    world.park_count, world.rides_per_park = 510, 0
    page = open_page("?view=parks&pages=99")
    expect(page.locator(".table-foot")).to_contain_text("500 of 510 parks")
    expect(page.locator(".table-foot")).to_contain_text("The file has them all.")
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    assert sum("limit=50" in path for path, _ in dashboard.asked) == 10


@pytest.mark.parametrize(
    ("address", "column", "said"),
    [
        ("?view=rides", "Now", "Rides, sorted by now, down first, then running, closed, unknown."),
        (
            "?view=park&park=1",
            "Now",
            "7 counted rides, sorted by now, down first, then running, closed, unknown.",
        ),
        ("?view=waittimes", "Open", "Waits of rides in minutes, sorted by open, running first."),
        ("?view=rides", "Tier", "Rides, sorted by tier, major first."),
        ("?view=now", "Since", "sorted by since, latest first."),
    ],
)
def test_a_sorted_column_says_what_stands_first(
    open_page: Open, address: str, column: str, said: str
) -> None:
    page = open_page(address)
    table = page.get_by_role("table").first
    table.get_by_role("columnheader", name=column, exact=True).get_by_role("button").click()
    expect(table.locator("caption")).to_contain_text(said)


@pytest.mark.parametrize("address", ["?view=rides", "?view=park&park=1"])
def test_sorting_by_status_brings_down_to_the_top(open_page: Open, address: str) -> None:
    page = open_page(f"{address}&sort=current_status&order=asc")
    order = ["Down", "Running", "Closed", "Unknown"]
    table = page.get_by_role("table").first
    shown = table.locator("tbody .col-current-status .status").all_inner_texts()
    assert shown == sorted(shown, key=order.index)
    assert len(set(shown)) == 4 or address != "?view=rides"
