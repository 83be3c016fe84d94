"""Two other sites on the loopback, one allowed to frame the dashboard and one not."""

from __future__ import annotations

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

ALLOWED_HOST = "partner.test"
FOREIGN_HOST = "stranger.test"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        framed = parse_qs(urlsplit(self.path).query).get("frame", [""])[0]
        page = (
            f'<!doctype html><title>Another site</title><iframe src="{escape(framed)}" width=1000 height=700>'
        )
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


class FramingPages:
    """`with FramingPages() as pages: pages.allowed + "/?frame=https://..."`. The names are those of a browser
    that maps *.test to the loopback; both lead to one server, whose pages differ in their origin alone.
    """

    def __init__(self) -> None:
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        port = self._http.server_address[1]
        self.allowed = f"http://{ALLOWED_HOST}:{port}"
        self.foreign = f"http://{FOREIGN_HOST}:{port}"

    def __enter__(self) -> FramingPages:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
