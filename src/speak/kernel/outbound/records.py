"""What the names of the internet say in words: TXT records (RFC 1035, 3.3.14)."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from speak.kernel.outbound.failures import Unreachable

if TYPE_CHECKING:
    from dns.rdtypes.ANY.TXT import TXT
    from dns.resolver import Resolver

SECONDS = 5.0
# A name may say as much as it likes; nobody proves anything with more.
MOST = 100


class LookUpTexts(Protocol):
    """The port to it; `texts_at` is the real one."""

    def __call__(self, name: str, /) -> Sequence[str]:
        """Every text of a name, in no particular order; none where it has none, or there is no such name.

        Raises:
            OutboundFailure: nobody answered.
        """
        ...


def texts_at(name: str, /, *, resolver: "Resolver | None" = None) -> Sequence[str]:
    """Ask the resolver of this machine, or another, for at most five seconds; `LookUpTexts` tells what comes of it."""
    from dns.exception import DNSException  # noqa: PLC0415 - takes memory
    from dns.rdtypes.ANY.TXT import TXT  # noqa: PLC0415 - likewise
    from dns.resolver import NXDOMAIN, NoAnswer  # noqa: PLC0415 - likewise

    if settings.SPEAK_DEMO:
        raise Unreachable("this server calls no other")
    try:
        found = (resolver or _resolver()).resolve(f"{name}.", "TXT", lifetime=SECONDS, search=False)
    except (NXDOMAIN, NoAnswer):
        return []
    except DNSException as error:
        raise Unreachable(f"TXT {name}: {error}") from error
    return [_text(record) for record in list(found)[:MOST] if isinstance(record, TXT)]


@cache
def _resolver() -> "Resolver":
    """The one of this machine, as /etc/resolv.conf has it."""
    from dns.resolver import Resolver  # noqa: PLC0415 - takes memory

    return Resolver()


def _text(record: "TXT") -> str:
    """The pieces of a record put together, as RFC 7208, 3.3 reads them."""
    return b"".join(record.strings).decode("utf-8", "replace")
