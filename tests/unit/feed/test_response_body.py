"""The body of an answer is unpacked piece by piece and never grows beyond what is allowed."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.feed.response_body import BodyTooLarge, BodyUnreadable, read_body


def pieces(data: bytes, size: int = 7) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize("encoding", [None, "", "identity"])
def test_a_plain_body_is_put_together(encoding: str | None) -> None:
    assert read_body(pieces(b'{"lands": []}'), encoding, 100) == b'{"lands": []}'


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_gzip_is_unpacked(encoding: str) -> None:
    assert read_body(pieces(gzip.compress(b"a" * 500, mtime=0)), encoding, 500) == b"a" * 500


def test_what_is_just_allowed_is_read() -> None:
    assert read_body([b"a" * 10], None, 10) == b"a" * 10


@given(st.integers(0, 300_000), st.sampled_from([b"a", b"abcdefg", bytes(range(256))]), st.integers(1, 5000))
def test_gzip_comes_out_whole_however_it_is_cut(length: int, pattern: bytes, size: int) -> None:
    body = (pattern * (length // len(pattern) + 1))[:length]
    assert read_body(pieces(gzip.compress(body, 1, mtime=0), size), "gzip", 300_000) == body


@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_one_byte_more_is_too_large(encoding: str | None) -> None:
    body = b"a" * 11
    with pytest.raises(BodyTooLarge) as raised:
        read_body([gzip.compress(body, mtime=0) if encoding else body], encoding, 10)
    assert raised.value.beginning == b"a" * 10


def test_of_what_is_too_large_only_the_beginning_is_kept() -> None:
    with pytest.raises(BodyTooLarge) as raised:
        read_body([b"a" * 1_000_001], None, 1_000_000)
    assert len(raised.value.beginning) == 65536


def test_an_endless_body_is_not_read_to_its_end() -> None:
    asked = 0

    def endless() -> object:
        nonlocal asked
        while True:
            asked += 1
            yield b"a" * 10

    with pytest.raises(BodyTooLarge):
        read_body(endless(), None, 100)  # type: ignore[arg-type]
    assert asked == 11


def test_a_gzip_bomb_costs_no_more_memory_than_is_allowed() -> None:
    packed = bomb(200)
    tracemalloc.start()
    with pytest.raises(BodyTooLarge):
        read_body([packed], "gzip", 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no gzip at all",
        gzip.compress(b"a" * 500, mtime=0)[:-9],
        gzip.compress(b"a" * 500, mtime=0)[:-8] + bytes(8),
    ],
)
def test_broken_gzip_is_unreadable(data: bytes) -> None:
    with pytest.raises(BodyUnreadable):
        read_body(pieces(data), "gzip", 1000)


def test_data_after_the_end_of_gzip_is_unreadable() -> None:
    with pytest.raises(BodyUnreadable, match="after the end"):
        read_body([gzip.compress(b"{}", mtime=0), b"more"], "gzip", 1000)


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip"])
def test_an_encoding_that_nobody_asked_for_is_unreadable(encoding: str) -> None:
    with pytest.raises(BodyUnreadable, match="nobody asked"):
        read_body([b"{}"], encoding, 1000)
