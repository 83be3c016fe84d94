"""The body of an answer, unpacked while it arrives and never larger than allowed.

Unpacked here, not by the HTTP library: a few kilobytes of gzip can hold a gigabyte, and what
counts is the size of what comes out, piece by piece.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_GZIP = 16 + zlib.MAX_WBITS
_STEP_BYTES = 64 * 1024


class BodyTooLarge(Exception):
    """More than allowed; `beginning` is enough to see what it was, not to fill memory with it."""

    def __init__(self, most_bytes: int, beginning: bytes) -> None:
        super().__init__(f"longer than {most_bytes} bytes")
        self.beginning = beginning


class BodyUnreadable(Exception):
    """The encoding is unknown, or the compressed data is broken or ends early."""


def read_body(pieces: Iterable[bytes], encoding: str | None, most_bytes: int) -> bytes:
    """`pieces` as they came over the wire. Raises BodyTooLarge and BodyUnreadable."""
    named = (encoding or "identity").strip().lower()
    if named in ("gzip", "x-gzip"):
        return _unpacked(pieces, most_bytes)
    if named != "identity":
        raise BodyUnreadable(f"answered in an encoding nobody asked for: {named[:40]!r}")
    body = bytearray()
    for piece in pieces:
        _add(body, piece, most_bytes)
    return bytes(body)


def _unpacked(pieces: Iterable[bytes], most_bytes: int) -> bytes:
    body = bytearray()
    gzip = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            if gzip.eof and piece:
                raise BodyUnreadable("data after the end of gzip")
            while piece:
                _add(body, gzip.decompress(piece, _STEP_BYTES), most_bytes)
                piece = gzip.unconsumed_tail
    except zlib.error as error:
        raise BodyUnreadable(f"broken gzip: {error}") from error
    if not gzip.eof:
        raise BodyUnreadable("gzip ends early")
    return bytes(body)


def _add(body: bytearray, piece: bytes, most_bytes: int) -> None:
    body += piece
    if len(body) > most_bytes:
        beginning = bytes(body[: min(most_bytes, _STEP_BYTES)])
        body.clear()  # the error's traceback may live long, and would keep it
        raise BodyTooLarge(most_bytes, beginning)
