"""Bytes on disk of a database of full size, table by table: 100 parks, 5,000 rides, a full year."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._full_size import full_size
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.tables import metadata

MEGABYTES, AIMED_AT = 500, 350

# An index stands under its own name; what belongs to a table is added up.
SQLITE_SIZES = """
    SELECT s.tbl_name AS name, SUM(d.pgsize) AS size FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
    GROUP BY s.tbl_name"""
INNODB_SIZES = """
    SELECT SUBSTRING_INDEX(name, '/', -1) AS name, file_size AS size
    FROM information_schema.innodb_sys_tablespaces WHERE name LIKE 'bench/%'"""
INNODB_USED = """
    SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = 'bench'"""


def main() -> None:
    _report.heading("A full year on disk")
    for name in engines():
        with full_size(name) as url:
            engine = make_engine(url)
            with reading(engine) as connection:
                rows = _rows(connection, SQLITE_SIZES if name == "SQLite" else INNODB_SIZES)
                used = None if name == "SQLite" else connection.scalar(text(INNODB_USED))
            engine.dispose()
            total = sum(size for _, _, size in rows) / 1e6
            _report.table(
                [f"{name}: table", "rows", "MB", "bytes a row"],
                [
                    [f"`{table}`", count, round(size / 1e6, 1), round(size / count) if count > 100 else ""]
                    for table, count, size in sorted(rows, key=lambda row: -row[2])
                    if size > 500_000
                ],
            )
            budget = _report.within(total, MEGABYTES, f"size on {name}") if name == "MariaDB" else "none"
            print(f"\nAll tables: {total:.0f} MB; budget {budget} MB, aimed at {AIMED_AT}.")
            if used is not None:
                print(f"Files grow by 4 MB at a time: {float(used) / 1e6:.0f} MB of them are in use.")
            else:
                print(f"The file: {Path(make_url(url).database or '').stat().st_size / 1e6:.0f} MB.")


def _rows(connection: Connection, sizes: str) -> list[tuple[str, int, int]]:
    found = []
    for name, size in connection.execute(text(sizes)).all():
        if name in metadata.tables:
            count = connection.scalar(text(f"SELECT COUNT(*) FROM {name}")) or 0  # noqa: S608
            found.append((name, count, int(size)))
    return found


if __name__ == "__main__":
    main()
    _report.end()
