"""Transactions that are done again at once where the server took them back and says to (TryAgain).

What is done again must be one whole transaction: questions of one state, or changes none of which is stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine

from park_downtime.database.availability import TryAgain, in_one_line
from park_downtime.database.engine import reading, writing

log = logging.getLogger(__name__)

AT_MOST = 3

Value = TypeVar("Value")


def tried_again(work: Callable[[], Value]) -> Value:
    """What `work` gives. Raises TryAgain when the server asks for a fourth time."""
    for _ in range(AT_MOST - 1):
        try:
            return work()
        except TryAgain as error:
            log.info("asked again at once", extra={"reason": in_one_line(error)})
    return work()


def read_again(engine: Engine, question: Callable[[Connection], Value]) -> Value:
    """What the question finds, in one state of the database."""

    def ask() -> Value:
        with reading(engine) as connection:
            return question(connection)

    return tried_again(ask)


def write_again(engine: Engine, change: Callable[[Connection], Value]) -> Value:
    """What the change answers, once all of it is stored; what it keeps in memory must bear a repetition."""

    def store() -> Value:
        with writing(engine) as connection:
            return change(connection)

    return tried_again(store)
