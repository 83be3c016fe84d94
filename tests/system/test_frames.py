"""FRAME_ANCESTORS names one origin: a browser shows the dashboard within its pages and within no others."""

from __future__ import annotations

from collections.abc import Iterator

import apache
import pytest
from browser_pages import PATIENCE
from deployed_site import Site
from framing_pages import FramingPages
from playwright.sync_api import Page, expect, sync_playwright
from waiting import wait_until

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.test 127.0.0.1"),
)
REFUSED = "frame-ancestors"


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(ignore_https_errors=True)
        yield context.new_page()
        browser.close()


def framed(site: Site, origin: str, path: str) -> str:
    """The address of a page of `origin` with the site in a frame."""
    return f"{origin}/?frame=https://{apache.HOST}:{site.apache.https}{path}"


def test_the_dashboard_works_within_a_page_of_the_allowed_origin(
    site: Site, framing_pages: FramingPages, page: Page
) -> None:
    page.goto(framed(site, framing_pages.allowed, "/"))
    view = page.frame_locator("iframe").locator("#view")
    expect(view).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
    expect(view).to_contain_text("Park 1")


@pytest.mark.parametrize("path", ["/", "/api/docs"])
def test_a_page_of_a_foreign_origin_is_refused(
    site: Site, framing_pages: FramingPages, page: Page, path: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(framed(site, framing_pages.foreign, path))
    (frame,) = page.main_frame.child_frames
    frame.wait_for_url("chrome-error://**", timeout=PATIENCE)
    wait_until(
        "the browser's refusal",
        lambda: list(said),
        lambda lines: any(REFUSED in line for line in lines),
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )
    assert "Queue-Times.com" not in frame.content()


def test_a_page_of_the_api_follows_the_setting_too(
    site: Site, framing_pages: FramingPages, page: Page
) -> None:
    page.goto(framed(site, framing_pages.allowed, "/api/docs"))
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible(timeout=PATIENCE)
