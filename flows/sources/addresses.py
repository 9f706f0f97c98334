"""Host names to addresses on the public internet.

A feed may name any host, one of the user's own network too. The name is resolved here, every
address is checked, and the connection goes to an address that was checked, so that a second
resolution cannot give another.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from flows.sources.errors import PrivateAddressError, UnreachableError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system resolves it; raises UnreachableError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"the host {host!r} cannot be resolved: {error}") from error
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def check_public(host: str, addresses: list[str]) -> None:
    """Raises PrivateAddressError where one of the addresses is not on the public internet."""
    for text in addresses:
        if not is_public(ipaddress.ip_address(text.split("%", 1)[0])):
            detail = f"{host} is {text}, not on the public internet"
            raise PrivateAddressError(f"{detail}; --allow-private lets it through")


def is_public(address: Address) -> bool:
    """Whether an address is global unicast, looking through IPv6 forms that hold an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        held = _held_address(address)
        if held is not None:
            return is_public(held)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _held_address(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
