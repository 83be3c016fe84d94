"""Clients of the API in a process of their own: `python -m faults.clients URL CLIENTS SECONDS`.

Each keeps its connection and asks as fast as it is answered. Prints one line of JSON at the end.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ports import is_listened_on
from waiting import wait_until

PATHS = (
    "/api/parks/downtime?period=today",
    "/api/rides/downtime?period=7days",
    "/api/rides/waittimes?mode=live",
    "/api/parks/17/details?period=today",
    "/api/parks/17/timeline",
    "/api/trends?category=rides-declining",
    "/api/now",
    "/api/rides",
)


@dataclass
class Told:
    """Answers by status, and how long each took. `cut`: connections that ended in the middle."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    cut: int = 0


async def ask(host: str, port: int, number: int, until: float, told: Told) -> None:
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection(host, port)
        except OSError:
            told.cut += 1
            await asyncio.to_thread(wait_until, "the API is back", lambda: is_listened_on(port))
            continue
        try:
            while time.monotonic() < until:
                number += 1
                begun = time.monotonic()
                writer.write(f"GET {PATHS[number % len(PATHS)]} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                status = await _answer(reader)
                told.statuses[status] += 1
                told.seconds.append(time.monotonic() - begun)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            told.cut += 1
        finally:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of an answer that came whole."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    length = next(int(line.partition(":")[2]) for line in head if line.lower().startswith("content-length:"))
    body = await reader.readexactly(length)
    json.loads(body)
    return int(head[0].split()[1])


async def run(url: str, clients: int, seconds: float) -> Told:
    address, told = urlsplit(url), Told()
    assert address.hostname is not None and address.port is not None
    until = time.monotonic() + seconds
    tasks = [ask(address.hostname, address.port, number, until, told) for number in range(clients)]
    await asyncio.wait_for(asyncio.gather(*tasks), seconds + 60)
    return told


def main(url: str, clients: int, seconds: float) -> None:
    told = asyncio.run(run(url, clients, seconds))
    found = {
        "statuses": {str(status): count for status, count in sorted(told.statuses.items())},
        "slowest_seconds": max(told.seconds, default=None),
        "cut": told.cut,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
