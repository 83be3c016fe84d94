"""Badges: what they show fits, what they say is complete, and both can be read on any page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rfc4287 import parsed

from park_downtime.api.badge import EDGE, GROUND_OF_NAME, TEXT, Badge, Ground, as_svg

SVG = "{http://www.w3.org/2000/svg}"
AA_TEXT, AA_SHAPES = 4.5, 3.0
WORDS = "97.4 % uptime, last 7 days, 99.1 % of the time observed"


def drawn(name: str, *, is_simulated: bool = False) -> Element:
    badge = Badge(name, "97.4 %", "uptime, last 7 days", WORDS, Ground.FIGURE)
    return parsed(as_svg(badge, is_simulated))


def lines(root: Element) -> list[str | None]:
    return [line.text for line in root.iter(f"{SVG}text")]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_it_is_defined() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("ground", [GROUND_OF_NAME, *(ground.value for ground in Ground)])
def test_the_text_stands_out_from_its_ground(ground: str) -> None:
    assert contrast(TEXT, ground) >= AA_TEXT


@pytest.mark.parametrize("page", ["#ffffff", "#000000", "#0d1117", "#f6f8fa"])
def test_it_ends_somewhere_on_any_page(page: str) -> None:
    assert max(contrast(EDGE, page), contrast(GROUND_OF_NAME, page)) >= AA_SHAPES


def test_it_says_it_all_in_words() -> None:
    root = drawn("Space Mountain")
    words = f"Space Mountain: {WORDS}, data by Queue-Times.com"
    assert (root.get("role"), root.get("aria-label"), root.findtext(f"{SVG}title")) == ("img", words, words)


def test_it_shows_the_name_the_figure_and_whose_data_they_are() -> None:
    assert lines(drawn("Space Mountain")) == [
        "Space Mountain", "data by Queue-Times.com", "97.4 %", "uptime, last 7 days",
    ]  # fmt: skip


def test_it_says_that_it_is_made_up() -> None:
    root = drawn("Space Mountain", is_simulated=True)
    assert lines(root)[1] == "simulated, data by Queue-Times.com"
    assert str(root.get("aria-label")).startswith("[simulated] Space Mountain: ")


def test_a_long_name_is_cut_where_it_is_shown_and_whole_where_it_is_read() -> None:
    name = "The Twilight Zone Tower of Terror presented by somebody with a long name"
    root = drawn(name)
    assert lines(root)[0] == "The Twilight Zone Tower of…"
    assert str(root.findtext(f"{SVG}title")).startswith(f"{name}: ")


def test_a_name_cannot_become_markup() -> None:
    root = drawn('"><script>alert(1)</script>&')
    assert [element.tag for element in root.iter() if "script" in element.tag] == []
    assert lines(root)[0] == '"><script>alert(1)</script>&'


@given(st.text(max_size=120))
def test_whatever_a_name_holds_its_badge_is_one_and_fits(name: str) -> None:
    root = drawn(name)
    width = int(root.get("width", ""))
    assert width <= 400
    for line in root.iter(f"{SVG}text"):
        middle, half = float(line.get("x", "")), float(line.get("textLength", "")) / 2
        assert middle - half >= 0
        assert middle + half <= width
