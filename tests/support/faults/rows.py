"""Every statistical row of a database, and where two databases differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Table, select

from park_downtime.database import statistics_tables as tables
from park_downtime.database.engine import reading

COMPARED: tuple[Table, ...] = (
    tables.ride_daily_stats,
    tables.park_daily_stats,
    tables.ride_closures,
    tables.park_operating_sessions,
    tables.ride_period_totals,
    tables.park_period_totals,
    tables.ride_weekly_stats,
    tables.ride_monthly_stats,
    tables.ride_yearly_stats,
    tables.park_weekly_stats,
    tables.park_monthly_stats,
    tables.park_yearly_stats,
)

WHEN_IT_WAS_TOLD = "known_at"
"""Of what was told late by a fault, that is no difference of what was told."""

Key = tuple[Any, ...]
Row = Mapping[str, Any]
Rows = dict[str, dict[Key, Row]]


@dataclass(frozen=True)
class Difference:
    """One row that is missing, too many, or has other values."""

    table: str
    key: Key
    values: str

    def __str__(self) -> str:
        return f"{self.table}{self.key}: {self.values}"


def rows_of(engine: Engine, compared: tuple[Table, ...] = COMPARED) -> Rows:
    with reading(engine) as connection:
        return {
            table.name: {
                tuple(row[column.name] for column in table.primary_key): {
                    name: value for name, value in row.items() if name != WHEN_IT_WAS_TOLD
                }
                for row in connection.execute(select(table)).mappings()
            }
            for table in compared
        }


def count(rows: Rows) -> int:
    return sum(len(of_table) for of_table in rows.values())


def differences(undisturbed: Rows, disturbed: Rows) -> list[Difference]:
    return list(_differences(undisturbed, disturbed))


def _differences(undisturbed: Rows, disturbed: Rows) -> Iterator[Difference]:
    for table, expected in undisturbed.items():
        found = disturbed[table]
        for key in sorted(expected.keys() | found.keys()):
            if key not in found:
                yield Difference(table, key, "missing")
            elif key not in expected:
                yield Difference(table, key, "too many")
            elif expected[key] != found[key]:
                changed = [
                    f"{name} {value} -> {found[key][name]}"
                    for name, value in expected[key].items()
                    if found[key][name] != value
                ]
                yield Difference(table, key, ", ".join(changed))
