"""The page of the method lists what the operator made unknown, in words and times of the park."""

from __future__ import annotations

import pytest
from axe import violations
from browser_pages import Open
from playwright.sync_api import Locator, expect
from stub_dashboard import StubDashboard
from stub_world import World


def listed(open_page: Open, dashboard_url: str, width: int = 1280) -> Locator:
    page = open_page(width=width)
    page.goto(f"{dashboard_url}method.html")
    return page.locator("#corrections")


def test_without_any_it_says_so(open_page: Open, dashboard_url: str) -> None:
    expect(listed(open_page, dashboard_url)).to_have_text("None so far.")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_newest_first_with_stretch_reason_and_dates(
    open_page: Open, dashboard: StubDashboard, dashboard_url: str, width: int
) -> None:
    dashboard.begin(World(is_corrected=True))
    corrections = listed(open_page, dashboard_url, width)
    ride = dashboard.world.rides()[0]
    park = ride["park"]["park_name"]
    expect(corrections.get_by_role("listitem")).to_have_text(
        [
            f"{park}, April 14, 2026, 06:00 to 23:00 EDT: The feed repeated its last values. "
            "Made on April 15, 2026.",
            f"{ride['ride_name']}, {park}, April 14, 2026, 18:00 to 23:00 EDT: One entry <b>stuck</b>. "
            "Made on April 15, 2026, taken back on April 16, 2026.",
        ]
    )
    assert violations(corrections.page) == []
    assert corrections.page.evaluate("document.documentElement.scrollWidth") == width


def test_without_an_answer_the_link_to_the_list_stays(
    open_page: Open, dashboard: StubDashboard, dashboard_url: str
) -> None:
    page = open_page()
    dashboard.failing = 500
    page.goto(f"{dashboard_url}method.html")
    expect(page.get_by_role("link", name="/api/corrections")).to_have_attribute("href", "api/corrections")
