"""Long work: a progress bar on a terminal, a log line now and then elsewhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from park_downtime.clock import monotonic_seconds

log = logging.getLogger(__name__)

EVERY_SECONDS = 10.0

Progress = Callable[[int, int], None]
"""Told how many parts are done, of how many."""


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    if sys.stderr.isatty():
        with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

            def draw(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            yield draw
        return
    last = monotonic_seconds()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done == total or monotonic_seconds() - last >= EVERY_SECONDS:
            last = monotonic_seconds()
            log.info(label, extra={"done": done, "total": total})

    yield tell
