"""What a person decided about single rides, and what is said of a file that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from park_downtime.classification.overrides import OverridesInvalid, read_overrides
from park_downtime.model import Category

HEADER = "park_id,ride_id,override_tier,category,reason,date_added\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "manual_overrides.csv"


def test_an_override_states_tier_and_category(file: Path) -> None:
    file.write_text(HEADER + "6,138,1,ride,the mountain of the park,2026-07-04\n")
    said = read_overrides(file)[(6, 138)]
    assert (said.tier, said.category, said.confidence) == (1, Category.RIDE, 1.0)
    assert said.reason == "the mountain of the park (since 2026-07-04)"


def test_an_override_may_state_only_one_of_them(file: Path) -> None:
    file.write_text(HEADER + "6,138,,show,closed for good,2026-07-04\n")
    assert read_overrides(file)[(6, 138)].tier is None


def test_a_file_saved_by_a_spreadsheet_is_read(file: Path) -> None:
    file.write_text(
        "\ufeff" + HEADER + "6,138,1,,mountain,2026-07-04\n,,,,,\n", encoding="utf-8", newline="\r\n"
    )
    assert list(read_overrides(file)) == [(6, 138)]


def test_the_packaged_file_is_usable() -> None:
    read_overrides()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("park_id,ride_id\n", "names no column override_tier, category, reason, date_added"),
        (HEADER + "6,138,4,,why,2026-07-04\n", "line 2: override_tier must be 1, 2, 3 or empty, not '4'"),
        (HEADER + "6,138,1,coaster,why,2026-07-04\n", "line 2: category must be one of ride, water_slide"),
        (HEADER + "6,x,1,,why,2026-07-04\n", "line 2: ride_id must be a Queue-Times id, not 'x'"),
        (HEADER + "6,138,,,why,2026-07-04\n", "line 2: states neither override_tier nor category"),
        (HEADER + "6,138,1,,,2026-07-04\n", "line 2: reason is empty"),
        (HEADER + "6,138,1,,why,yesterday\n", "line 2: date_added must be a date such as 2026-07-04"),
        (
            HEADER + "6,138,1,,why,2026-07-04\n6,138,2,,why,2026-07-04\n",
            "line 3: park 6, ride 138 has an override already",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(file: Path, text: str, problem: str) -> None:
    file.write_text(text)
    with pytest.raises(OverridesInvalid) as raised:
        read_overrides(file)
    assert problem in str(raised.value)
    assert str(file) in str(raised.value)


def test_an_absent_file_is_an_error(file: Path) -> None:
    with pytest.raises(OverridesInvalid, match="cannot be read"):
        read_overrides(file)


def test_a_file_of_another_encoding_is_an_error(file: Path) -> None:
    file.write_bytes(HEADER.encode() + b"6,138,1,,caf\xe9,2026-07-04\n")
    with pytest.raises(OverridesInvalid, match="cannot be read"):
        read_overrides(file)
