"""Who may keep a connection of the embedded server: whoever asks, and not whoever only holds on.

A request that trickles in is ended at its deadline. Where an address, or all together, hold too many
connections, the one that has gone longest without a whole request makes room for the newest.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel

from park_downtime.api.middleware.client_address import limited_as
from park_downtime.clock import monotonic_seconds

if TYPE_CHECKING:
    import socket

REQUEST_SECONDS = 10.0
"""From the first byte of a request to its last: a browser sends all of it at once."""
MOST_CONNECTIONS = 1000
OPEN_FILES = 2048
OTHER_FILES = 200  # the database, the dashboard's files, what is accepted between two looks
# Browsers open six each; a whole office behind one address, or a load test, still fits.
MOST_OF_ONE_ADDRESS = 400


def most_connections() -> int:
    """As many as wanted, or as this process may open files for: asks the system for enough first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft - OTHER_FILES)


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows since when it has asked for nothing, and since when it is asking."""

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any = None) -> None:
        self.idle_since = monotonic_seconds()
        self.asking_since: float | None = None
        self.address = limited_as(str(addr[0]))
        super().__init__(server, sock, addr, adj, map=map)

    def received(self, data: bytes) -> bool:
        before = self.request
        took: bool = super().received(data)
        now = monotonic_seconds()
        if self.requests:
            self.idle_since = now
        if self.request is None:
            self.asking_since = None
        elif self.request is not before or self.asking_since is None:
            self.asking_since = now
        return took

    @property
    def is_served(self) -> bool:
        return bool(self.requests)


class Connections:
    """Watches the channels of one server. `is_proxy`: an address that speaks for many visitors, for which
    only the limit of all together holds.
    """

    def __init__(
        self,
        is_proxy: Callable[[str], bool],
        most: int = MOST_CONNECTIONS,
        most_of_one: int = MOST_OF_ONE_ADDRESS,
        request_seconds: float = REQUEST_SECONDS,
    ) -> None:
        self._is_proxy = is_proxy
        self.most = most
        self._most_of_one = most_of_one
        self._request_seconds = request_seconds

    def look(self, channels: list[Channel], now: float) -> None:
        """End what has been asking for too long, and what there is no room for."""
        for channel in channels:
            since = channel.asking_since
            if since is not None and not channel.is_served and now - since > self._request_seconds:
                channel.will_close = True
        staying = [channel for channel in channels if not channel.will_close]
        of_address = Counter(channel.address for channel in staying)
        for address, count in of_address.items():
            if count > self._most_of_one and not self._is_proxy(address):
                _end_idlest([c for c in staying if c.address == address], count - self._most_of_one)
        staying = [channel for channel in staying if not channel.will_close]
        if len(staying) > self.most:
            self._make_room(staying)

    def _make_room(self, staying: list[Channel]) -> None:
        """Of the addresses that hold the most; a visitor with a few never pays for one with hundreds."""
        excess = len(staying) - self.most
        of_address = Counter(channel.address for channel in staying)
        for address, count in of_address.most_common():
            if excess <= 0:
                return
            excess -= _end_idlest([c for c in staying if c.address == address], min(excess, count))


def _end_idlest(channels: list[Channel], how_many: int) -> int:
    """Those without a request in hand that have asked for nothing the longest; how many were ended."""
    waiting = sorted((c for c in channels if not c.is_served), key=lambda channel: channel.idle_since)
    for channel in waiting[:how_many]:
        channel.will_close = True
    return min(how_many, len(waiting))
