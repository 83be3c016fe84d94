"""Only a trusted proxy is believed when it says who asks."""

from __future__ import annotations

import pytest

from park_downtime.api.middleware.client_address import ClientAddresses

OURS = ("10.0.0.0/8", "127.0.0.1/32", "fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours: a lie
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first may be invented
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", ", ".join(["10.0.0.1"] * 5000), "10.0.0.1"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fd00::1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("", None, ""),
    ],
)
def test_who_asks(peer: str, forwarded: str | None, client: str) -> None:
    assert ClientAddresses(OURS).client(peer, forwarded) == client


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert ClientAddresses(()).client("127.0.0.1", "198.51.100.1") == "127.0.0.1"


def test_one_client_has_a_whole_network_of_ipv6_addresses() -> None:
    addresses = ClientAddresses(())
    assert addresses.client("2001:db8::1", None) == addresses.client("2001:db8::2", None)
