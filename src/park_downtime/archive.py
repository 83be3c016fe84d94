"""The file that `export` writes and `import` reads: a zip of JSON lines, one member a table, and a manifest.

manifest.json                 format, program, schema revision, time, and of each table: columns, rows, sha256
parks.jsonl                   one JSON array a row, in the order of the manifest's columns
stretches/4/2026-07.csv.gz    a file of ARCHIVE_DIR as it is: a park's stretches of a month
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from park_downtime.whole_file import writing_whole

FORMAT = 2
READABLE = (1, FORMAT)
"""Of format 1 are those that have no stretches."""
MANIFEST = "manifest.json"

PlainRow = list[Any]


class ArchiveUnusable(Exception):
    """The file is no archive of ours, is damaged, or is of another release; the message says which."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What the manifest says of one table. `sha256` is that of its lines as they stand uncompressed."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest says of one file that is carried as it is."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`as_of`: the last landed cycle; `totals`: the local date each park's period totals were made for;
    `simulated`: whether made-up data are among it, which an archive of an earlier release does not say;
    `stretches`: by park and month (4/2026-07), None where they were not carried.
    """

    schema_revision: str
    program_version: str
    exported_at: str
    as_of: str | None
    data_version: int
    has_readings: bool
    totals: dict[str, str]
    tables: dict[str, TableEntry]
    simulated: bool = False
    stretches: dict[str, FileEntry] | None = None


class ArchiveWriter:
    """Members are written one after the other; the manifest comes last."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def table(self, name: str, columns: list[str], rows: Iterable[PlainRow]) -> TableEntry:
        digest, count = hashlib.sha256(), 0
        with self._file.open(_member(name), "w", force_zip64=True) as member:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                member.write(line)
                count += 1
        return TableEntry(columns, count, digest.hexdigest())

    def stretches(self, name: str, content: bytes) -> FileEntry:
        self._file.writestr(_stretches_member(name), content, zipfile.ZIP_STORED)  # packed already
        return FileEntry(len(content), hashlib.sha256(content).hexdigest())

    def manifest(self, manifest: Manifest) -> None:
        text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, sort_keys=True)
        self._file.writestr(MANIFEST, text + "\n")


@contextmanager
def writing_archive(path: Path) -> Iterator[ArchiveWriter]:
    """The file is there whole, readable by its owner alone, or not at all."""
    with writing_whole(path, 0o600) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        yield ArchiveWriter(file)


class ArchiveReader:
    """An archive whose manifest has been read; `check` compares every line and file with it."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self._path = path
        self._file = file
        self.manifest = self._read_manifest()

    def check(self) -> None:
        """Raises ArchiveUnusable for the first table or file that is not what the manifest says."""
        for name, entry in self.manifest.tables.items():
            digest, count = hashlib.sha256(), 0
            for line in self._lines(name):
                digest.update(line)
                count += 1
            if (count, digest.hexdigest()) != (entry.rows, entry.sha256):
                raise ArchiveUnusable(f"{self._path} is damaged: {name} is not what its manifest says")
        for name, known in (self.manifest.stretches or {}).items():
            content = self.stretches(name)
            if (len(content), hashlib.sha256(content).hexdigest()) != (known.bytes, known.sha256):
                raise ArchiveUnusable(
                    f"{self._path} is damaged: stretches of {name} are not what its manifest says"
                )

    def rows(self, name: str) -> Iterator[PlainRow]:
        for line in self._lines(name):
            yield json.loads(line)

    def stretches(self, name: str) -> bytes:
        try:
            return self._file.read(_stretches_member(name))
        except (KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise ArchiveUnusable(
                f"{self._path} is damaged: stretches of {name} cannot be read ({error})"
            ) from error

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            with self._file.open(_member(name)) as member:
                yield from member
        except (KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise ArchiveUnusable(f"{self._path} is damaged: {name} cannot be read ({error})") from error

    def _read_manifest(self) -> Manifest:
        try:
            values = json.loads(self._file.read(MANIFEST))
            number = values.pop("format")
        except (KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
            raise ArchiveUnusable(f"{self._path} is no archive of `park-downtime export`") from error
        if number not in READABLE:
            raise ArchiveUnusable(f"{self._path} has format {number}, this program reads {FORMAT} and older")
        try:
            tables = {name: TableEntry(**entry) for name, entry in values.pop("tables").items()}
            files = values.pop("stretches", None)
            stretches = files and {name: FileEntry(**entry) for name, entry in files.items()}
            return Manifest(**values, tables=tables, stretches=stretches)
        except (KeyError, TypeError, AttributeError) as error:
            raise ArchiveUnusable(
                f"{self._path} is damaged: its manifest cannot be read ({error})"
            ) from error


@contextmanager
def reading_archive(path: Path) -> Iterator[ArchiveReader]:
    """Raises ArchiveUnusable, or OSError where the file cannot be opened at all."""
    try:
        file = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise ArchiveUnusable(f"{path} is no archive of `park-downtime export`") from error
    with file:
        yield ArchiveReader(path, file)


def _member(table: str) -> str:
    return f"{table}.jsonl"


def _stretches_member(name: str) -> str:
    return f"stretches/{name}.csv.gz"
