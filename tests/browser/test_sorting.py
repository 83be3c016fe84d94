"""Tables sort by every column, over all rows, by click or Enter, and say how."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from browser_pages import Open
from dashboard_views import LISTS
from playwright.sync_api import Page, expect
from stub_dashboard import StubDashboard
from stub_world import World

from park_downtime.api import spec

PATHS = {
    "parks": "/api/parks/downtime",
    "rides": "/api/rides/downtime",
    "waits": "/api/rides/waittimes",
    "now": "/api/now",
}


def head(page: Page, name: str) -> None:
    page.get_by_role("columnheader", name=name, exact=True).get_by_role("button").click()


def test_a_click_sorts_all_rows(open_page: Open, dashboard: StubDashboard) -> None:
    page = open_page("?view=rides")
    dashboard.asked.clear()
    head(page, "Ride")
    expect(page.get_by_role("columnheader", name="Ride", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.locator("tbody th").first).to_contain_text("<img src=x")
    assert any("sort=ride_name&order=asc" in asked for asked, _ in dashboard.asked)
    expect(page.locator("caption")).to_contain_text("Rides, sorted by ride, A to Z.")


def test_a_second_click_turns_the_order(open_page: Open) -> None:
    page = open_page("?view=parks")
    head(page, "Downtime")
    expect(page.get_by_role("columnheader", name="Downtime")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("tbody th").first).to_contain_text("Maple Harbour Park")
    head(page, "Downtime")
    expect(page.get_by_role("columnheader", name="Downtime")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("tbody th").last).to_contain_text("Maple Harbour Park (at")


def test_enter_sorts_and_keeps_the_focus(open_page: Open) -> None:
    page = open_page("?view=parks")
    button = page.get_by_role("columnheader", name="Uptime").get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Uptime")).to_have_attribute("aria-sort", "descending")
    expect(button).to_be_focused()


def test_sorting_is_announced(open_page: Open) -> None:
    page = open_page("?view=parks")
    head(page, "Location")
    expect(page.get_by_role("status").filter(has_text="Sorted by location, A to Z")).to_have_count(1)


def test_each_trend_table_sorts_for_itself(open_page: Open) -> None:
    page = open_page("?view=trends")
    tables = page.get_by_role("table")
    tables.nth(2).get_by_role("columnheader", name="Ride", exact=True).get_by_role("button").click()
    expect(tables.nth(2).get_by_role("columnheader", name="Ride", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    tables.nth(0).get_by_role("columnheader", name="Change").get_by_role("button").click()
    expect(tables.nth(0).get_by_role("columnheader", name="Change")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(tables.nth(2).get_by_role("columnheader", name="Ride", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(tables.nth(3).get_by_role("columnheader", name="Rank")).to_have_attribute("aria-sort", "ascending")


def test_the_rides_of_a_park_sort_with_unknown_values_last(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    table = page.get_by_role("table").first
    table.get_by_role("columnheader", name="Wait, min").get_by_role("button").click()
    expect(table.get_by_role("columnheader", name="Wait, min")).to_have_attribute("aria-sort", "descending")
    waits = [text.split()[-1] for text in table.locator("td.col-current-wait-time").all_inner_texts()]
    known = [int(wait) for wait in waits if wait != "–"]
    assert known == sorted(known, reverse=True)
    assert waits == [*map(str, known), *["–"] * (len(waits) - len(known))]


def test_more_rows_come_when_wished(open_page: Open, world: World) -> None:
    world.rides_per_park = 20
    page = open_page("?view=rides")
    expect(page.locator("tbody tr")).to_have_count(100)
    expect(page.locator(".table-foot")).to_contain_text("100 of 114 rides")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("tbody tr")).to_have_count(114)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


@pytest.mark.parametrize("view", PATHS)
def test_the_api_knows_every_column_that_is_offered(open_page: Open, view: str) -> None:
    operation = spec.document()["paths"][PATHS[view]]["get"]
    known = next(parameter for parameter in operation["parameters"] if parameter.get("name") == "sort")
    offered = (
        open_page(LISTS[view])
        .locator("thead button")
        .evaluate_all("buttons => buttons.map((button) => button.dataset.href)")
    )
    asked = {parse_qs(urlsplit(address).query)["sort"][0] for address in offered}
    assert asked <= set(known["schema"]["enum"])
    assert len(asked) >= 6


@pytest.mark.parametrize(
    ("view", "tables"), [("parks", 1), ("rides", 1), ("waits", 1), ("trends", 4), ("now", 1)]
)
def test_every_table_can_be_had_as_csv(open_page: Open, view: str, tables: int) -> None:
    page = open_page(LISTS[view])
    links = page.get_by_role("link", name="Download")
    expect(links).to_have_count(tables)
    for address in links.evaluate_all("links => links.map((link) => link.href)"):
        assert "limit" not in parse_qs(urlsplit(address).query)  # so the file has every row
    with page.expect_download() as started:
        links.first.click()
    assert started.value.suggested_filename.endswith(".csv")
    assert started.value.path().read_text().startswith("rank,")
