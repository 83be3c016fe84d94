"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".unfinished"


@contextmanager
def writing_whole(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """What is written becomes `path` at the end. Raises OSError when it cannot be stored; then, and after
    any other exception, `path` is as it was before.
    """
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


@contextmanager
def writing_if_other(path: Path) -> Iterator[BinaryIO]:
    """The same, but a file that holds those bytes already is left alone, with its time."""
    new = path.with_name(path.name + ".new")
    with writing_whole(new) as file:
        yield file
    if path.exists() and filecmp.cmp(new, path, shallow=False):
        new.unlink()
        return
    new.replace(path)
    _sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    with writing_whole(path) as file:
        file.write(content)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
