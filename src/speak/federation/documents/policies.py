"""What authors elsewhere let others do with their words (GoToSocial's interaction policies), and quotes. Pure."""

from typing import TypeAlias

from speak.federation.documents.audience import PUBLIC_NAMES
from speak.federation.documents.nodes import Node
from speak.voice.rules import ANSWER, ANYONE, BOOST, QUOTE

# By what one does with a post: who may at once, and who after asking, by their ids or `ANYONE`.
Policy: TypeAlias = dict[str, dict[str, list[str]]]

MOST_NAMES = 100
ACTS = {"canReply": ANSWER, "canAnnounce": BOOST, "canQuote": QUOTE}
# `always` and `approvalRequired` are what GoToSocial wrote before 0.21.
AT_ONCE, ASKED = ("automaticApproval", "always"), ("manualApproval", "approvalRequired")


def policy_in(node: Node) -> Policy:
    """The policy of a post, as far as it says anything that is understood here."""
    found = node.first("interactionPolicy")
    if found is None or not found.is_object:
        return {}
    policy: Policy = {}
    for name, act in ACTS.items():
        said = found.first(name)
        if said is not None and said.is_object:
            policy[act] = {"now": _names(said, AT_ONCE), "ask": _names(said, ASKED)}
    return policy


def quoted_in(node: Node) -> str:
    """The id of the post that this one quotes (FEP-044f).

    Older names than `quote` know no consent: for those, the link in the words has to do.
    """
    return node.uri_or_none("quote")


def _names(node: Node, members: tuple[str, ...]) -> list[str]:
    """Whoever is named, the newer member before the older."""
    member = next((name for name in members if node.items(name)), members[0])
    names = (_name(item) for item in node.items(member)[:MOST_NAMES])
    return sorted({name for name in names if name})


def _name(item: Node) -> str:
    return ANYONE if isinstance(item.value, str) and item.value in PUBLIC_NAMES else item.uri_if_any()
