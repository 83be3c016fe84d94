"""Periods by name in the page's address: chosen, stepped through, and what is said where nothing is known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from browser_pages import Open, settle, until_asked
from playwright.sync_api import Page, expect
from stub_dashboard import StubDashboard

from park_downtime.named_periods import WHOLE, NoSuchPeriod, PeriodKind, period_named, period_of

NAMES = [
    *("today", "7days", "30days", "yesterday", "2026-03-01", "2026-W01", "2026-W53", "2020-W53", "2024-02"),
    *("2025", "2025-12-31..2026-01-02", "2025-01-01..2026-01-01"),
    *("", "week", "2026-13", "2026-W00", "2025-W53", "2026-02-29", "1899", "3000", "2026-1", "2026-W1"),
    *("2026-01-02..2026-01-01", "2025-01-01..2026-01-02", "2026-01-01..", "..2026-01-01", "2026-01..2026-02"),
]
DAYS = [date(2019, 12, 20) + timedelta(days=5 * number) for number in range(600)]


def told(page: Page, call: str, given: Any) -> Any:
    """What the page's own module `periods` answers."""
    return page.evaluate(
        f"async (given) => {{ const periods = await import('./js/format/periods.js'); return {call}; }}",
        given,
    )


def dates_of(name: str) -> list[str | None] | None:
    try:
        calendar = period_named(name).calendar
    except NoSuchPeriod:
        return None
    return [None, None] if calendar is None else [str(calendar.first), str(calendar.last)]


def test_the_page_knows_the_names_that_the_api_knows(open_page: Open) -> None:
    call = "given.map((name) => periods.periodOf(name)).map((found) => found && [found.first, found.last])"
    assert told(open_page(), call, NAMES) == [dates_of(name) for name in NAMES]


@pytest.mark.parametrize("kind", list(WHOLE))
def test_a_day_is_in_the_period_that_the_api_puts_it_in(open_page: Open, kind: PeriodKind) -> None:
    call = f"given.map((day) => periods.nameOf('{kind}', day))"
    assert told(open_page(), call, [str(day) for day in DAYS]) == [period_of(kind, day).name for day in DAYS]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026-W01", "2025-W52", "2026-W02"),
        ("2026", "2025", "2027"),
        ("2026-03-01", "2026-02-28", "2026-03-02"),
        ("2026-03-01..2026-03-07", "2026-02-22..2026-02-28", "2026-03-08..2026-03-14"),
        ("7days", None, None),
    ],
)
def test_one_period_leads_to_the_next(
    open_page: Open, name: str, before: str | None, after: str | None
) -> None:
    found = told(open_page(), "[-1, 1].map((by) => periods.periodBeside(given, by))", name)
    assert found == [before, after]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2026-11", "November 2026"),
        ("2026-W07", "week 7 of 2026"),
        ("2026", "2026"),
        ("2026-11-05", "November 5, 2026"),
        ("2026-11-05..2026-11-07", "November 5, 2026 to November 7, 2026"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_period_in_words(open_page: Open, name: str, text: str) -> None:
    assert told(open_page(), "periods.periodText(given)", name) == text


def was_asked(dashboard: StubDashboard, path: str, parameter: str) -> bool:
    return any(path in asked and parameter in asked for asked, _ in dashboard.asked)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("?view=parks&period=2025-10", "/api/parks/downtime"),
        ("?view=rides&period=2025-10", "/api/rides/downtime"),
        ("?view=trends&period=2025-10", "/api/trends"),
        ("?view=park&period=2025-10&park=1", "/api/parks/1/details"),
        ("?view=ride&period=2025-10&ride=1001", "/api/rides/1001/details"),
    ],
)
def test_a_shared_address_of_a_month(
    open_page: Open, dashboard: StubDashboard, address: str, path: str
) -> None:
    page = open_page(address)
    until_asked(page, partial(was_asked, dashboard, path, "period=2025-10"))
    expect(page.locator("#view .choice [aria-current]").first).to_have_text("Oct 2025")


def test_earlier_and_later_months(open_page: Open) -> None:
    page = open_page("?view=parks&period=2025-10")
    page.get_by_role("link", name="Earlier: Sep 2025").click()
    expect(page).to_have_url(re.compile(r"period=2025-09"))
    expect(page.locator(".head-figure-worst")).to_contain_text("Most downtime, September 2025")
    page.get_by_role("link", name="Later: Oct 2025").click()
    expect(page).to_have_url(re.compile(r"period=2025-10"))


def test_this_month_is_one_click_away_and_says_that_it_is_not_over(open_page: Open) -> None:
    page = open_page("?view=rides")
    page.locator(".choice").first.get_by_role("link", name=re.compile(r"^[A-Z][a-z]{2} \d{4}$")).click()
    settle(page)
    expect(page).to_have_url(re.compile(r"period=\d{4}-\d{2}$"))
    expect(page.get_by_role("link", name=re.compile("^Later"))).to_have_count(0)
    expect(page.locator(".note").first).to_be_visible()


def test_a_range_is_of_one_park_or_ride(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1001&period=2025-10-01..2025-10-20")
    expect(page.get_by_role("heading", name="Outages, October 1, 2025 to October 20, 2025")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Rides").click()
    expect(page.locator(".switches [aria-current]").first).to_have_text("Today")


def test_a_file_is_of_the_period(open_page: Open) -> None:
    page = open_page("?view=rides&period=2025-W40")
    link = page.get_by_role("link", name=re.compile("^Download"))
    expect(link).to_have_attribute("href", re.compile("period=2025-W40"))


@pytest.mark.parametrize("address", ["?view=parks&period=2001", "?view=ride&ride=1001&period=2001"])
def test_where_nothing_is_known_the_page_says_since_when_something_is(
    open_page: Open, dashboard: StubDashboard, address: str
) -> None:
    page = open_page()
    refusal = {
        "success": False,
        "error": {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There are no data of 2001",
            "details": {
                "resource_type": "period",
                "resource_id": "2001",
                "first_date": "2026-03-01",
                "last_date": "2026-11-27",
            },
        },
    }
    page.route("**/api/**period=2001*", lambda route: route.fulfill(status=404, json=refusal))
    page.goto(f"{dashboard.url}{address}")
    state = page.locator(".state")
    expect(state).to_contain_text("Nothing is known of 2001")
    expect(state).to_contain_text("begins on March 1, 2026 and ends on November 27, 2026.")
    state.get_by_role("link", name="Show today").click()
    expect(page.locator(".figures, .facts").first).to_be_visible()
