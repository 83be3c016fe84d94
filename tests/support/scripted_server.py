"""A server that answers with exactly the bytes a test wants, at the pace it wants."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

from waiting import PATIENCE_SECONDS

Script = Callable[[str, socket.socket], None]
"""Is given the head of a request and the connection to answer on."""


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_encoding="gzip"` becomes a header."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class ScriptedServer:
    """Answers the n-th request with the n-th script, and every further one with the last."""

    def __init__(self, *scripts: Script | bytes) -> None:
        self.requests: list[str] = []
        self.stopping = threading.Event()
        self._scripts = scripts
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def play(self, *scripts: Script | bytes) -> None:
        """For scripts that need the server they run on."""
        self._scripts = scripts

    def trickle(self, head: bytes, piece: bytes, pause_seconds: float) -> Script:
        """Sends `head` at once and then `piece` for ever."""

        def script(request: str, connection: socket.socket) -> None:
            connection.sendall(head)
            while not self.stopping.wait(pause_seconds):
                connection.sendall(piece)

        return script

    def __enter__(self) -> ScriptedServer:
        thread = threading.Thread(target=self._accept)
        thread.start()
        self._threads.append(thread)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(timeout=PATIENCE_SECONDS)

    def _accept(self) -> None:
        for connection in self._connections():
            thread = threading.Thread(target=self._serve, args=(connection,))
            thread.start()
            self._threads.append(thread)

    def _connections(self) -> Iterator[socket.socket]:
        while not self.stopping.is_set():
            try:
                yield self._listener.accept()[0]
            except OSError:
                return

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(PATIENCE_SECONDS)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            request = head.decode("latin-1")
            script = self._scripts[min(len(self.requests), len(self._scripts) - 1)]
            self.requests.append(request)
            if isinstance(script, bytes):
                connection.sendall(script)
            else:
                script(request, connection)
