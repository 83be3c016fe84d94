"""What the kernel is asked about processes."""

from __future__ import annotations

import os
import socket

from benchmarks._watched import Seen, family_of


def ourselves(port: int) -> Seen:
    return family_of(os.getpid(), port)[0]


def test_a_connection_to_the_port_is_no_other_descriptor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        before = ourselves(port)
        with socket.create_connection(("127.0.0.1", port)):
            during = ourselves(port)
        after = ourselves(port)
    assert [seen.connections for seen in (before, during, after)] == [0, 1, 0]
    assert before.descriptors == during.descriptors == after.descriptors


def test_a_peak_is_no_less_than_what_is_resident() -> None:
    seen = ourselves(1)
    assert 0 < seen.resident_mb <= seen.peak_mb
