"""Chance that depends on nothing but its key: the same world whatever is asked of it, and in which order."""

from __future__ import annotations

import hashlib
from random import Random


def chance(*key: object) -> Random:
    """A generator of its own for one question, e.g. ("storms", seed, park, day)."""
    return Random("/".join(map(str, key)))  # strings are hashed by SHA-512: equal in every process


def share(*key: object) -> float:
    """One number in [0, 1) for a key; far cheaper than a generator."""
    digest = hashlib.blake2b("/".join(map(str, key)).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / (1 << 48)
