"""How the data set describes itself to programs: datapackage.json, as Frictionless has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from park_downtime.published.columns import Column, PublishedTable

SOURCE = "Queue-Times.com"
SOURCE_URL = "https://queue-times.com/en-US"
ATTRIBUTION = "Data powered by Queue-Times.com - https://queue-times.com"
NO_LICENCE = "none stated"
DESCRIPTION = (
    "When the rides of theme parks were down while their park was running, worked out from what every ride "
    "says of itself. Local days of parks and rides that are final, every interruption, and the stretches "
    "that all is judged from. Times are UTC, durations whole seconds; an empty value is not known and never "
    "zero."
)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of the data set; `path` from the folder on."""

    table: PublishedTable
    path: str
    bytes: int
    sha256: str
    month: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """`methods`: lowest and highest method version of its days; `unheard`: local dates on which no park was
    heard; `judged_anew`: when the month was published again with other figures after it was over.
    """

    month: str
    is_over: bool
    methods: tuple[int, int] | None
    unheard: Sequence[str] = ()
    judged_anew: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Package:
    licence: str | None
    is_simulated: bool
    files: Sequence[PublishedFile]
    months: Sequence[PublishedMonth]
    corrections: Sequence[Mapping[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return "Theme park ride downtime" + (" (SIMULATED)" if self.is_simulated else "")

    @property
    def how_to_cite(self) -> str:
        first, last = (self.months[0].month, self.months[-1].month) if self.months else ("", "")
        return f"{self.title}, {first} to {last}, worked out from readings of {SOURCE} ({SOURCE_URL})."


def datapackage_json(package: Package) -> bytes:
    described = {
        "profile": "data-package",
        "name": "park-downtime",
        "title": package.title,
        "description": DESCRIPTION,
        "simulated": package.is_simulated,
        "sources": [{"title": SOURCE, "path": SOURCE_URL}],
        "attribution": ATTRIBUTION,
        "license": package.licence or NO_LICENCE,
        "how_to_cite": package.how_to_cite,
        "months": [_month(month) for month in package.months],
        "corrections": list(package.corrections),
        "resources": [_resource(file) for file in package.files],
    }
    return (json.dumps(described, indent=1, ensure_ascii=False) + "\n").encode()


def _month(month: PublishedMonth) -> dict[str, Any]:
    return {
        "month": month.month,
        "is_over": month.is_over,
        "methods": None if month.methods is None else list(month.methods),
        "dates_without_data": list(month.unheard),
        "judged_anew": list(month.judged_anew),
    }


def _resource(file: PublishedFile) -> dict[str, Any]:
    name = file.table.name if file.month is None else f"{file.table.name}-{file.month}"
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in file.table.columns],
        "missingValues": [""],
    }
    if file.table.key:
        schema["primaryKey"] = list(file.table.key)
    described: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "title": file.table.title + ("" if file.month is None else f", {file.month}"),
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": schema,
    }
    if file.path.endswith(".gz"):
        described["compression"] = "gz"
    return described


def _field(column: Column) -> dict[str, str]:
    described = {"name": column.name, "type": column.kind, "description": column.meaning}
    if column.unit:
        described["unit"] = column.unit
    return described
