"""The program in a thread, behind an Apache with the shipped files: what reaches it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import requests
from apache import HOST, Apache
from deployed_site import ask
from deployment import CHECKOUT
from waiting import PATIENCE_SECONDS

from park_downtime.server.web_server import WebServer, listen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class CountedBackend:
    """`app` may be changed for another at any time; `asked`: the addresses that reached it."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self.asked: list[str] = []
        self._stopping = Event()
        self._server = WebServer(self._answer, listen("127.0.0.1", 0))
        self._thread = Thread(target=self._server.serve, args=(self._stopping,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return self._server.url

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(PATIENCE_SECONDS)

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        self.asked.append(environ["PATH_INFO"] + (f"?{query}" if query else ""))
        return self.app(environ, start_response)


@dataclass
class CachingSite:
    """An Apache that caches, and the program behind it."""

    apache: Apache
    backend: CountedBackend

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> requests.Response:
        return ask(self.apache, method, path, **headers)

    def reached(self, path: str) -> int:
        """How often this address reached the program."""
        return self.backend.asked.count(path)


def caching_apache(folder: Path, backend: CountedBackend, user: str, **defines: str) -> Apache:
    """The shipped site before a backend; it is not started yet."""
    (folder / "frontend" / "current").mkdir(parents=True, exist_ok=True)
    return Apache(
        folder,
        CHECKOUT / "deployment" / "apache" / "themeparkhall.conf",
        {
            "PARK_ROOT": str(folder),
            "PARK_BACKEND_CONF": str(CHECKOUT / "deployment" / "apache" / "proxy.conf"),
            "PARK_API_ADDRESS": backend.url,
            **defines,
        },
        user,
    )


def is_copy(answer: requests.Response) -> bool:
    """Whether Apache gave it from its cache."""
    return answer.headers.get("X-Cache") == f"HIT from {HOST}"
