"""docs/faults.md tells of every fault that `make faults` causes, by a word that chooses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "faults.md").read_text("utf-8")
WORDS = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)


def faults() -> list[str]:
    """The tests with their decorators, whose ids are names too."""
    found: list[str] = []
    for file in sorted((CHECKOUT / "tests" / "faults").glob("test_*.py")):
        found += re.findall(r"^(?:@pytest[\s\S]*?\n)?def test_\w+", file.read_text("utf-8"), re.MULTILINE)
    return found


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_page_chooses_a_fault(word: str) -> None:
    assert any(word in fault for fault in faults())


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.rpartition("def ")[2])
def test_every_fault_is_on_the_page(fault: str) -> None:
    assert any(word in fault for word in WORDS)
