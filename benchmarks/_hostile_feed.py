"""A feed whose every park means harm, in a process of its own: `... PARKS MODE`; its URL is the first line.

Each mode is what an answer can do at worst within one bound: many entries, long names, deep or dense
JSON, compressed nothing, bytes that never end.
"""

from __future__ import annotations

import gzip
import json
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks._processes import serving

ENTRIES = 5_000


def hostile_feed(parks: int, mode: str) -> AbstractContextManager[str]:
    """Its URL, until the end of the block."""
    return serving("_hostile_feed", parks, mode)


def _park_list(parks: int) -> bytes:
    entries = [
        {
            "id": 1 + number,
            "name": f"Park {number}",
            "continent": "North America",
            "timezone": "America/Toronto",
        }
        for number in range(parks)
    ]
    return json.dumps([{"id": 1, "name": "All", "parks": entries}]).encode()


def _entry(park_id: int, number: int, name: str) -> dict[str, Any]:
    return {
        "id": park_id * 10_000 + number,
        "name": f"{name}{number}",
        "is_open": True,
        "wait_time": number % 60,
    }


def _rides(name: str, entries: int = ENTRIES) -> Callable[[int], bytes]:
    def payload(park_id: int) -> bytes:
        rides = [_entry(park_id, number, name) for number in range(entries)]
        return json.dumps({"lands": [], "rides": rides}, ensure_ascii=False).encode()

    return payload


def _lands(park_id: int) -> bytes:
    lands = [
        {"id": number + 1, "name": f"{'L' * 250}{number}", "rides": [_entry(park_id, number, "r")]}
        for number in range(ENTRIES)
    ]
    return json.dumps({"lands": lands, "rides": []}).encode()


def _half_odd(park_id: int) -> bytes:
    rides = [_entry(park_id, number, "r") for number in range(ENTRIES)]
    for ride in rides[::2]:
        ride["is_open"] = "perhaps" * 20
    return json.dumps({"lands": [], "rides": rides}).encode()


MODES: dict[str, Callable[[int], bytes]] = {
    "many entries": _rides("r"),
    "long names": _rides("x" * 290),
    "long names of 4 bytes a character": _rides("\U0001f3a2" * 290, entries=1_900),
    "many lands": _lands,
    "half of it odd": _half_odd,
    "more entries than are read": _rides("r", entries=16_000),
    "dense JSON": lambda _: b'{"lands":[],"rides":[' + b"{}," * 800_000 + b"{}]}",
    "as dense as is read": lambda _: b'{"lands":[],"rides":[],"x":[' + b'{"a":0},' * 49_000 + b"0]}",
    "deep JSON": lambda _: b"[" * 1_000_000,
    "one long name": lambda _: (
        b'{"lands":[],"rides":[{"id":1,"is_open":true,"name":"' + b"n" * 2_400_000 + b'"}]}'
    ),
    "blanks": lambda _: b'{"lands":[],"rides":[' + b" " * 40_000_000 + b"]}",
}
PACKED = "a gigabyte, packed"
NAMES = (*MODES, PACKED)


def _handler(parks: int, mode: str) -> type[BaseHTTPRequestHandler]:
    packed = gzip.compress(b" " * 200_000_000) * 5 if mode == PACKED else None

    @lru_cache(maxsize=8)
    def answer(park_id: int) -> bytes:
        return packed or MODES[mode](park_id)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_list = self.path.endswith("/parks.json")
            body = _park_list(parks) if is_list else answer(int(self.path.split("/")[2]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            if packed is not None and not is_list:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the program has seen enough

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _serve(parks: int, mode: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(parks, mode)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
