"""The grammar of handles. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speak.identity.errors import WrongHandle

MAX_LENGTH, LONGEST_DOMAIN = 30, 253
LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9_]{0,28}[a-z0-9_])?", re.ASCII)
ADDRESS = re.compile(
    r"@?(?P<handle>[a-z0-9_](?:[a-z0-9_.-]{0,126}[a-z0-9_])?)@(?P<domain>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?)",
    re.IGNORECASE | re.ASCII,
)
# Names that would pass for the server itself, or that addresses on it are made of.
RESERVED = frozenset(
    word
    for line in """
    about abuse account accounts actor actors activities admin administrator all anonymous api app apps archive
    bookmarks compose contact drafts everybody everyone feed feeds followers following guide help here home host
    hostmaster inbox info instance invite join login logout mail mailer-daemon me media mirror moderator news
    nobody nodeinfo noreply notifications oauth operator outbox owner policy post posts postmaster privacy report
    reports room rooms root search security server settings share sign-in signin signup speak static status story
    stories stream support system tag tags terms undefined user users webfinger webmaster well-known window www you
    """.splitlines()
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Address:
    """Whom somebody means: handle and domain, both in lower case; no domain means here."""

    handle: str
    domain: str


def check_handle(wanted: str, *, may_be_reserved: bool = False) -> str:
    """The handle as given, if somebody here may be called that.

    Letters, digits and underscores, at most 30; upper and lower case are the same name.

    Raises:
        WrongHandle: with what is wrong and what is possible.
    """
    handle = wanted.strip().removeprefix("@")
    if not LOCAL.fullmatch(handle.lower()):
        raise WrongHandle(
            _("A handle is made of 1 to 30 letters, digits and underscores, and begins with a letter or digit.")
        )
    if handle.lower() in RESERVED and not may_be_reserved:
        raise WrongHandle(
            _("“%(handle)s” would look like the server itself. Choose another handle.") % {"handle": handle}
        )
    return handle


def read_address(text: str, *, here: str) -> Address:
    """Read @name, @name@domain, name@domain or acct:name@domain.

    `here` is this server's domain; an address on it has an empty domain.

    Raises:
        WrongHandle: when it is none of these.
    """
    words = text.strip().removeprefix("acct:").removeprefix("@")
    if "@" not in words:
        words = f"{words}@{here}"
    match = ADDRESS.fullmatch(words)
    if not match:
        raise WrongHandle(
            _("“%(text)s” is not an address. One looks like @name@server.example.") % {"text": text.strip()[:100]}
        )
    domain = match["domain"].lower()
    if len(domain) > LONGEST_DOMAIN:
        raise WrongHandle(_("“%(text)s” is longer than any address.") % {"text": text.strip()[:100]})
    return Address(match["handle"].lower(), "" if domain == here.lower() else domain)


def suggested_handle(name: str) -> str:
    """A handle made of a name: “Ana María” becomes ana_maria. Empty where its letters give none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_")
    return words[:MAX_LENGTH].strip("_")
