"""From which address somebody calls, as far as that tells strangers apart."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

HOUSEHOLD_BITS = 64  # of an IPv6 address: what one household or office has to itself


def address_of(request: HttpRequest) -> str:
    """The address that is counted where strangers are limited; of an IPv6 address what a household has.

    What `X-Forwarded-For` says is believed only behind a proxy (`SPEAK_BEHIND_PROXY`), and only what the proxy added.
    """
    try:
        said = get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # the proxy says nothing that is an address
        said = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return str(said)
    if address.version == 4:  # noqa: PLR2004 - IPv4
        return str(address)
    # One server may listen to both: then callers by IPv4 come as ::ffff:192.0.2.7.
    older = address.ipv4_mapped
    return str(older or ipaddress.IPv6Network((address, HOUSEHOLD_BITS), strict=False).network_address)
