"""Who calls: this very machine, or somebody else."""

import ipaddress

from django.http import HttpRequest
from django.http.request import split_domain_port

# What a proxy adds: then the caller is somewhere else, whatever address the call came from.
BROUGHT = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via")


def is_from_here(request: HttpRequest) -> bool:
    """From this machine to this machine by its own name for itself, and nobody else's call handed on."""
    host, _ = split_domain_port(request.get_host())
    try:
        is_here = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    is_brought = any(name in request.headers for name in BROUGHT)
    return is_here and not is_brought and host in {"localhost", "127.0.0.1", "[::1]"}
