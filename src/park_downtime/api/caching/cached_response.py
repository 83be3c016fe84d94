"""An answer as bytes, kept and sent many times: compressed once, compared by its ETag."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field

from flask import Response, request

from park_downtime.api.caching.data_version import DataVersion
from park_downtime.config.settings import Settings

SMALLEST_COMPRESSED = 600
COMPRESSED_ALREADY = ("image/png", "image/gif", "image/jpeg", "image/webp", "font/")
GZIP_LEVEL = 6

SURROGATE = "HTTP_SURROGATE_CAPABILITY"
_NO_GZIP = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")
KEPT_SECONDS = 10
"""Long enough for a cache in front to carry a crowd, short enough for nobody to notice: each cache counts
how old the answer already was, and one that does not adds no more than these.
"""


@dataclass
class CachedResponse:
    """`headers` are those that only this answer has."""

    body: bytes
    mimetype: str
    headers: dict[str, str] = field(default_factory=dict)
    _compressed: bytes | None = None

    @property
    def is_compressible(self) -> bool:
        return len(self.body) >= SMALLEST_COMPRESSED and not self.mimetype.startswith(COMPRESSED_ALREADY)

    @property
    def size(self) -> int:
        """Bytes it takes, allowing for its compressed form."""
        return len(self.body) + len(self.body) // 4 + 500

    def compressed(self) -> bytes:
        if self._compressed is None:
            self._compressed = gzip.compress(self.body, GZIP_LEVEL, mtime=0)
        return self._compressed


def send_at_version(
    cached: CachedResponse, data_version: DataVersion, settings: Settings, *, is_canonical: bool
) -> Response:
    """An answer that holds as long as the data version. `is_canonical`: asked for in canonical form."""
    return send(cached, data_version.etag, cache_control(settings, is_canonical))


def send(cached: CachedResponse, etag: str, cache_control: str) -> Response:
    """The answer to the present request: 304 where the client has it, compressed where it can be.

    A cache that names itself gets what it may keep whole, and says 304 by itself: Apache's mod_cache_socache
    keeps an empty answer when a 304 confirms an old one.
    """
    is_for_a_cache = SURROGATE in request.environ and cache_control.startswith("public")
    if not is_for_a_cache and _has(request.environ.get("HTTP_IF_NONE_MATCH"), etag):
        response = Response(status=304)
        del response.headers["Content-Type"]
    elif cached.is_compressible and _takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING")):
        response = Response(cached.compressed(), mimetype=cached.mimetype)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(cached.body, mimetype=cached.mimetype)
    headers = response.headers
    headers["ETag"] = etag
    headers["Cache-Control"] = cache_control
    headers["Vary"] = "Accept-Encoding"
    for name, value in cached.headers.items():
        headers[name] = value
    return response


def _has(if_none_match: str | None, etag: str) -> bool:
    if if_none_match is None:
        return False
    known = [_opaque(part) for part in if_none_match.split(",")]
    return "*" in known or _opaque(etag) in known


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _takes_gzip(accept_encoding: str | None) -> bool:
    return accept_encoding is not None and "gzip" in accept_encoding and not _NO_GZIP.search(accept_encoding)


def cache_control(settings: Settings, is_canonical: bool) -> str:
    """With API keys an answer belongs to who asked; without, it is the same for everyone. Caches in front
    keep it under its canonical address alone: whoever shuffles or misspells one fills none of them.
    """
    if settings.api_keys_required:
        return "private, max-age=0, must-revalidate"
    return f"{'public' if is_canonical else 'private'}, max-age={KEPT_SECONDS}, must-revalidate"
