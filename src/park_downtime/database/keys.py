"""API keys and how much each was used. Only hashes are stored: a key is shown once, when it is made."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from park_downtime.database.statistics_tables import api_keys, api_usage

PREFIX = "pd_"
NAME_LENGTH = 100

_key = api_keys.c
_usage = api_usage.c

Hour = tuple[int, datetime]
"""A key's id and the start of an hour, UTC."""


class KeyNotFound(Exception):
    """No key in force has this id."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is listed: never the key itself. `last_used_at` is the start of an hour."""

    key_id: int
    name: str
    created_at: datetime
    revoked_at: datetime | None
    request_count: int
    last_used_at: datetime | None


def hash_of(key: str) -> str:
    """Keys are long and random: one round of a fast hash cannot be turned back."""
    return hashlib.sha256(key.encode()).hexdigest()


def create_key(connection: Connection, name: str, now: datetime) -> tuple[int, str]:
    """A new key's id and the key, which is not kept anywhere."""
    key = PREFIX + secrets.token_urlsafe(32)
    values = {"name": name[:NAME_LENGTH], "key_hash": hash_of(key), "created_at": now}
    created = connection.execute(insert(api_keys).values(values)).inserted_primary_key
    if created is None:
        raise RuntimeError("the database gave no id for a new key")
    return int(created[0]), key


def list_keys(connection: Connection) -> list[ApiKey]:
    """Every key ever made, oldest first, with what it was used."""
    query = (
        select(
            _key.key_id,
            _key.name,
            _key.created_at,
            _key.revoked_at,
            func.coalesce(func.sum(_usage.request_count), 0).label("request_count"),
            func.max(_usage.hour).label("last_used_at"),
        )
        .outerjoin_from(api_keys, api_usage, _usage.key_id == _key.key_id)
        .group_by(_key.key_id, _key.name, _key.created_at, _key.revoked_at)
        .order_by(_key.key_id)
    )
    return [
        ApiKey(
            key_id=row.key_id,
            name=row.name,
            created_at=row.created_at,
            revoked_at=row.revoked_at,
            request_count=int(row.request_count),
            last_used_at=row.last_used_at,
        )
        for row in connection.execute(query)
    ]


def revoke_key(connection: Connection, key_id: int, now: datetime) -> None:
    """Raises KeyNotFound, also for a key that is revoked already."""
    changed = connection.execute(
        update(api_keys).where(_key.key_id == key_id, _key.revoked_at.is_(None)).values(revoked_at=now)
    ).rowcount
    if not changed:
        raise KeyNotFound(f"no key in force has the id {key_id}")


def keys_in_force(connection: Connection) -> dict[str, int]:
    """The id of every key that is not revoked, by its hash."""
    query = select(_key.key_hash, _key.key_id).where(_key.revoked_at.is_(None))
    return {row.key_hash: row.key_id for row in connection.execute(query)}


def add_usage(connection: Connection, counts: Mapping[Hour, int]) -> None:
    """Add what one process has counted since it last did."""
    for (key_id, hour), count in sorted(counts.items()):
        if _raise_count(connection, key_id, hour, count):
            continue
        try:
            with connection.begin_nested():
                connection.execute(insert(api_usage).values(key_id=key_id, hour=hour, request_count=count))
        except IntegrityError:  # another process was first in this hour
            _raise_count(connection, key_id, hour, count)


def _raise_count(connection: Connection, key_id: int, hour: datetime, count: int) -> bool:
    changed = connection.execute(
        update(api_usage)
        .where(_usage.key_id == key_id, _usage.hour == hour)
        .values(request_count=_usage.request_count + count)
    ).rowcount
    return bool(changed)


def usage_since(connection: Connection, hour: datetime) -> dict[Hour, int]:
    """Requests of every key in each hour from `hour` on, of all processes."""
    query = select(_usage.key_id, _usage.hour, _usage.request_count).where(_usage.hour >= hour)
    return {(row.key_id, row.hour): row.request_count for row in connection.execute(query)}
