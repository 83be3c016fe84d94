"""Beside a rank stands how sure it is, where that is known."""

from __future__ import annotations

import pytest
from browser_pages import Open
from playwright.sync_api import expect

EDGES = """of => {
    const seen = document.createRange();
    seen.setStartAfter(of.firstChild);
    seen.setEndAfter(of.lastChild);
    const { left, right } = seen.getBoundingClientRect();
    return [left, right];
}"""
"""Of what is seen: the words before it are there for those who listen."""


@pytest.mark.parametrize("view", ["parks", "rides"])
def test_a_rank_says_from_where_to_where_it_lies(open_page: Open, view: str) -> None:
    ranks = open_page(f"?view={view}&period=7days").locator("tbody td.col-rank")
    expect(ranks.nth(2)).to_have_text("3 between 2–27" if view == "rides" else "3 between 2–6")


def test_the_first_may_be_sure_of_its_place(open_page: Open) -> None:
    ranks = open_page("?view=parks&period=7days").locator("tbody td.col-rank")
    expect(ranks.first).to_have_text("1 between 1–1")


@pytest.mark.parametrize(
    "asked", ["period=today", "period=7days&weighted=true", "period=7days&park_wide=exclude"]
)
def test_of_other_rankings_nothing_is_said(open_page: Open, asked: str) -> None:
    page = open_page(f"?view=parks&{asked}")
    expect(page.locator("tbody td.col-rank").first).to_have_text("1")
    expect(page.locator(".rank-range")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_widest_range_stays_in_its_place(open_page: Open, width: int) -> None:
    """Of 5,000 rides: it must neither cover the name nor be cut."""
    page = open_page("?view=rides&period=30days", width=width)
    row = page.locator("tbody tr").nth(20)
    left, right = row.locator(".rank-range").evaluate(EDGES)
    name = row.locator("th a").bounding_box()
    assert name is not None
    assert left >= 0
    assert right <= name["x"]
