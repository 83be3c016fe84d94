"""How the C library keeps memory that was freed: little of it, for answers come and go by the megabyte.

glibc gives each thread a heap of its own, whose holes no other thread uses, and keeps a large block in
it once one was freed: eight threads that answered ten thousand queries held 50 MB of nothing.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # malloc.h
LARGE_BYTES = 128 * 1024
HEAPS = 2

ANOTHER_LIBRARY = (AttributeError, OSError)
"""Another C library than glibc has its own ways."""


def keep_little() -> None:
    """For the whole process; to be called before its threads begin. Measured in benchmarks/README.md."""
    with suppress(*ANOTHER_LIBRARY):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_ARENA_MAX, HEAPS)
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)  # such blocks go back at once; no longer adapted


def give_back() -> None:
    """What is free now, in some milliseconds in which other threads go on."""
    with suppress(*ANOTHER_LIBRARY):
        ctypes.CDLL(None).malloc_trim(0)
