"""Start `make run` or `make demo` as a newcomer does, look at its first page, and end it by Ctrl-C.

    python3 tools/first_page.py run|demo

It tells how long each took, and ends with status 1 and the program's own output where something is not as it
should be. Only the standard library: it runs before anything is installed.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

CHECKOUT = Path(__file__).parent.parent
BOUND_SECONDS = 300.0  # for a busy machine; how long it may take is a budget, which benchmarks measure
OPENER = build_opener(ProxyHandler({}))
ATTRIBUTION = "Data powered by Queue-Times.com"


class NotAsItShouldBe(Exception):
    pass


def main() -> int:
    if sys.argv[1:] not in (["run"], ["demo"]):
        print(__doc__, file=sys.stderr)
        return 2
    target = sys.argv[1]
    begun = time.monotonic()
    subprocess.run(["make", ".venv/.run"], cwd=CHECKOUT, check=True)
    print(f"make {target}: installed after {time.monotonic() - begun:.1f} s", flush=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryFile() as output:
        started = time.monotonic()
        program = subprocess.Popen(
            ["make", target, f"PORT={port}"],
            cwd=CHECKOUT,
            env={**os.environ, "XDG_DATA_HOME": data},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            look(target, program, f"http://127.0.0.1:{port}", started)
        except NotAsItShouldBe as fault:
            print(f"make {target}: {fault}\n{written(output)}", file=sys.stderr)
            return 1
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
    return 0


def look(target: str, program: subprocess.Popen[bytes], url: str, started: float) -> None:
    def waited() -> str:
        return f"{time.monotonic() - started:.1f} s"

    until(
        lambda: "<title>" in text_of(f"{url}/") and ATTRIBUTION in text_of(f"{url}/"), "a first page", program
    )
    print(f"make {target}: first page after {waited()}", flush=True)
    for file in ("css/styles.css", "js/app.js", "api/openapi.json"):
        if not text_of(f"{url}/{file}"):
            raise NotAsItShouldBe(f"/{file} is empty or missing")
    if target == "demo":
        until(lambda: bool(rows_of(f"{url}/api/parks/downtime")), "parks with data", program)
        until(lambda: bool(rows_of(f"{url}/api/rides/waittimes")), "rides with data", program)
        print(f"make {target}: data after {waited()}", flush=True)
    asked = time.monotonic()
    os.killpg(program.pid, signal.SIGINT)  # a terminal sends it to all of them
    try:
        program.wait(BOUND_SECONDS)
    except subprocess.TimeoutExpired:
        raise NotAsItShouldBe("Ctrl-C does not end it") from None
    print(f"make {target}: ended by Ctrl-C after {time.monotonic() - asked:.1f} s", flush=True)


def until(holds: Callable[[], bool], what: str, program: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + BOUND_SECONDS
    while not holds():
        if program.poll() is not None:
            raise NotAsItShouldBe(f"ended with status {program.returncode} before there was {what}")
        if time.monotonic() > deadline:
            raise NotAsItShouldBe(f"no {what} after {BOUND_SECONDS:.0f} s")
        time.sleep(0.1)


def text_of(url: str) -> str:
    """What is there; nothing where nobody answers yet."""
    try:
        with OPENER.open(url, timeout=30) as answer:
            content: bytes = answer.read()
            return content.decode()
    except (URLError, OSError):
        return ""


def rows_of(url: str) -> list[object]:
    text = text_of(url)
    rows = json.loads(text)["data"] if text else []
    return list(rows)


def written(output: IO[bytes]) -> str:
    output.seek(0)
    return output.read().decode("utf-8", "replace")[-4000:]


if __name__ == "__main__":
    sys.exit(main())
