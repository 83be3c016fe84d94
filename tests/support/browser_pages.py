"""What the browser tests share: how a page is opened, watched and waited for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from waiting import PATIENCE_SECONDS, wait_until

Open = Callable[..., Page]
PATIENCE = 1000 * PATIENCE_SECONDS  # in Playwright's milliseconds
REFUSED = "Failed to load resource"  # the browser's own line about an answer that a test made fail


def until_asked(page: Page, look: Callable[[], object], holds: Callable[[object], object] = bool) -> None:
    """For what the page cannot show: what the server was asked. The page's own events go on meanwhile."""
    wait_until("asking the server", look, holds, pause=lambda seconds: page.wait_for_timeout(1000 * seconds))


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
