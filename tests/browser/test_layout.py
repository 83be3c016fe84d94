"""Nothing jumps while the page loads, columns stand in line, and paper has no buttons."""

from __future__ import annotations

import pytest
from browser_pages import Open, settle
from playwright.sync_api import expect
from stub_dashboard import StubDashboard
from stub_world import World

MOST_SHIFT = 0.05
WATCH_SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize(
    "address", ["?view=parks", "?view=rides", "?view=park&park=1", "?view=ride&ride=1005"]
)
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740)])
def test_nothing_jumps_while_it_loads(
    open_page: Open, dashboard: StubDashboard, address: str, width: int, height: int
) -> None:
    page = open_page(address, width=width, height=height)
    page.add_init_script(WATCH_SHIFT)
    dashboard.history = "History is being made up: 3 of 13"  # a notice above the figures
    dashboard.gate.clear()
    page.reload(wait_until="domcontentloaded")
    expect(page.get_by_text("Loading the figures…")).to_be_visible()
    dashboard.gate.set()
    settle(page)
    expect(page.locator("#age")).to_contain_text("Readings" if width > 700 else "ago")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    assert page.evaluate("window.shift") < MOST_SHIFT


@pytest.mark.parametrize(
    ("address", "tables"),
    [
        ("?view=now&group=park", "table"),
        ("?view=trends", "[data-key='parks'] table"),
        ("?view=trends", "[data-key='rides'] table"),
    ],
)
def test_the_columns_of_tables_of_one_kind_stand_in_line(
    open_page: Open, world: World, address: str, tables: str
) -> None:
    world.rides_per_park = 14
    page = open_page(address)
    found = page.locator(f"#view {tables}")
    assert found.count() >= 2
    edges = found.evaluate_all(
        """tables => tables.map((table) => [...table.querySelectorAll("thead th")].map((head) =>
            Math.round(head.getBoundingClientRect().left - table.getBoundingClientRect().left)))"""
    )
    assert all(edge == edges[0] for edge in edges)


@pytest.mark.parametrize(
    "address",
    [
        "?view=parks",
        "?view=rides",
        "?view=trends",
        "?view=now",
        "?view=park&park=1",
        "?view=ride&ride=1005",
        "?view=ride&ride=99",
    ],
)
def test_print_has_no_buttons(open_page: Open, address: str) -> None:
    page = open_page(address, media="print")
    boxes = "all => all.filter((e) => e.getClientRects().length).map((e) => e.textContent)"
    assert page.locator("button, .choice, .way-out, .way, input").evaluate_all(boxes) == []


def test_print_keeps_the_heads_of_the_tables(open_page: Open) -> None:
    page = open_page("?view=parks", media="print")
    expect(page.get_by_role("columnheader", name="Downtime").get_by_text("Downtime")).to_be_visible()


def test_without_script_the_page_leads_to_the_one_that_needs_none(
    browser: object, dashboard: StubDashboard
) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(dashboard.url)
    link = page.get_by_role("link", name="What is open and closed now")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == "live"
    assert page.get_by_role("link", name="Rides").count() == 0
    context.close()
