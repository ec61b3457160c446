"""From the addresses on a document to how far it reaches here. Pure.

Public in `to` is announced, in `cc` quiet; the followers collection of its author means followers;
anything else is for the actors it names (interop: Mastodon, GoToSocial).
"""

from dataclasses import dataclass

from speak.federation.documents.nodes import Node
from speak.voice import rules

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
PUBLIC_NAMES = frozenset({PUBLIC, "as:Public", "Public"})


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom a document is addressed, in order; the public stands as its full address."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """All addresses, once each."""
        return tuple(dict.fromkeys((*self.to, *self.cc)))


@dataclass(frozen=True, slots=True)
class Reached:
    """How far, as `voice.reach.Reach` numbers it; and whether the followers are those of whom it answers."""

    reach: int
    is_in_anothers_audience: bool = False


def addressed_in(node: Node) -> Addressed:
    """The `to` and `cc` of a document."""
    return Addressed(_addresses(node, "to"), _addresses(node, "cc"))


def reach_of(addressed: Addressed, *, own_followers: str, answered_followers: str = "") -> Reached:
    """How far something reaches.

    `own_followers` is its author's followers collection. `answered_followers` is that of the actor
    in whose audience the answered post stands; empty unless the author may read that post.
    """
    everyone = addressed.everyone
    if PUBLIC in addressed.to:
        return Reached(rules.PUBLIC)
    if PUBLIC in addressed.cc:
        return Reached(rules.QUIET)
    if own_followers and own_followers in everyone:
        return Reached(rules.FOLLOWERS)
    if answered_followers and answered_followers in everyone:
        return Reached(rules.FOLLOWERS, is_in_anothers_audience=True)
    return Reached(rules.NAMED)


def _addresses(node: Node, name: str) -> tuple[str, ...]:
    found = (_address(item) for item in node.items(name))
    return tuple(dict.fromkeys(uri for uri in found if uri))


def _address(item: Node) -> str:
    return PUBLIC if isinstance(item.value, str) and item.value in PUBLIC_NAMES else item.uri_if_any()
