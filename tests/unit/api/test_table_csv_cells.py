"""A name in a CSV file never becomes a formula, and a number never becomes a text."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.api import spec
from park_downtime.api.table import as_csv, is_formula


def cell(value: object) -> str:
    """As it stands in the file of wait times, in the column of names."""
    row = dict.fromkeys(spec.columns("WaitRow")) | {"ride_name": value}
    file = io.StringIO(as_csv("WaitRow", [row], "x").body.decode(), newline="")
    lines = list(csv.DictReader(file))
    return lines[0]["ride_name"]


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+1",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\uff1dcmd()",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(1)",
        "\ufe66" + "1",  # small equals sign
        "\u207a1",  # superscript plus
        "\u22121",  # minus sign
        "\ufeff=1+1",
        " =1+1",
        "\u00a0=1",
        "\u3000=1",
        "\u200b\u200d=1",
        "\u202e=1",
        "\u0301=1",
        "\ufeff \uff1d1",
    ],
)
def test_a_formula_is_made_a_text(name: str) -> None:
    assert cell(name) == "'" + name


@pytest.mark.parametrize("name", ["Space Mountain", "1984", " Splash", "it's = one", "é", "🎢", "", "'Ohana"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert cell(name) == name


@pytest.mark.parametrize(("number", "written"), [(-12.5, "-12.5"), (-3, "-3"), (0, "0"), (1e3, "1000.0")])
def test_numbers_stay_numbers(number: float, written: str) -> None:
    assert cell(number) == written


@given(st.text())
def test_whoever_cleans_the_cell_finds_no_formula(name: str) -> None:
    """Normalised and stripped of what is not seen, as sheets and scripts do."""
    plain = unicodedata.normalize("NFKC", name).strip("\ufeff\u200b\u2060 \u00a0")
    assert is_formula(name) or not plain.startswith(("=", "+", "-", "@"))
