"""Whose request it is: the address of the connection, or what a trusted proxy says it is.

Addresses are used for limits, in memory, and written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

MOST_HOPS = 10
REMEMBERED_PEERS = 4096


class ClientAddresses:
    """`trusted` are the networks of the proxies whose X-Forwarded-For is believed."""

    def __init__(self, trusted: Iterable[str]) -> None:
        self._trusted: tuple[Network, ...] = tuple(ip_network(network) for network in trusted)
        self._is_trusted = lru_cache(maxsize=REMEMBERED_PEERS)(self._look_up)

    def client(self, peer: str, forwarded_for: str | None) -> str:
        """From the right, the first address that is no trusted proxy; the peer where that says nothing."""
        if forwarded_for is None or not self.is_proxy(peer):
            return limited_as(peer)
        client = peer
        for hop in reversed(forwarded_for.rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
            address = _address(hop)
            if address is None:
                break
            client = address
            if not self._is_trusted(address):
                break
        return limited_as(client)

    def is_proxy(self, peer: str) -> bool:
        return bool(self._trusted) and self._is_trusted(peer)

    def _look_up(self, peer: str) -> bool:
        address = _address(peer)
        return address is not None and any(ip_address(address) in network for network in self._trusted)


@lru_cache(maxsize=REMEMBERED_PEERS)
def limited_as(address: str) -> str:
    """One client has a whole /64 of IPv6 addresses; limits count it as one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((int(parsed) >> 64 << 64, 64)))
    return address


def _address(text: str) -> str | None:
    """An address, also with brackets or a port as some proxies write it; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)
