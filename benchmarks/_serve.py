"""The real `serve` on a database of full size, a minute after its last cycle: `... DATABASE`."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime, timedelta
from threading import Thread

from benchmarks._full_size import NOW
from park_downtime import clock

BEGUN = clock.utc_now()
SYSTEM_CLOCK = clock.utc_now


def shifted() -> datetime:
    return NOW + timedelta(minutes=1) + (SYSTEM_CLOCK() - BEGUN)


def stop_with_standard_input() -> None:
    """Also when the benchmark is killed."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main(database_url: str) -> int:
    os.environ |= {"DATABASE_URL": database_url, "RATE_LIMIT": "100000000 per minute"}
    clock.utc_now = shifted  # before anybody has imported it by name
    from park_downtime.cli import main as command

    Thread(target=stop_with_standard_input, daemon=True).start()
    return command(["serve", "--port", "0"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
