"""What a domain says of whose it is: a record in DNS, a file on its site, and whom its WebFinger leads to."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import msgspec

from speak.identity.models import Actor, OwnDomain, Proof
from speak.kernel.errors import Failure
from speak.kernel.outbound import Answer, Ask, Call, LookUpTexts, Purpose

# The record stands at a name of its own, so that it says nothing about mail and other things of the domain.
RECORD_BELOW = "_speak"
FILE = "/.well-known/speak-for-yourself.txt"
SAYS = "speak-for-yourself="
# A second line of the same file, said only by this server: requests for the domain arrive here.
LEADS_TO = "leads-to="
MOST_LINES = 100
OK = 200


@dataclass(frozen=True, slots=True)
class Evidence:
    """The texts of the record, the lines of the file, and the ActivityPub ids that WebFinger there leads to."""

    texts: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    fingered: frozenset[str] = frozenset()

    def proof_for(self, token: str) -> Proof:
        """The strongest thing in it that says this token."""
        if f"{SAYS}{token}" in self.texts:
            return Proof.RECORD
        return Proof.FILE if f"{SAYS}{token}" in self.lines else Proof.NONE

    def leads_to(self, actor: Actor) -> bool:
        """Whether requests for the domain arrive here, as somebody's own."""
        return f"{LEADS_TO}{actor.uri}" in self.lines

    def names(self, actor: Actor) -> bool:
        """Whether WebFinger at the domain leads to this actor."""
        return actor.uri in self.fingered


class _Link(msgspec.Struct):
    rel: str = ""
    href: str = ""


class _Found(msgspec.Struct):
    links: list[_Link] = []


def record_name(name: str) -> str:
    """Where the record of a domain stands."""
    return f"{RECORD_BELOW}.{name}"


def record_text(token: str) -> str:
    """What it says; the line of the file is the same."""
    return f"{SAYS}{token}"


def file_url(name: str) -> str:
    """Where the file of a domain stands."""
    return f"https://{name}{FILE}"


def file_of(owned: OwnDomain) -> str:
    """The file as this server answers it for a domain whose requests arrive here."""
    return f"{record_text(owned.token)}\n{LEADS_TO}{owned.actor.uri}\n"


def gather(owned: OwnDomain, *, ask: Ask, look_up: LookUpTexts) -> Evidence:
    """Ask DNS, the site and its WebFinger. What does not answer says nothing."""
    name, actor = owned.name, owned.actor
    resource = quote(f"acct:{actor.handle}@{name}", safe=":@")
    return Evidence(
        texts=_texts(record_name(name), look_up),
        lines=_lines(_got(file_url(name), ask), host=name),
        fingered=_fingered(_got(f"https://{name}/.well-known/webfinger?resource={resource}", ask)),
    )


def _texts(name: str, look_up: LookUpTexts) -> frozenset[str]:
    try:
        return frozenset(text.strip() for text in look_up(name))
    except Failure:
        return frozenset()


def _got(url: str, ask: Ask) -> Answer | None:
    try:
        answer = ask(
            Call("GET", url, Purpose.DOCUMENT, {"Accept": "application/jrd+json, application/json, text/plain"})
        )
    except Failure:
        return None
    return answer if answer.status == OK else None


def _lines(answer: Answer | None, *, host: str) -> frozenset[str]:
    """The lines of the file; none where the site led on to another host, which could be anybody's."""
    if answer is None or urlsplit(answer.url).hostname != host:
        return frozenset()
    lines = answer.body.decode("utf-8", "replace").splitlines()[:MOST_LINES]
    return frozenset(line.strip() for line in lines)


def _fingered(answer: Answer | None) -> frozenset[str]:
    try:
        found = msgspec.json.decode(answer.body if answer else b"{}", type=_Found)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return frozenset()
    return frozenset(link.href for link in found.links if link.rel == "self")
