"""One park with its day, and one ride with its 90 days."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from browser_pages import Open
from playwright.sync_api import expect
from stub_world import World


def test_the_day_has_a_row_per_ride_told_in_words(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    rows = page.locator(".day-picture li")
    expect(rows).to_have_count(7)
    words = rows.first.get_by_role("img").get_attribute("aria-label") or ""
    assert "down" in words
    assert "30 m" in words
    assert "park stopped" in words


def test_every_kind_of_stretch_is_drawn(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    for kind in (
        "open",
        "outage",
        "ongoing",
        "late-opening",
        "early-close",
        "did-not-operate",
        "unknown",
        "park-stop",
    ):
        assert page.locator(f".strip .stretch-{kind}").count() > 0, kind
    expect(page.locator(".day-marks .day-wide")).to_have_count(1)
    expect(page.locator(".day-marks .day-stop")).to_have_count(1)
    expect(page.locator(".day-now")).to_have_text("now")


def test_stretches_lie_one_after_the_other(open_page: Open) -> None:
    boxes = (
        open_page("?view=park&park=1")
        .locator(".day-picture li")
        .first.locator(".stretch")
        .evaluate_all("all => all.map((s) => s.getBoundingClientRect()).map((box) => [box.left, box.right])")
    )
    assert len(boxes) == 5
    for (_, end), (start, _) in pairwise(boxes):
        assert abs(start - end) < 1.5


def test_the_week_and_the_zone_are_told(open_page: Open) -> None:
    page = open_page("?view=park&park=2")
    table = page.get_by_role("region", name="sessions as we saw them")
    expect(table).to_contain_text("still running")
    expect(table.locator("caption")).to_contain_text("in P")


def test_a_ride_has_ninety_days(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1005")
    expect(page.locator(".cells .cell")).to_have_count(90)
    for kind in ("good", "fair", "poor", "closed", "park", "unknown"):
        assert page.locator(f".cells .cell-{kind}").count() > 0, kind
    page.get_by_text("The same days as a table").click()
    expect(page.get_by_role("region", name="The last 90 days").locator("tbody tr")).to_have_count(90)


def test_outages_are_listed_in_the_parks_time(open_page: Open) -> None:
    page = open_page("?view=ride&ride=2001")
    table = page.get_by_role("region", name="closures, newest first, in P")
    expect(table.locator("tbody tr")).to_have_count(6)
    expect(table.locator("tbody tr").first).to_contain_text("not judged yet")
    expect(table).to_contain_text("with many others")
    expect(table).to_contain_text("too short to count as an outage")


def test_a_ride_says_why_it_has_its_tier(open_page: Open) -> None:
    page = open_page("?view=ride&ride=1005")
    expect(page.get_by_text("A large coaster that the park is known for")).to_be_visible()


def test_entries_that_are_not_counted_are_shown_apart(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    page.get_by_text("1 more entry, not counted").click()
    expect(page.locator(".others li")).to_contain_text("Shows")


def test_what_is_not_judged_yet_looks_unlike_an_outage(open_page: Open) -> None:
    page = open_page("?view=park&park=1")
    key = page.get_by_role("list", name="Key")
    expect(key.get_by_role("listitem").filter(has_text="Not reopened yet")).to_have_count(1)
    outage, ongoing = (
        page.locator(f".strip .stretch-{kind}").first.evaluate("e => getComputedStyle(e).background")
        for kind in ("outage", "ongoing")
    )
    assert outage != ongoing


@pytest.mark.parametrize(
    ("address", "name", "header", "lines"),
    [
        ("?view=park&park=2", "sessions-of-the-park", "local_date,started_at,ended_at", None),
        ("?view=ride&ride=2005", "outages-of-the-ride", "started_at,ended_at,minutes", 7),
        ("?view=ride&ride=2005", "days-of-the-ride", "date,operated,park_operated", 91),
    ],
)
def test_the_tables_of_one_park_or_ride_can_be_had_as_csv(
    open_page: Open, address: str, name: str, header: str, lines: int | None
) -> None:
    page = open_page(address)
    for summary in page.locator("details.as-table summary").all():
        summary.click()
    with page.expect_download() as started:
        page.get_by_role("link", name=f"Download {name}.csv").click()
    text = started.value.path().read_text()
    assert text.startswith(header)
    assert lines is None or len(text.splitlines()) == lines


def test_what_the_feed_of_a_park_does_is_said(open_page: Open, world: World) -> None:
    world.standing_still_since = world.as_of - timedelta(hours=2)
    page = open_page("?view=park&park=1")
    note = page.locator("[data-key=feed]")
    expect(note).to_contain_text("Its feed has stood still since")
    expect(note).to_contain_text("2 of its rides are missing from its list")
    expect(open_page("?view=park&park=2").locator("[data-key=feed]")).to_have_count(0)
