"""How often one address may ask: a bucket that refills evenly, in memory, per process."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import Flask, request

from park_downtime import clock
from park_downtime.api.middleware.client_address import ClientAddresses
from park_downtime.api.middleware.errors import RateLimited
from park_downtime.api.pages.dashboard import ENDPOINT, IN_FOLDER
from park_downtime.config.settings import Settings

MOST_ADDRESSES = 50_000
MINUTE = 60.0


class RateLimit:
    """`per_minute` at once at most, then one each time the minute's share has passed.

    Keeps one number per address: when its bucket will be full again.
    """

    def __init__(
        self,
        per_minute: int,
        seconds: Callable[[], float] = clock.monotonic_seconds,
        most_addresses: int = MOST_ADDRESSES,
    ) -> None:
        self._each = MINUTE / per_minute
        self._seconds = seconds
        self._most = most_addresses
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def wait_seconds(self, address: str) -> float:
        """0 and the request is counted, or how long to wait before the next one."""
        now = self._seconds()
        with self._lock:
            full_at = max(self._full_at.get(address, now), now) + self._each
            if full_at - now > MINUTE + self._each / 2:
                return full_at - now - MINUTE
            self._full_at[address] = full_at
            self._full_at.move_to_end(address)
            if len(self._full_at) > self._most:
                self._full_at.popitem(last=False)
        return 0.0


def install(app: Flask, settings: Settings) -> None:
    """Static files are left out: they cost nothing and a page has many. What a cache in front answers never
    gets here, and is not counted.
    """
    limit, addresses = RateLimit(settings.rate_limit), ClientAddresses(settings.trusted_proxies)

    def check() -> None:
        if request.endpoint in (ENDPOINT, IN_FOLDER):
            return
        environ = request.environ
        address = addresses.client(environ.get("REMOTE_ADDR") or "", environ.get("HTTP_X_FORWARDED_FOR"))
        wait = limit.wait_seconds(address)
        if wait > 0:
            raise RateLimited(f"Too many requests: at most {settings.rate_limit} per minute", math.ceil(wait))

    app.before_request(check)
