"""What the browser tests share: how a page is opened, watched and waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
REFUSED = "Failed to load resource"  # the browser's own line about an answer that a test made fail


def wait_until(page: Page, happened: Callable[[], bool], seconds: float = 15) -> None:
    """For what the page cannot show: what the server was asked."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        page.wait_for_timeout(20)


def watch(page: Page, host: str, complain: Callable[[str], None]) -> None:
    page.on("pageerror", lambda error: complain(f"error: {error}"))
    page.on(
        "console",
        lambda message: (
            complain(f"console: {message.text}")
            if message.type in ("error", "warning") and not message.text.startswith(REFUSED)
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if urlsplit(request.url).netloc == host else complain(f"asked another host: {request.url}")
        ),
    )


def settle(page: Page) -> None:
    """Until the view has its figures, or says why it has none."""
    expect(page.locator("#view")).to_have_attribute("aria-busy", "false")
