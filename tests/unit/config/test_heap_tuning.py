"""Memory that was freed goes back to the system, where its C library can be told so."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace

import pytest

from park_downtime.config import heap_tuning


def test_threads_share_two_heaps_and_large_blocks_are_in_none(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda option, value: told.append((option, value)))
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    heap_tuning.keep_little()
    assert told == [(-8, 2), (-3, 131_072)]


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    heap_tuning.keep_little()
    heap_tuning.give_back()


def test_what_is_free_is_given_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(malloc_trim=told.append))
    heap_tuning.give_back()
    assert told == [0]
