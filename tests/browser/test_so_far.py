"""A ride that is down never looks perfect: what is not over yet is hatched and called "so far"."""

from __future__ import annotations

from datetime import timedelta

import pytest
from browser_pages import Open
from playwright.sync_api import Locator, expect
from stub_world import World

DOWN = "?view=ride&ride=1005"  # for 45 m at the moment of the readings


def fact(page: Locator, name: str) -> Locator:
    return page.locator("dl div").filter(has=page.page.locator(f"dt:text-is('{name}')")).locator("dd")


def is_hatched(element: Locator) -> bool:
    return "repeating-linear-gradient" in element.evaluate("e => getComputedStyle(e).backgroundImage")


def test_the_figures_of_a_ride_that_is_down(open_page: Open) -> None:
    facts = open_page(DOWN).locator(".columns")
    expect(fact(facts, "Downtime")).to_contain_text("+ 45 m so far")
    expect(fact(facts, "Uptime")).to_have_text("95.1 %so far")
    expect(fact(facts, "Not reopened yet")).to_have_text("+ 45 m so far")
    assert is_hatched(fact(facts, "Uptime").locator(".hatch"))


def test_its_bar_of_today_is_not_full(open_page: Open) -> None:
    page = open_page(DOWN)
    today = page.locator(".cells .cell").last
    assert "45 m not reopened yet" in (today.get_attribute("title") or "")
    height = "e => [getComputedStyle(e, '::before').height, getComputedStyle(e, '::after').height]"
    filled, hatched = (float(size.removesuffix("px")) for size in today.evaluate(height))
    assert filled < 70  # of 96: 592 minutes open, 45 that may turn out as downtime
    assert hatched > 20
    image = today.evaluate("e => getComputedStyle(e, '::after').backgroundImage")
    assert "repeating-linear-gradient" in image


def test_the_key_and_the_table_of_the_days_say_it_too(open_page: Open) -> None:
    page = open_page(DOWN)
    expect(page.get_by_role("list", name="Key")).to_contain_text("Not reopened yet")
    page.get_by_text("The same days as a table").click()
    today = page.get_by_role("region", name="The last 90 days").locator("tbody tr").first
    expect(today).to_contain_text("+ 45 m so far")


def test_a_ride_that_runs_has_nothing_hatched(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1006")
    expect(page.locator(".so-far, .has-so-far")).to_have_count(0)


def test_the_total_of_a_park_and_its_rides(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    facts = page.locator(".columns")
    expect(fact(facts, "Downtime")).to_contain_text("+ 45 m so far")
    expect(fact(facts, "Uptime")).to_contain_text("so far")
    row = page.locator("[data-key='table-park-rides'] tbody tr").filter(has_text="Carousel of Tides 1005")
    expect(row.locator(".col-downtime-hours")).to_contain_text("+ 45 m so far")
    expect(row.locator(".col-uptime-percentage")).to_contain_text("so far")


def test_the_ranking_of_parks(open_page: Open) -> None:
    page = open_page()
    row = page.locator("tbody tr").first
    expect(row.locator(".amounts")).to_contain_text("+ 40 m so far")
    expect(row.locator(".col-uptime-percentage")).to_contain_text("so far")
    assert is_hatched(row.locator(".bar-so-far"))
    expect(page.locator(".head-figure-worst")).to_contain_text("+ 40 m so far")


def test_the_ranking_of_rides(open_page: Open) -> None:
    row = open_page("?view=rides").locator("tbody tr").filter(has_text="Carousel of Tides 1005")
    expect(row.locator(".col-downtime-hours")).to_contain_text("+ 45 m so far")


@pytest.mark.parametrize("address", ["?view=parks", "?view=rides", "?view=park&park=1", DOWN])
def test_the_period_today_is_called_so_far(open_page: Open, address: str) -> None:
    expect(open_page(address).locator("#view")).to_contain_text("today so far")


def test_a_ride_that_has_not_opened_today_may_still_do_so(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    expect(page.get_by_role("list", name="Key")).to_contain_text("Not open yet")
    assert "not open yet" in (
        page.locator(".strip:has(.stretch-did-not-operate)").first.get_attribute("aria-label") or ""
    )


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("?view=rides", "tbody tr:has-text('Carousel of Tides 1005') .col-current-status"),
        ("?view=now", "tbody tr:has-text('Carousel of Tides 1005') .down-for"),
        ("?view=park&park=1", "tbody tr:has-text('Carousel of Tides 1005') .col-current-status"),
        (DOWN, ".onward"),
        (DOWN, "[data-key='outages'] tbody tr >> nth=0"),
    ],
)
def test_one_outage_has_one_length_everywhere(
    open_page: Open, world: World, address: str, place: str
) -> None:
    world.as_of -= timedelta(minutes=7)  # what the visitor's clock says does not lengthen it
    expect(open_page(address).locator(place)).to_contain_text("45 m")


@pytest.mark.parametrize("address", ["?view=rides", "?view=now", DOWN])
def test_nothing_is_down_for_no_time(open_page: Open, world: World, address: str) -> None:
    world.is_first_closed_reading = True
    page = open_page(address)
    expect(page.locator("#view")).to_contain_text("just now")
    assert "for 0 m" not in page.locator("#view").inner_text()


@pytest.mark.parametrize(
    "address",
    ["?view=parks", "?view=rides", "?view=now", "?view=waittimes", "?view=park&park=1", DOWN],
)
def test_minutes_are_written_in_one_way(open_page: Open, address: str) -> None:
    page = open_page(address)
    titles = page.locator("[title], [aria-label]").evaluate_all(
        "all => all.map((e) => `${e.title} ${e.getAttribute('aria-label')}`).join(' ')"
    )
    text = f"{page.locator('body').inner_text()} {titles}"
    assert " min " not in text.replace("\n", " ").replace(",", " ").replace(";", " ")


def test_what_lies_between_the_ends_of_an_outage_beside_it_is_told(open_page: Open) -> None:
    rows = open_page("?view=ride&ride=2002").locator("[data-key='outages'] tbody tr")
    expect(rows.filter(has_text="15 m of it not observed, or the park stopped")).to_have_count(1)
