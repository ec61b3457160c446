"""Which of somebody's places point to which, and which can be told to belong together. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from speak.federation.looking_up.places import Place, key_of

Joins = Callable[["Knot", "Knot"], bool]


@dataclass(frozen=True, slots=True)
class Knot:
    """A place as others point to it. A page and its feed are one; `address` is that of the first of them."""

    address: str
    names: frozenset[str]
    claims: frozenset[str]  # where it says its person is, too
    links: frozenset[str]
    can_point: bool
    is_home: bool

    def claims_to_be(self, other: "Knot") -> bool:
        """Whether it says that its person is at the other, too."""
        return bool(self.claims & other.names)

    def points_to(self, other: "Knot") -> bool:
        """Whether it leads to the other at all."""
        return bool((self.claims | self.links) & other.names)


def knots_of(places: Iterable[Place]) -> list[Knot]:
    """The places that were read, home first, each once."""
    found: list[Knot] = []
    for place in places:
        if not place.is_read:
            continue
        knot = Knot(
            address=place.address,
            names=place.names,
            claims=frozenset(key_of(address) for address in place.points_to),
            links=frozenset(key_of(address) for address in place.links_to),
            can_point=place.can_point,
            is_home=place.is_home,
        )
        for same in [known for known in found if known.names & knot.names]:
            found.remove(same)
            knot = _one(same, knot)
        found.append(knot)
    return sorted(found, key=lambda knot: not knot.is_home)


def groups_of(knots: Sequence[Knot], joins: Joins) -> dict[str, str]:
    """For each knot the address of the first of those it is joined with, itself or by way of others."""
    first = {knot.address: knot.address for knot in knots}
    for one in knots:
        for other in knots:
            old, new = first[other.address], first[one.address]
            if old != new and joins(one, other):
                first = {address: new if group == old else group for address, group in first.items()}
    place = [knot.address for knot in knots]
    named: dict[str, str] = {}
    for address in place:
        named.setdefault(first[address], address)
    return {address: named[first[address]] for address in place}


def know_each_other(one: Knot, other: Knot) -> bool:
    """Whether both lead to each other; what cannot point, such as a feed, is known by being pointed to."""
    return one.points_to(other) and (other.points_to(one) or not other.can_point)


def prove_each_other(one: Knot, other: Knot) -> bool:
    """Whether both say to be of the same person."""
    return one.claims_to_be(other) and (other.claims_to_be(one) or not other.can_point)


def touch(one: Knot, other: Knot) -> bool:
    """Whether either leads to the other."""
    return one.points_to(other) or other.points_to(one)


def _one(first: Knot, second: Knot) -> Knot:
    return replace(
        first,
        names=first.names | second.names,
        claims=first.claims | second.claims,
        links=first.links | second.links,
        can_point=first.can_point or second.can_point,
        is_home=first.is_home or second.is_home,
    )
