"""What other servers say, parsed once at the edge into frozen dataclasses. Pure.

Nothing inside the program handles their JSON. Whatever cannot be understood raises `Malformed`
with the path of the fault.
"""

from speak.federation.documents.activities import (
    Accept,
    Activity,
    Add,
    Announce,
    Block,
    Create,
    Delete,
    Flag,
    Follow,
    Like,
    Move,
    Other,
    QuoteRequest,
    Reject,
    Remove,
    Undo,
    Update,
    parse_activity,
)
from speak.federation.documents.actors import ActorDocument, KeyDocument, is_actor, parse_actor
from speak.federation.documents.audience import Addressed, Reached, reach_of
from speak.federation.documents.media import MediaDocument
from speak.federation.documents.nodes import Malformed, Node, decode
from speak.federation.documents.posts import PostDocument, is_post, parse_post
from speak.federation.documents.webfinger import WebFingerDocument, parse_webfinger

__all__ = [
    "Accept",
    "Activity",
    "ActorDocument",
    "Add",
    "Addressed",
    "Announce",
    "Block",
    "Create",
    "Delete",
    "Flag",
    "Follow",
    "KeyDocument",
    "Like",
    "Malformed",
    "MediaDocument",
    "Move",
    "Node",
    "Other",
    "PostDocument",
    "QuoteRequest",
    "Reached",
    "Reject",
    "Remove",
    "Undo",
    "Update",
    "WebFingerDocument",
    "decode",
    "is_actor",
    "is_post",
    "parse_activity",
    "parse_actor",
    "parse_post",
    "parse_webfinger",
    "reach_of",
]
