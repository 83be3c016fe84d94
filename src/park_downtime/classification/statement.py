"""What one source says of an entry: its category, its tier, or both, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from park_downtime.model import Category


class Source(StrEnum):
    """Where a statement comes from, strongest first."""

    OVERRIDE = "override"
    CURATED = "curated"
    RULE = "rule"
    LANGUAGE_MODEL = "language model"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Statement:
    """`category` or `tier` is None where the source does not say. `confidence` is 0 to 1."""

    source: Source
    category: Category | None
    tier: int | None
    confidence: float
    reason: str
