"""The dashboard's files: in the installed package, beside the checkout, or where the operator put them."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from flask import Flask, Response
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from park_downtime.api.caching.cached_response import CachedResponse, send
from park_downtime.api.caching.single_flight_cache import SingleFlightCache
from park_downtime.api.middleware.security_headers import DASHBOARD, POLICY
from park_downtime.api.site_address import site_address
from park_downtime.config.settings import Settings

PACKAGE = Path(__file__).resolve().parents[2]
INDEX = "index.html"
ENDPOINT = "dashboard_file"
IN_FOLDER = "dashboard_file_in_folder"
REVALIDATE = "no-cache"
_ABSOLUTE = re.compile(rb'(rel="(?:home|canonical)" href=|property="og:image" content=)"(?:\./)?([^":]*)"')
"""What those read who see the page from elsewhere, to whom a relative address leads nowhere.
deploy-frontend.sh writes the site's into the files in the same way.
"""


def dashboard_folder(settings: Settings) -> Path | None:
    """Where index.html is; None: this installation has no dashboard."""
    told = getattr(settings, "frontend_dir", None)
    folders = [Path(told)] if told else [PACKAGE / "frontend", PACKAGE.parents[1] / "frontend"]
    return next((folder for folder in folders if (folder / INDEX).is_file()), None)


def install(app: Flask, folder: Path, settings: Settings) -> None:
    """Files are kept in memory and read anew when they change."""
    cached_files = SingleFlightCache()

    def file(name: str = INDEX) -> Response:
        path = _inside(folder, name)
        status = path.stat()
        version = f"{status.st_mtime_ns:x}-{status.st_size:x}"
        cached = cached_files.get("files", (name, version), lambda: _read(path), lambda read: read.size)
        if cached.mimetype == "text/html":
            site = site_address(settings)
            cached = _with_site(cached, site)
            version = f"{version}-{crc32(str(site).encode()):x}"
        return send(cached, f'W/"{version}"', REVALIDATE)

    def file_in(part: str, name: str) -> Response:
        return file(f"{part}/{name}")

    at_root = ",".join(sorted(f'"{path.name}"' for path in folder.iterdir() if path.is_file()))
    app.add_url_rule("/", ENDPOINT, file)
    app.add_url_rule(f"/<any({at_root}):name>", ENDPOINT, file)
    app.add_url_rule("/<any(css,js,assets):part>/<path:name>", IN_FOLDER, file_in)


def _inside(folder: Path, name: str) -> Path:
    joined = None if "/." in f"/{name}" else safe_join(str(folder), name)
    if joined is None:
        raise NotFound
    path = Path(joined)
    try:
        is_ours = path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):  # a name that no file can have: too long, a NUL byte
        raise NotFound from None
    if not is_ours:
        raise NotFound
    return path


def _with_site(cached: CachedResponse, site: str | None) -> CachedResponse:
    if site is None:
        return cached
    body = _ABSOLUTE.sub(lambda found: b'%s"%s%s"' % (found[1], site.encode(), found[2]), cached.body)
    return replace(cached, body=body, _compressed=None)


def _read(path: Path) -> CachedResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return CachedResponse(path.read_bytes(), kind, {POLICY: DASHBOARD})
