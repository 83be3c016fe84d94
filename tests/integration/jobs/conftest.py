"""The databases of transfer_support as fixtures, and some weeks of days that nights have closed."""

from __future__ import annotations

from pathlib import Path

import made_up_month
import pytest
from transfer_support import filled, move

__all__ = ["closed_month", "filled", "move"]


@pytest.fixture(scope="session")
def closed_month(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`month.sqlite` and its `archive`, made once: tests change copies."""
    folder = tmp_path_factory.mktemp("month")
    made_up_month.close(folder, migrated_sqlite)
    return folder
