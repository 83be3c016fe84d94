"""The page refreshes itself quietly, and says plainly when it cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from browser_pages import Open, until_asked
from playwright.sync_api import Page, expect
from stub_dashboard import StubDashboard
from stub_world import World

A_MINUTE = 61_000


def with_clock(page: Page) -> Page:
    """Reloads under a clock that the test moves."""
    page.clock.install()
    page.reload()
    expect(page.locator("#view")).to_have_attribute("aria-busy", "false")
    return page


def test_a_new_cycle_changes_the_figures(open_page: Open, world: World) -> None:
    page = with_clock(open_page())
    worst = page.locator("tbody .amount").first
    before = worst.inner_text()
    world.cycle()
    page.clock.run_for(A_MINUTE)
    expect(worst).not_to_have_text(before)
    expect(page.get_by_role("status").filter(has_text="The figures have been refreshed")).to_have_count(1)


def test_an_unchanged_version_costs_a_304(open_page: Open, dashboard: StubDashboard) -> None:
    page = with_clock(open_page())
    dashboard.asked.clear()
    page.clock.run_for(A_MINUTE)
    until_asked(page, lambda: len(dashboard.asked) == 2)
    assert [status for _, status in dashboard.asked] == [304, 304]


def test_a_copy_of_a_cache_in_front_is_as_old_as_it_says(open_page: Open, dashboard: StubDashboard) -> None:
    page, ahead = open_page(), []
    for dashboard.age in (0, 600):
        ahead.append(
            page.evaluate(
                """async () => {
                    const { ask, serverNow } = await import('/js/api-client.js');
                    await ask('/api/parks');
                    return serverNow() - Date.now();
                }"""
            )
        )
    assert ahead[1] - ahead[0] == pytest.approx(600_000, abs=60_000)


def test_the_same_answer_given_whole_is_no_news(open_page: Open, dashboard: StubDashboard) -> None:
    dashboard.age = 1
    told = open_page().evaluate(
        """async () => {
            const { ask } = await import('/js/api-client.js');
            return [await ask('/api/parks'), await ask('/api/parks')].map(({ isNew }) => isNew);
        }"""
    )
    assert told == [True, False]


def test_scroll_focus_and_sorting_stay(open_page: Open, world: World) -> None:
    page = with_clock(open_page("?view=rides&sort=ride_name&order=asc"))
    link = page.locator("tbody tr").nth(20).get_by_role("link", name="Details")
    link.focus()
    row = page.evaluate("document.activeElement.closest('tr').dataset.key")
    top = page.evaluate("scrollY")
    assert top > 0
    ongoing = page.locator("tbody .so-far").first
    before = ongoing.inner_text()
    world.cycle()
    page.clock.run_for(A_MINUTE)
    expect(ongoing).not_to_have_text(before)
    assert page.evaluate("document.activeElement.closest('tr')?.dataset.key") == row
    assert page.evaluate("scrollY") == top
    expect(page.get_by_role("columnheader", name="Ride", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_an_open_disclosure_stays_open(open_page: Open, world: World) -> None:
    page = with_clock(open_page("?view=ride&ride=1005"))
    page.get_by_text("The same days as a table").click()
    world.cycle()
    page.clock.run_for(A_MINUTE)
    expect(page.get_by_role("status").filter(has_text="The figures have been refreshed")).to_have_count(1)
    expect(page.get_by_role("region", name="The last 90 days")).to_be_visible()


def test_the_age_of_the_data_is_told_and_grows(open_page: Open, world: World) -> None:
    world.as_of -= timedelta(minutes=16)
    page = with_clock(open_page())
    expect(page.locator("#age")).to_contain_text("20 m ago")
    page.clock.run_for(45_000)
    expect(page.locator("#age")).to_contain_text("21 m ago")


def test_a_feed_that_is_behind_is_told(open_page: Open, world: World) -> None:
    world.is_stale = True
    world.as_of -= timedelta(hours=2)
    page = open_page("?view=rides")
    expect(page.locator("#notices")).to_contain_text(
        "The feed is behind: the last readings came 2 h 04 m ago."
    )
    expect(page.locator(".head-figure-down")).to_contain_text("Not known")
    expect(page.locator("tbody .status-unknown").first).to_be_visible()


def test_down_now_does_not_claim_that_all_is_well_when_stale(open_page: Open, world: World) -> None:
    world.is_stale = True
    page = open_page("?view=now")
    expect(page.get_by_role("heading", name="We cannot see what is down")).to_be_visible()


def test_what_was_seen_stays_when_the_server_fails(open_page: Open, dashboard: StubDashboard) -> None:
    page = with_clock(open_page())
    dashboard.failing = 503
    page.clock.run_for(A_MINUTE)
    expect(page.locator("#notices")).to_contain_text("The database is away. What you see is from")
    assert page.locator("tbody tr").count() == 6
    dashboard.failing = None
    page.clock.run_for(A_MINUTE)
    expect(page.locator("#notices")).to_be_empty()


@pytest.mark.parametrize(
    "address",
    ["?view=parks", "?view=rides", "?view=trends", "?view=now", "?view=park&park=1", "?view=ride&ride=1001"],
)
def test_a_first_view_that_fails_says_so_and_can_be_tried_again(
    open_page: Open, dashboard: StubDashboard, address: str
) -> None:
    dashboard.failing = 503
    page = open_page(address)
    expect(page.get_by_role("heading", name="The figures could not be loaded")).to_be_visible()
    dashboard.failing = None
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="The figures could not be loaded")).to_have_count(0)
    expect(page.locator("#view .figure").first).to_be_attached()


def test_a_limit_says_how_long_to_wait(open_page: Open, dashboard: StubDashboard) -> None:
    dashboard.failing = 429
    page = open_page()
    expect(page.get_by_text("Please try again in 20 seconds.")).to_be_visible()


def test_before_the_first_readings_the_page_says_why(open_page: Open, world: World) -> None:
    world.park_count = 0
    page = open_page()
    expect(page.get_by_role("heading", name="No parks yet")).to_be_visible()
    expect(page.locator("#notices")).to_have_text(
        "Queue-Times.com cannot be reached at the moment. "
        "The first figures appear here as soon as it answers."
    )
    expect(page.locator("#age")).to_have_text("No readings yet")


def test_nothing_down_is_good_news(open_page: Open, world: World) -> None:
    world.rides_per_park = 0
    expect(open_page("?view=now").get_by_role("heading", name="Nothing is down")).to_be_visible()


def test_before_the_first_readings_nothing_is_claimed_to_run(open_page: Open, world: World) -> None:
    world.park_count = 0
    page = open_page("?view=now")
    expect(page.get_by_role("heading", name="No readings yet")).to_be_visible()
    expect(page.get_by_text("Nothing is down")).to_have_count(0)


def test_an_earlier_moment_is_not_taken_for_now(
    open_page: Open, dashboard: StubDashboard, world: World
) -> None:
    world.as_of -= timedelta(days=400)
    dashboard.earlier_moment = world.as_of.strftime("%Y-%m-%dT%H:%M:%SZ")
    page = open_page("?view=rides")
    expect(page.locator("#notices")).to_contain_text("You see an earlier moment")
    expect(page.locator("#age")).not_to_contain_text("ago")
    expect(page.locator("tbody .since").first).to_have_text(" for 1 h 33 m")  # and not for 400 days


def test_a_history_that_is_being_filled_in_is_told_until_it_is_there(
    open_page: Open, dashboard: StubDashboard
) -> None:
    dashboard.history = "History is being filled in: 12 of 90 days"
    page = open_page()
    expect(page.locator("#notices")).to_contain_text("History is being filled in: 12 of 90 days.")
    dashboard.history = None
    page.reload()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("#notices")).not_to_contain_text("History")


def test_loading_is_told(open_page: Open) -> None:
    page = open_page()
    page.route("**/api/trends*", lambda route: None)
    page.get_by_role("navigation").get_by_role("link", name="Trends").click()
    expect(page.get_by_text("Loading the figures…")).to_be_visible()
    expect(page.locator("#view")).to_have_attribute("aria-busy", "true")
