"""What somebody elsewhere may say in their own name: their own posts, on their own host."""

from speak.federation.documents import Node, PostDocument, parse_post
from speak.federation.documents.nodes import host_of
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed


class SpokenForAnother(NotAllowed):
    """An activity about a post that is not its actor's."""


def own_post(sender: Actor, node: Node) -> PostDocument:
    """The post that they say, parsed.

    Raises:
        SpokenForAnother: it is somebody else's.
        Malformed: id, type or author are missing.
    """
    document = parse_post(node)
    check_host(sender, document.uri)
    if document.author_uri != sender.uri:
        raise SpokenForAnother("Only its author can say or change that.")
    return document


def check_host(sender: Actor, uri: str) -> None:
    """Raises SpokenForAnother where an id is not on the actor's host."""
    if host_of(uri) != host_of(sender.uri):
        raise SpokenForAnother("That is on another host than its actor.")
