"""Text of a setting to its value; what is wrong is said as ValueError with what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

Parser = Callable[[str], Any]

DATABASE_SCHEMES = ("sqlite", "mysql", "mariadb")
DISALLOWED_IN_HEADERS = re.compile(r"[\r\n;,]")


def text(value: str) -> str:
    return value


def folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def yes_or_no(value: str) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True}
    words |= {"false": False, "no": False, "off": False, "0": False}
    try:
        return words[value.strip().lower()]
    except KeyError:
        raise ValueError("must be true or false") from None


def whole_number(least: int, most: int) -> Parser:
    def parse(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return number

    return parse


def one_of(*allowed: str) -> Parser:
    def parse(value: str) -> str:
        for word in allowed:
            if value.strip().lower() == word.lower():
                return word
        raise ValueError(f"must be one of {', '.join(allowed)}")

    return parse


def words(value: str) -> tuple[str, ...]:
    """A list separated by commas; empty parts are left out."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def park_ids(value: str) -> frozenset[int]:
    parts = words(value)
    if not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        raise ValueError("must be Queue-Times park ids separated by commas, such as 5,6,64")
    return frozenset(int(part) for part in parts)


def networks(value: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(part, strict=False)) for part in words(value))
    except ValueError as error:
        raise ValueError(f"must be addresses or networks such as 127.0.0.1 or 10.0.0.0/8 ({error})") from None


def web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in value):
        raise ValueError("must be a full http:// or https:// address")
    return value.rstrip("/")


def origins(value: str) -> tuple[str, ...]:
    parts = words(value)
    for part in parts:
        address = urlsplit(part)
        if part != "*" and (address.scheme not in ("http", "https") or not address.hostname or address.path):
            raise ValueError(f"must be * or origins such as https://example.org, not {part!r}")
    return parts


def frame_ancestors(value: str) -> tuple[str, ...]:
    if value.strip().lower() in ("", "none", "'none'"):
        return ()
    return origins(value)


def rate_limit(value: str) -> int:
    """`600 per minute` -> 600; the only unit offered is the minute."""
    found = re.fullmatch(r"\s*(\d+)\s*(?:per|/)\s*minute\s*", value)
    if found is None or int(found[1]) < 1:
        raise ValueError("must read like '600 per minute'")
    return int(found[1])


def database_url(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("must be a database URL such as mysql://user:password@host/name") from None
    if url.get_backend_name() not in DATABASE_SCHEMES:
        raise ValueError(f"must start with one of {', '.join(scheme + '://' for scheme in DATABASE_SCHEMES)}")
    if url.get_backend_name() != "sqlite" and not url.database:
        raise ValueError("must name a database after the host")
    return value


def header_text(value: str) -> str:
    if DISALLOWED_IN_HEADERS.search(value):
        raise ValueError("must be one line without commas or semicolons: it goes into the User-Agent")
    return value
