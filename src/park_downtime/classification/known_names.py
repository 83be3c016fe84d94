"""What entries are whose names no pattern can tell: known_names.csv, by plain name."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib import resources

from park_downtime.classification.plain_names import plain
from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

CONFIDENCE = 0.8


@cache
def known_names() -> Mapping[str, Statement]:
    text = resources.files(__package__).joinpath("known_names.csv").read_text(encoding="utf-8")
    return {
        plain(row["name"]): Statement(
            Source.RULE, Category(row["category"]), None, CONFIDENCE, f"known by name: {row['reason']}"
        )
        for row in csv.DictReader(io.StringIO(text))
    }
