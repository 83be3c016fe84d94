"""The page of the open data set: how it is read stands on it and in the docs in the same words."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from park_downtime.published.package import Package, PublishedMonth
from park_downtime.published.page import READ_WITH, index_html

COMMANDS = Path(__file__).parents[3] / "docs" / "commands.md"


def page(*months: str) -> str:
    known = [PublishedMonth(month, True, (2, 2)) for month in months]
    return unescape(index_html(Package(None, False, [], known)).decode())


def test_it_says_how_its_last_month_is_read() -> None:
    assert "pandas.read_csv('2026-10/stretches.csv.gz', parse_dates" in page("2026-09", "2026-10")
    assert "from '*/ride_days.csv.gz' group by park_id" in page("2026-10")


def test_the_docs_have_the_same_lines() -> None:
    lines = COMMANDS.read_text("utf-8").splitlines()
    assert [
        line.format(month="2026-10") for line in READ_WITH if line.format(month="2026-10") not in lines
    ] == []


def test_without_a_month_there_is_nothing_to_read() -> None:
    assert "pandas" not in page()
