"""Badges in a page of somebody else, in a real browser: on light and dark ground, and for every ear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import api_world
import axe
import pytest
from playwright.sync_api import BrowserContext, Page
from served_app import served
from sqlalchemy import Engine

from park_downtime.api.app import create_app

Show = Callable[[str], Page]
BADGES = (
    *("parks/6.svg", "parks/6.svg?metric=status", "rides/2.svg", "rides/2.svg?metric=downtime"),
    *("rides/3.svg?metric=status", "rides/4.svg?period=2025", "rides/9.svg"),
)
TOLERANCE = 1.12
"""How much wider a line may be in the typeface of this machine than the table says, before it is squeezed."""


@pytest.fixture
def site(tmp_path: Path, sqlite_engine: Engine) -> Iterator[str]:
    api_world.fill(sqlite_engine)
    app = create_app(api_world.settings_for(tmp_path), sqlite_engine, clock=lambda: api_world.NOW)
    with served(app) as url:
        yield url


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def another_site(content: str, style: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><title>Another site</title><body style="{style}">'
        f"<main><h1>My parks</h1>{content}</main></body></html>"
    )


@pytest.mark.parametrize(("ground", "text"), [("#ffffff", "#111111"), ("#0d1117", "#f0f0f0")])
def test_a_page_of_another_site_shows_them(page: Page, site: str, ground: str, text: str) -> None:
    pictures = "".join(f'<p><img src="{site}/badges/{badge}" alt="{badge}"></p>' for badge in BADGES)
    page.set_content(another_site(pictures, f"background:{ground};color:{text}"))
    shown = page.locator("img").evaluate_all("all => all.map((e) => [e.naturalWidth > 100, e.naturalHeight])")
    assert shown == [[True, 36]] * len(BADGES)
    assert axe.violations(page) == []


@pytest.mark.parametrize("badge", BADGES)
def test_within_a_page_each_is_one_picture_with_words(page: Page, site: str, badge: str) -> None:
    svg = page.request.get(f"{site}/badges/{badge}").text()
    page.set_content(another_site(svg))
    pictures = page.get_by_role("img")
    assert pictures.count() == 1
    assert str(pictures.get_attribute("aria-label")).endswith(", data by Queue-Times.com")
    assert axe.violations(page) == []


def test_no_line_is_squeezed(page: Page, site: str) -> None:
    """By what its letters take up where nothing tells them how wide to be."""
    for badge in BADGES:
        page.set_content(page.request.get(f"{site}/badges/{badge}").text())
        widths = page.locator("text").evaluate_all(
            """all => all.map((line) => {
                const told = Number(line.getAttribute("textLength"));
                line.removeAttribute("textLength");
                return [line.textContent, line.getComputedTextLength() / told];
            })"""
        )
        assert [line for line in widths if not 0.6 < line[1] <= TOLERANCE] == []


def test_one_opened_by_itself_has_its_colours(page: Page, site: str) -> None:
    """Our policy lets no style pass; colours are attributes."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/badges/rides/2.svg")
    fills = page.locator("rect").evaluate_all("all => all.map((e) => getComputedStyle(e).fill)")
    assert fills[:2] == ["rgb(38, 41, 46)", "rgb(28, 93, 153)"]
    assert complaints == []
