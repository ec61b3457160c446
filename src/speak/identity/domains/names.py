"""Which domains may be brought here. Pure."""

import re
from functools import cache
from urllib.parse import urlsplit

import idna
from django.utils.translation import gettext as _
from publicsuffixlist import PublicSuffixList

from speak.identity.errors import WrongDomain

LONGEST = 253
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
# Names that lead to no server of anybody's (RFC 6761, 6762, 7686, 8375; ICANN's .internal).
NOBODYS = frozenset({"localhost", "local", "invalid", "onion", "internal", "alt", "arpa", "lan"})


def check_domain(wanted: str, *, here: str) -> str:
    """The domain in lower case, as DNS has it, if a person may bring it to the server with the domain `here`.

    An address of a page is taken for the domain in it; letters beyond ASCII become xn--… (UTS 46).

    Raises:
        WrongDomain: with what is wrong with it.
    """
    written = wanted.strip().removeprefix("@")
    plain = (_host_in(written) if "://" in written else written.split("/", 1)[0]).rstrip(".")
    try:
        name = idna.encode(plain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise _not_a_domain(written) from error
    labels = name.split(".")
    if len(name) > LONGEST or len(labels) == 1 or not all(LABEL.fullmatch(label) for label in labels):
        raise _not_a_domain(written)
    if labels[-1] in NOBODYS or labels[-1].isdigit():
        raise WrongDomain(
            _("“%(name)s” leads nowhere on the internet.") % {"name": name},
            hint=_("Bring a domain that you have registered."),
        )
    own = here.partition(":")[0].lower()
    if name == own or name.endswith(f".{own}"):
        raise WrongDomain(
            _("“%(name)s” belongs to this server.") % {"name": name}, hint=_("Bring a domain of your own.")
        )
    if _suffixes().privatesuffix(name) is None:
        raise WrongDomain(
            _("“%(name)s” belongs to everybody.") % {"name": name}, hint=_("Bring a name below it, such as yours.")
        )
    return name


def _host_in(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _not_a_domain(written: str) -> WrongDomain:
    sentence = _("“%(text)s” is not a domain.") % {"text": written[:100]}
    return WrongDomain(sentence, hint=_("One looks like anna.example: words with dots between, and no spaces."))


@cache
def _suffixes() -> PublicSuffixList:
    """Those below which registries give names to people; read when the first domain is brought."""
    return PublicSuffixList(only_icann=True)
