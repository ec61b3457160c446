"""WebFinger answers (RFC 7033). Pure."""

from dataclasses import dataclass

from speak.federation.documents.nodes import Malformed, Node

SELF_TYPES = ("application/activity+json", "application/ld+json")


@dataclass(frozen=True, slots=True)
class WebFingerDocument:
    """Who is meant: the subject without "acct:", and the ActivityPub id."""

    subject: str
    actor_uri: str


def parse_webfinger(node: Node) -> WebFingerDocument:
    """Subject and `self` link.

    Raises:
        Malformed: one of them is missing.
    """
    subject = node.text("subject", most=400)
    for link in node.items("links"):
        kind = link.text("type", most=200)
        if link.text("rel", most=100) == "self" and kind.startswith(SELF_TYPES):
            return WebFingerDocument(subject.removeprefix("acct:"), link.uri("href"))
    raise Malformed("links", "has no link to an actor")
