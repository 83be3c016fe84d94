"""What the lists say: the answer first, and every mark in words too."""

from __future__ import annotations

import pytest
from browser_pages import Open
from dashboard_views import LISTS, VIEWS
from playwright.sync_api import expect


@pytest.mark.parametrize("view", LISTS)
def test_a_list_has_a_named_table_with_rows(open_page: Open, view: str) -> None:
    table = open_page(LISTS[view]).get_by_role("table").first
    expect(table.locator("caption")).not_to_be_empty()
    assert table.locator("tbody th[scope=row]").count() > 0


@pytest.mark.parametrize(("width", "height", "share"), [(1280, 720, 1 / 3), (360, 740, 1 / 5)])
def test_the_header_leaves_room_for_the_answer(
    open_page: Open, width: int, height: int, share: float
) -> None:
    page = open_page(width=width, height=height)
    header = page.locator("header").bounding_box()
    assert header is not None
    assert header["height"] <= height * share + 1
    expect(page.locator(".head-figure-down")).to_be_in_viewport()
    expect(page.locator("tbody tr").first).to_be_in_viewport()


def test_the_head_figures_answer_first(open_page: Open) -> None:
    figures = open_page().locator(".figures")
    expect(figures).to_contain_text("Rides down now")
    expect(figures.locator(".head-figure-worst")).to_contain_text("Maple Harbour Park")
    expect(figures.locator(".head-figure-tracked dd")).to_have_text("6")


def test_a_closed_park_says_since_when(open_page: Open) -> None:
    row = open_page().get_by_role("row", name="La Ronde du Lac")
    expect(row).to_contain_text("Closed, last seen running 11 h ago")


def test_little_coverage_is_told(open_page: Open) -> None:
    row = open_page().get_by_role("row", name="Great Prairie Adventure")
    expect(row.locator(".little")).to_have_text("71 %")


def test_a_trend_is_told_in_words_too(open_page: Open) -> None:
    row = open_page().get_by_role("row", name="Maple Harbour Park").first
    expect(row.locator(".trend")).to_contain_text("worse")


def test_a_ride_that_is_down_says_since_when_in_its_parks_zone(open_page: Open) -> None:
    cell = open_page("?view=rides").locator(".status-down").first.locator("..")
    expect(cell).to_contain_text("for ")
    expect(cell.locator(".since-when")).to_contain_text(" since ")
    assert cell.locator(".since-when").inner_text().split()[-1] in {
        "EST",
        "EDT",
        "CST",
        "CDT",
        "MST",
        "MDT",
        "PST",
        "PDT",
    }


def test_a_status_is_shape_and_word(open_page: Open) -> None:
    badge = open_page("?view=rides").locator(".status-down").first
    expect(badge).to_have_text("Down")
    expect(badge.locator("use")).to_have_attribute("href", "#shape-down")


def test_a_period_longer_than_the_tracking_says_so(open_page: Open) -> None:
    page = open_page("?view=parks&period=30days")
    expect(page.get_by_text("Only 9 days of the 30 have been observed so far.")).to_be_visible()


def test_down_now_can_be_grouped_by_park(open_page: Open) -> None:
    page = open_page(VIEWS["now-by-park"])
    assert page.get_by_role("table").count() > 1
    assert page.locator("#view section h2").count() == page.get_by_role("table").count()
