"""Ports on the loopback: one that nobody listens on, and whether somebody does."""

from __future__ import annotations

import socket


def free_port() -> int:
    """The kernel gives the numbers in turn, so it is not soon somebody else's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_listened_on(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
