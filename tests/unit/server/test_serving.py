"""What `serve` loads stays in memory for as long as it runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = (
    "import sys, park_downtime.commands.serve, park_downtime.server.serving, park_downtime.database.schema"
)


@pytest.mark.parametrize("package", ["alembic", "requests", "pydantic", "park_downtime.simulator"])
def test_serving_loads_nothing_that_only_collecting_or_migrating_needs(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{LOADED}; sys.exit({package!r} in sys.modules)"], check=False
    )
    assert done.returncode == 0
