"""Which addresses of the Internet this server connects to. Pure.

Python's `is_global` alone is not enough: it calls multicast, unassigned IPv6 and some special
ranges global, and an IPv6 address can carry an IPv4 address inside. IANA's special-purpose
registries (RFC 6890 and its updates) are the source of the ranges.
"""

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

REFUSED_V4 = (
    ipaddress.IPv4Network("168.63.129.16/32"),  # the inside of Azure, on a public number
    ipaddress.IPv4Network("192.0.0.0/24"),  # IETF protocol assignments; Oracle's metadata
    ipaddress.IPv4Network("192.88.99.0/24"),  # 6to4 relays, RFC 7526
    ipaddress.IPv4Network("224.0.0.0/3"),  # multicast, reserved, broadcast
)
UNICAST_V6 = ipaddress.IPv6Network("2000::/3")  # all that is assigned for global unicast, RFC 4291
REFUSED_V6 = (
    ipaddress.IPv6Network("2001::/23"),  # IETF protocol assignments; Teredo, ORCHID
    ipaddress.IPv6Network("2001:db8::/32"),  # documentation
    ipaddress.IPv6Network("3fff::/20"),  # documentation, RFC 9637
)
SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")  # RFC 3056
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
ISATAP_MARKS = (0x00005EFE, 0x02005EFE)  # RFC 5214: the upper half of the interface identifier
LOW_32 = 0xFFFF_FFFF


def parse_address(text: str) -> Address | None:
    """The address that `text` names, or None; an IPv4 address mapped into IPv6 comes out as IPv4."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def is_admitted(address: Address, *, networks: Iterable[Network]) -> bool:
    """Whether an operator has admitted it with SPEAK_ALLOW_NETWORKS."""
    return any(address in network for network in networks)


def is_public(address: Address) -> bool:
    """Whether it, and every IPv4 address it carries inside, is one of the open Internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not is_admitted(address, networks=REFUSED_V4)
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(_tail(address))
    # Of 6to4 Python's own word differs between its versions; the IPv4 address inside decides.
    is_global = address.is_global or address in SIX_TO_FOUR
    if address not in UNICAST_V6 or not is_global or is_admitted(address, networks=REFUSED_V6):
        return False
    return all(is_public(inner) for inner in _carried(address))


def may_reach(address: Address, *, allow_networks: Sequence[Network]) -> bool:
    """Whether to connect to it: public, or admitted by the operator."""
    return is_public(address) or is_admitted(address, networks=allow_networks)


def _carried(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses inside a unicast address: 6to4's and ISATAP's.

    The other forms that carry one lie outside what `is_public` lets pass: IPv4-compatible
    (::/96), local-use NAT64 (64:ff9b:1::/48, RFC 8215) and Teredo (2001::/32).
    """
    if address in SIX_TO_FOUR:
        yield ipaddress.IPv4Address(int(address) >> 80 & LOW_32)
    if int(address) >> 32 & LOW_32 in ISATAP_MARKS:
        yield _tail(address)


def _tail(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(address) & LOW_32)
