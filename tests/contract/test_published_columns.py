"""What a column of the open data set means stands in docs/data-model.md in the same words."""

from __future__ import annotations

import pytest
from data_model_page import PAGE, glossary

from park_downtime.published.columns import COLUMNS

MEANINGS = glossary(PAGE.read_text("utf-8"))
ALONE = sorted(
    name
    for name, meaning in MEANINGS.items()
    if name in COLUMNS
    and list(MEANINGS.values()).count(meaning) == 1
    and name.endswith(("_seconds", "_changes", "outage_count", "with_downtime", "method_version"))
)


@pytest.mark.parametrize("name", ALONE)
def test_the_words_are_the_same(name: str) -> None:
    assert COLUMNS[name].meaning == MEANINGS[name]


def test_the_measures_of_time_are_among_them() -> None:
    assert {"downtime_seconds", "late_start_seconds", "unknown_seconds", "session_seconds"} <= set(ALONE)
