"""Every switch changes the address and what the API is asked, for the table and the head figures alike."""

from __future__ import annotations

import re
from functools import partial

import pytest
from browser_pages import Open, until_asked
from playwright.sync_api import expect
from stub_dashboard import StubDashboard

SWITCHES = [
    ("?view=parks", "7 days", "period=7days", ["/api/parks/downtime"]),
    ("?view=parks", "Disney & Universal", "filter=disney-universal", ["/api/parks/downtime"]),
    ("?view=parks", "Weighted score", "weighted=true", ["/api/parks/downtime"]),
    ("?view=parks", "Without", "park_wide=exclude", ["/api/parks/downtime"]),
    ("?view=rides", "30 days", "period=30days", ["/api/rides/downtime", "/api/parks/downtime"]),
    ("?view=rides", "Without", "park_wide=exclude", ["/api/rides/downtime", "/api/parks/downtime"]),
    ("?view=waittimes", "7-day peak", "mode=peak", ["/api/rides/waittimes"]),
    (
        "?view=waittimes",
        "Disney & Universal",
        "filter=disney-universal",
        ["/api/rides/waittimes", "/api/parks/downtime"],
    ),
    ("?view=trends", "30 days", "period=30days", ["/api/trends", "/api/parks/downtime"]),
    ("?view=now", "Disney & Universal", "filter=disney-universal", ["/api/now", "/api/parks/downtime"]),
    ("?view=park&park=1", "7 days", "period=7days", ["/api/parks/1/details"]),
    ("?view=ride&ride=1001", "30 days", "period=30days", ["/api/rides/1001/details"]),
]


@pytest.mark.parametrize(("address", "label", "parameter", "paths"), SWITCHES)
def test_a_switch_asks_the_api(
    open_page: Open, dashboard: StubDashboard, address: str, label: str, parameter: str, paths: list[str]
) -> None:
    page = open_page(address)
    dashboard.asked.clear()
    option = page.locator(".switches").get_by_role("link", name=label, exact=True)
    option.click()
    expect(option).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(parameter))
    for path in paths:
        until_asked(page, partial(was_asked, dashboard, path, parameter))


def was_asked(dashboard: StubDashboard, path: str, parameter: str) -> bool:
    return any(path in asked and parameter in asked for asked, _ in dashboard.asked)


def test_the_weighted_ranking_shows_the_score_first(open_page: Open) -> None:
    page = open_page("?view=parks&weighted=true")
    expect(page.locator(".head-figure-worst")).to_contain_text("Highest weighted score")
    expect(page.locator("caption")).to_contain_text("Parks by weighted score")


def test_period_and_filter_travel_to_the_next_view(open_page: Open) -> None:
    page = open_page("?view=parks&period=30days&filter=disney-universal&sort=park_name")
    page.get_by_role("navigation").get_by_role("link", name="Rides").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rides")
    expect(page).to_have_url(re.compile(r"\?view=rides&period=30days&filter=disney-universal$"))


def test_dark_is_kept_for_the_next_visit(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Light").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_the_systems_wish_counts_without_a_choice(open_page: Open) -> None:
    expect(open_page(color_scheme="dark").locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize(("wish", "runs"), [("no-preference", True), ("reduce", False)])
def test_the_train_runs_only_where_motion_is_welcome(open_page: Open, wish: str, runs: bool) -> None:
    page = open_page(reduced_motion=wish)
    assert page.evaluate("document.getAnimations().length > 0") is runs


def test_the_lights_are_still_where_motion_is_not_wished(open_page: Open) -> None:
    for wish, file in (("reduce", "led-display.png"), ("no-preference", "led-display.gif")):
        page = open_page(reduced_motion=wish)
        lights = page.get_by_alt_text("ThemeParkWaits.com in lights")
        lights.scroll_into_view_if_needed()
        page.wait_for_function("image => image.currentSrc", arg=lights.element_handle())
        assert page.evaluate("image => image.currentSrc", lights.element_handle()).endswith(file)
