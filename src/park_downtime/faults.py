"""What is logged of a fault: one line where the database refused, our own traceback where we were wrong."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError


def unforeseen(error: Exception) -> Exception | None:
    """For `exc_info`: the error where its traceback tells more than its reason does."""
    return None if isinstance(error, SQLAlchemyError) else error
