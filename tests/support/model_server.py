"""A stand-in for a language model: answers every ride it is asked about, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from waiting import PATIENCE_SECONDS

Entry = dict[str, Any]
SingleFlightCache = Callable[[list[Entry]], str]
"""From the rides of one request to the text of the model."""


def sure_of_everything(rides: list[Entry]) -> str:
    return json.dumps({"rides": [answer(ride["key"]) for ride in rides]})


def answer(key: str, **changes: Any) -> Entry:
    return {"key": key, "category": "ride", "tier": 1, "confidence": 0.9, "reasoning": "a coaster"} | changes


class ModelServer:
    """`failures` are HTTP statuses to answer first, one a request.

    `before_answering` is called with the number of each request, from 1, and may hold it up.
    """

    def __init__(
        self,
        answers: SingleFlightCache = sure_of_everything,
        failures: list[int] | None = None,
        before_answering: Callable[[int], object] = lambda number: None,
        raw: bytes | None = None,
    ) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.most_at_once = 0
        self._answers, self._failures, self._raw = answers, failures or [], raw
        self._before_answering = before_answering
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=PATIENCE_SECONDS)

    def asked(self) -> list[list[Entry]]:
        """The rides of each request."""
        return [json.loads(request["messages"][-1]["content"])["rides"] for request in self.requests]

    def _answer(self, path: str, key: str | None, body: bytes) -> tuple[int, bytes]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            request = json.loads(body)
            self.requests.append(request)
            self.keys.append(key)
            number = len(self.requests)
            failure = self._failures.pop(0) if self._failures else None
        self._before_answering(number)
        with self._lock:
            self._at_once -= 1
        if path != "/v1/chat/completions":
            return 404, b""
        if failure:
            return failure, b"{}"
        if self._raw is not None:
            return 200, self._raw
        text = self._answers(json.loads(request["messages"][-1]["content"])["rides"])
        return 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answered = model._answer(self.path, self.headers["Authorization"], body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answered)))
                self.end_headers()
                self.wfile.write(answered)

            def log_message(self, format: str, *args: Any) -> None:
                """Tests stay silent."""

        return Handler
