"""Addresses of servers, as SPEAK_MIRROR_ENGINE holds them."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote

from django.utils.translation import gettext as _

from speak.kernel.errors import Invalid

OPTIONS = {"secure", "ca_cert"}
TRUE, FALSE = {"1", "true", "yes"}, {"0", "false", "no"}


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server stands, and as whom one enters."""

    host: str
    port: int | None
    user: str
    password: str = field(repr=False)
    # What stands after the host: databases, catalogs, schemas.
    path: tuple[str, ...] = ()
    # Whether TLS is asked for; None: nothing is said of it.
    is_secure: bool | None = None
    # A file with the authorities to trust instead of the usual ones.
    ca_cert: str = ""


def server_at(address: SplitResult, *, example: str, least: int = 0) -> Server:
    """What an address says; after the host stand as many names as in the example, and not fewer than `least`.

    Raises:
        Invalid: it does not say enough, or too much. It is not repeated: it may hold a password.
    """
    path = tuple(unquote(part) for part in address.path.split("/") if part)
    options = parse_qs(address.query, keep_blank_values=True)
    secure = options.get("secure", [""])[-1].lower()
    most = example.partition("://")[2].count("/")
    if (
        not address.hostname
        or not least <= len(path) <= most
        or not _is_port(address)
        or options.keys() - OPTIONS
        or secure not in {"", *TRUE, *FALSE}
        or address.fragment
    ):
        raise Invalid(
            _("The address in SPEAK_MIRROR_ENGINE is not one of a %(name)s server.") % {"name": address.scheme},
            hint=_("It looks like %(example)s.") % {"example": example},
        )
    return Server(
        address.hostname,
        address.port,
        unquote(address.username or ""),
        unquote(address.password or ""),
        path,
        (secure in TRUE) if secure else None,
        options.get("ca_cert", [""])[-1],
    )


def _is_port(address: SplitResult) -> bool:
    try:
        return address.port is None or address.port > 0
    except ValueError:
        return False
