"""Which network addresses a source may be fetched from: public ones, and those it lives at itself.

A page can send a crawler anywhere: a redirect to 169.254.169.254 asks a cloud for its keys, one to
127.0.0.1 or 10.0.0.7 asks whatever listens beside us. Names do not tell, for anybody can let theirs
point to such an address, and to another one at the next look-up. So the rule is about addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

DEFAULT_PORT = {"http": 80, "https": 443}
LOCALHOST = ("127.0.0.1", "::1")
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is given out to hosts of the internet (IANA, "IPv6 Global Unicast Address
Assignments"). The rest is private, or means something else: sites' own (fec0::/10), segments of a
route (5f00::/16), translation within a network (64:ff9b:1::/48), IPv4 in forms no longer in use."""
DOCUMENTATION = IPv6Network("3fff::/20")
"""RFC 9637, which is younger than Python's list."""
NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a gateway turns into the IPv4 address in their last 32 bits (RFC 6052)."""


class PrivateAddressError(Exception):
    """The connection would go to an address that is not on the public internet."""


class AddressRule:
    """What one crawl may connect to.

    `allowed` are networks ("10.1.0.0/16"), addresses ("10.1.0.7") or an address with its port
    ("127.0.0.1:8000", "[::1]:8000") besides the public internet; `homes` are addresses (URLs) whose
    host, where it is an IP address or "localhost", is allowed with its port. A name in them allows
    nothing, because what it points to is for its owner to change.

    Raises ValueError for an `allowed` that is none of these.
    """

    def __init__(self, allowed: Iterable[str] = (), homes: Iterable[str] = ()) -> None:
        self._allowed = [_read_allowed(text) for text in allowed]
        for url in homes:
            self._allowed += _home(url)

    def permits(self, host: str, port: int) -> bool:
        """Whether to connect to an IP address, given as text, at a port."""
        address = ip_address(host.partition("%")[0])
        if is_public(address):
            return True
        return any(
            address in network and port_allowed in {None, port}
            for network, port_allowed in self._allowed
        )

    def check(self, host: str, port: int) -> None:
        """Raise PrivateAddressError if there may be no connection to this IP address."""
        if not self.permits(host, port):
            raise PrivateAddressError(f"{host} port {port} is not a public address")


def is_public(address: Address) -> bool:
    """Whether an address belongs to somebody on the internet, and to one host there."""
    if isinstance(address, IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        if address not in GLOBAL_UNICAST or address in DOCUMENTATION:
            return False
    return address.is_global and not address.is_multicast


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a packet to this IPv6 address goes to in the end, if there is one."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def literal(host: str) -> str | None:
    """The IP address that a URL's host is, or None if it is a name."""
    try:
        return str(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def _read_allowed(text: str) -> tuple[Network, int | None]:
    host, colon, _port = text.rpartition(":")
    if text.startswith("[") or (colon and ":" not in host):
        parts = urlsplit(f"//{text}")
        return ip_network(parts.hostname or ""), parts.port
    return ip_network(text), None


def _home(url: str) -> Iterator[tuple[Network, int | None]]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    for found in LOCALHOST if host == "localhost" else (literal(host),):
        if found:
            yield ip_network(found), parts.port or DEFAULT_PORT.get(parts.scheme)
