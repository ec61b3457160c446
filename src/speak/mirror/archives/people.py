"""Who is one person under several names: the one rule, and what is left for people to confirm.

Merged are those with the same address; and those with the same name of two words or more whose addresses share their
domain or a word. Of 60,154 messages of a public list 6,517 stood under names of one word: on those nobody is merged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from speak.mirror.archives.said import Who
from speak.mirror.table import Kind

WORDS_IN_A_NAME = 2
SHORTEST_WORD = 3
# Of a name that more than so many people share, nothing is proposed.
MOST_ALIKE = 12
WORD = re.compile(r"[^\W\d_]+")
ALONE, SAME_ADDRESS, CONFIRMED = "alone", "same address", "confirmed"
SAME_DOMAIN, LIKE_ADDRESSES = "same name and domain", "same name and like addresses"
SHARED_DOMAINS = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "outlook.com", "yahoo.com", "gmx.de", "gmx.net", "web.de", "aol.com"}
)


@dataclass(frozen=True)
class Proposal:
    """These may be one person; they themselves can say so."""

    raws: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Merged:
    """Who stands for whom, and why; and what is proposed."""

    person_of: Mapping[str, str]
    reason_of: Mapping[str, str]
    proposals: tuple[Proposal, ...]


def merge(people: Mapping[str, Who], confirmed: Iterable[Iterable[str]] = ()) -> Merged:
    """Apply the rule; `confirmed` are groups of raw names, or addresses, whose people said that they are one."""
    groups = _Groups(people)
    at_address = by_address(people)
    for group in confirmed:
        names = [raw for name in sorted(group) for raw in (name, *at_address.get(name.casefold(), ()))]
        groups.join([raw for raw in names if raw in people], CONFIRMED)
    for raws in at_address.values():
        groups.join(raws, SAME_ADDRESS)
    proposals = []
    for name, raws in _by_name(people).items():
        for one, other in _pairs(raws):
            reason = _likeness(people[one], people[other])
            if reason:
                groups.join([one, other], reason)
        if len({groups.person_of(raw) for raw in raws}) in range(2, MOST_ALIKE + 1):
            proposals.append(Proposal(tuple(sorted({groups.person_of(raw) for raw in raws})), name))
    return Merged(
        {raw: groups.person_of(raw) for raw in people},
        {raw: groups.reasons.get(raw, ALONE) for raw in people},
        tuple(proposals),
    )


def full_name(name: str) -> str:
    """A name to compare: words in order, in small letters; empty if it has fewer than two."""
    words = WORD.findall(name.casefold())
    return " ".join(words) if len(words) >= WORDS_IN_A_NAME else ""


class _Groups:
    """Union of sets; each is named after the first of its members in the order of letters."""

    def __init__(self, people: Iterable[str]) -> None:
        self._parent = {raw: raw for raw in people}
        self.reasons: dict[str, str] = {}

    def person_of(self, raw: str) -> str:
        while self._parent[raw] != raw:
            self._parent[raw] = self._parent[self._parent[raw]]
            raw = self._parent[raw]
        return raw

    def join(self, raws: list[str], reason: str) -> None:
        for raw in raws[1:]:
            one, other = sorted((self.person_of(raws[0]), self.person_of(raw)))
            if one != other:
                self._parent[other] = one
                self.reasons.setdefault(raws[0], reason)
                self.reasons.setdefault(raw, reason)


def by_address(people: Mapping[str, Who]) -> dict[str, list[str]]:
    """Whom an archive writes at each address, in small letters."""
    found = defaultdict(list)
    for raw in sorted(people):
        for address in people[raw].addresses:
            found[address.casefold()].append(raw)
    return found


def _by_name(people: Mapping[str, Who]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for raw in sorted(people):
        name = full_name(people[raw].name)
        if name and people[raw].kind == Kind.HUMAN:
            found[name].append(raw)
    return {name: raws for name, raws in found.items() if len(raws) > 1}


def _pairs(raws: list[str]) -> Iterator[tuple[str, str]]:
    return combinations(raws, 2) if len(raws) <= MOST_ALIKE * MOST_ALIKE else pairwise(raws)


def _likeness(one: Who, other: Who) -> str:
    domains = [{address.rpartition("@")[2].casefold() for address in who.addresses} for who in (one, other)]
    if domains[0] & domains[1] - SHARED_DOMAINS - {""}:
        return SAME_DOMAIN
    words = [{word for address in who.addresses for word in _words(address)} for who in (one, other)]
    return LIKE_ADDRESSES if words[0] & words[1] else ""


def _words(address: str) -> Iterator[str]:
    """The words before the @."""
    return (word for word in WORD.findall(address.partition("@")[0].casefold()) if len(word) >= SHORTEST_WORD)
