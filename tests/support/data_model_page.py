"""The parts of docs/data-model.md that are read off the code; `make docs` writes them anew.

Of the tables, structure comes from the metadata and the sentence below each heading from whoever wrote it:
it is kept. A new table gets a sentence to be written, which a test asks for. What published columns, and the
lines of the archive, mean stands in the code alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint
from sqlalchemy.dialects import mysql

from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.database.types import Coded, UtcDateTime
from park_downtime.published.columns import COLUMNS, STRETCHES
from park_downtime.statistics.measures import MEANINGS
from park_downtime.stretches.lines import MEANINGS as KINDS_OF_STRETCHES

PAGE = Path(__file__).parents[2] / "docs" / "data-model.md"
START = "<!-- tables: written by `make docs` from the metadata; the sentence below each heading is kept -->"
END = "<!-- end of tables -->"
COLUMNS_START = (
    "<!-- columns: written by `make docs` from published/columns.py and statistics/measures.py -->"
)
COLUMNS_END = "<!-- end of columns -->"
LINES_START = "<!-- lines: written by `make docs` from published/columns.py and stretches/lines.py -->"
LINES_END = "<!-- end of lines -->"
TO_BE_WRITTEN = "(To be written.)"
METADATA = ride_daily_stats.metadata
OF_STATISTICS = ("_stats", "_period_totals")  # what the names of statistics tables end with
SHARED = "### What all statistics hold"


def written(page: str) -> str:
    """The page with its generated parts brought up to date."""
    sections = [_section(table, purpose(page, table.name)) for table in METADATA.tables.values()]
    page = _with(page, START, END, [_shared_section(), *sections])
    page = _with(page, COLUMNS_START, COLUMNS_END, [*_columns(), ""])
    return _with(page, LINES_START, LINES_END, [*_lines(), ""])


def _with(page: str, start: str, end: str, lines: list[str]) -> str:
    before, rest = page.split(start)
    _, after = rest.split(end)
    return "\n".join([before + start, "", *lines, end + after])


def published_meanings() -> dict[str, str]:
    """By name: what is written of columns that are published, and of all measures."""
    return {**MEANINGS, **{name: column.meaning for name, column in COLUMNS.items()}}


def _columns() -> list[str]:
    units = {name: column.unit for name, column in COLUMNS.items()}
    return [
        *("| column | unit | meaning |", "|---|---|---|"),
        *(f"| `{name}` | {units.get(name, '')} | {text} |" for name, text in published_meanings().items()),
    ]


def _lines() -> list[str]:
    return [
        *("| column | meaning |", "|---|---|"),
        *(
            f"| `{column.name}` | {'see below' if column.name == 'kind' else column.meaning} |"
            for column in STRETCHES.columns
        ),
        *("", "| `kind` | a line is |", "|---|---|"),
        *(f"| `{kind}` | {meaning} |" for kind, meaning in KINDS_OF_STRETCHES.items()),
    ]


def shared_columns(prefix: str = "") -> list[str]:
    """The columns that every statistics table has, or every one whose name begins so; ids and dates aside."""
    tables = [t for t in METADATA.tables.values() if t.name.endswith(OF_STATISTICS)]
    of = [table for table in tables if table.name.startswith(prefix)]
    return [
        column.name
        for column in of[0].columns
        if not column.name.endswith("_id") and all(column.name in table.columns for table in of)
    ]


def purpose(page: str, table_name: str) -> str:
    """The hand-written sentence of a table."""
    found = re.search(rf"^### `{table_name}`\n\n(.+)\n", page, re.MULTILINE)
    return found[1] if found else TO_BE_WRITTEN


def glossary(page: str) -> dict[str, str]:
    """Column name -> meaning, of columns that are not published: written by hand."""
    part = page.split("### Columns that are not published")[1].split("\n#")[0]
    meanings: dict[str, str] = {}
    for line in re.findall(r"^\| (`.+) \|$", part, re.MULTILINE):
        names, meaning = line.split(" | ", 1)
        for name in re.findall(r"`(\w+)`", names):
            assert name not in meanings, f"{name} is explained twice"
            meanings[name] = meaning
    return meanings


def further(page: str) -> set[str]:
    """The names of published columns that say more in tables that are not."""
    part = page.split("### What published columns say elsewhere")[1].split("\n#")[0]
    return set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE))


def _shared_section() -> str:
    """Each shared column once: its type in tables of parks and of years, and in those of rides otherwise."""
    usual, of_ride = METADATA.tables["park_yearly_stats"], ride_daily_stats
    measures, of_parks = shared_columns(), [n for n in shared_columns("park_") if n not in shared_columns()]
    lines = [SHARED, "", "Every table whose name ends in `_stats` or `_period_totals` has these columns:", ""]
    lines += ["| column | type | of a ride up to a month | |", "|---|---|---|---|"]
    for name in measures:
        lines.append(
            f"| `{name}` | {_type(usual.c[name])} | {_type(of_ride.c[name])} | {_notes(usual.c[name])} |"
        )
    lines += ["", "and those of parks these as well:", "", "| column | type | |", "|---|---|---|"]
    lines += [f"| `{name}` | {_type(usual.c[name])} | {_notes(usual.c[name])} |" for name in of_parks]
    return "\n".join([*lines, ""])


def _section(table: Table, sentence: str) -> str:
    lines = [f"### `{table.name}`", "", sentence, "", _keys(table), ""]
    own, shared = list(table.columns), []
    if table.name.endswith(OF_STATISTICS):
        shared = shared_columns("park_" if table.name.startswith("park_") else "")
        own = [column for column in own if column.name not in shared]
    lines += ["| column | type | |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {_type(column)} | {_notes(column)} |" for column in own]
    if shared:
        lines += ["", f"and [what all statistics hold](#{_anchor(SHARED)})."]
    return "\n".join([*lines, ""])


def _anchor(heading: str) -> str:
    return heading.lstrip("# ").lower().replace(" ", "-")


def _keys(table: Table) -> str:
    parts = [f"Key ({_names(table.primary_key.columns)})"]
    parts += sorted(
        f"unique ({_names(constraint.columns)})"
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    )
    parts += sorted(f"index ({_names(index.columns)})" for index in table.indexes)
    return "; ".join(parts) + "."


def _names(columns: Any) -> str:
    return ", ".join(f"`{column.name}`" for column in columns)


def _type(column: Column[Any]) -> str:
    if isinstance(column.type, UtcDateTime):
        return "datetime, UTC"
    if isinstance(column.type, Coded):
        return "tinyint: " + ", ".join(f"{code} {member}" for code, member in enumerate(column.type.members))
    return str(column.type.compile(dialect=mysql.dialect())).lower()


def _notes(column: Column[Any]) -> str:
    notes = ["null" if column.nullable else "not null"]
    notes += [f"refers to `{key.column.table.name}`" for key in column.foreign_keys]
    return ", ".join(notes)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
