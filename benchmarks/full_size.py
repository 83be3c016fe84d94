"""Bytes on disk of a database of full size, table by table: 100 parks, 5,000 rides, a full year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._full_size import full_size
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.tables import metadata

MEGABYTES, AIMED_AT = 400, 350
BLOCK_BYTES = 512  # what `st_blocks` counts, whatever the file system's blocks are

# An index stands under its own name; what belongs to a table is added up.
SQLITE_SIZES = """
    SELECT s.tbl_name AS name, SUM(d.pgsize) AS size FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
    GROUP BY s.tbl_name"""
INNODB_USED = """
    SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = 'bench'"""


@dataclass(frozen=True)
class Size:
    """Bytes of a table. `apparent`: how long its file is, as far as that may be more."""

    name: str
    rows: int
    allocated: int
    apparent: int


def main() -> None:
    _report.heading("A full year on disk")
    for name in engines():
        with full_size(name) as url:
            engine = make_engine(url)
            with reading(engine) as connection:
                sizes = _on_sqlite(connection) if name == "SQLite" else _on_innodb(connection)
                used = None if name == "SQLite" else connection.scalar(text(INNODB_USED))
            engine.dispose()
            total = sum(size.allocated for size in sizes) / 1e6
            _report.table(
                [f"{name}: table", "rows", "MB", "apparent MB", "bytes a row"],
                [
                    [
                        f"`{size.name}`",
                        size.rows,
                        round(size.allocated / 1e6, 1),
                        round(size.apparent / 1e6, 1),
                        round(size.allocated / size.rows) if size.rows > 100 else "",
                    ]
                    for size in sorted(sizes, key=lambda size: -size.allocated)
                    if size.allocated > 500_000
                ],
            )
            budget = _report.within(total, MEGABYTES, f"size on {name}") if name == "MariaDB" else "none"
            print(f"\nAll tables: {total:.0f} MB; budget {budget} MB, aimed at {AIMED_AT}.")
            if used is not None:
                apparent = sum(size.apparent for size in sizes) / 1e6
                print(
                    f"The files say {apparent:.0f} MB; {float(used) / 1e6:.0f} MB belong to rows and indexes."
                )
            else:
                print(f"The file: {Path(make_url(url).database or '').stat().st_size / 1e6:.0f} MB.")


def _on_sqlite(connection: Connection) -> list[Size]:
    return [
        Size(name, _rows(connection, name), int(size), int(size))
        for name, size in connection.execute(text(SQLITE_SIZES)).all()
        if name in metadata.tables
    ]


def _on_innodb(connection: Connection) -> list[Size]:
    """Of the files themselves, when all that was changed is written to them."""
    rows = {name: _rows(connection, name) for name in metadata.tables}
    folder = Path(connection.scalar(text("SELECT @@datadir")) or "") / "bench"
    with _written(connection):
        found = {name: (folder / f"{name}.ibd").stat() for name in metadata.tables}
    return [Size(name, rows[name], of.st_blocks * BLOCK_BYTES, of.st_size) for name, of in found.items()]


@contextmanager
def _written(connection: Connection) -> Iterator[None]:
    connection.execute(text(f"FLUSH TABLES {', '.join(metadata.tables)} FOR EXPORT"))
    yield
    connection.execute(text("UNLOCK TABLES"))


def _rows(connection: Connection, name: str) -> int:
    return connection.scalar(text(f"SELECT COUNT(*) FROM {name}")) or 0  # noqa: S608


if __name__ == "__main__":
    main()
    _report.end()
