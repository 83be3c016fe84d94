"""The names that no pattern can tell."""

from __future__ import annotations

import csv
from pathlib import Path

from park_downtime.classification import name_rules as module
from park_downtime.classification.name_rules import known_names, plain


def test_no_name_stands_there_twice() -> None:
    text = Path(module.__file__).with_name("known_names.csv").read_text(encoding="utf-8")
    names = [plain(row["name"]) for row in csv.DictReader(text.splitlines())]
    assert sorted(names) == sorted(known_names())


def test_every_name_has_a_reason() -> None:
    assert [name for name, said in known_names().items() if said.reason == "known by name: "] == []
