"""The nouns of identity."""

from speak.identity.models.actor import FEED, Actor, ActorKind, Quoting
from speak.identity.models.counting import Counting
from speak.identity.models.endorsement import Endorsement
from speak.identity.models.follow import Block, Follow, FollowState, Mute
from speak.identity.models.handle import FormerHandle
from speak.identity.models.join_link import JoinLink
from speak.identity.models.key import Key, KeyKind
from speak.identity.models.list import List, ListMember, ListReplies
from speak.identity.models.morning_letter import MorningLetter
from speak.identity.models.notification import Notification, NotificationKind
from speak.identity.models.notification_policy import Hearing, LetThrough, NotificationPolicy
from speak.identity.models.own_domain import OwnDomain, Proof
from speak.identity.models.private import Note, ServerBlock
from speak.identity.models.profile import Finding, Link, ShelfObject
from speak.identity.models.user import SaidByApps, User

__all__ = [
    "FEED",
    "Actor",
    "ActorKind",
    "Block",
    "Counting",
    "Endorsement",
    "Finding",
    "Follow",
    "FollowState",
    "FormerHandle",
    "Hearing",
    "JoinLink",
    "Key",
    "KeyKind",
    "LetThrough",
    "Link",
    "List",
    "ListMember",
    "ListReplies",
    "MorningLetter",
    "Mute",
    "Note",
    "Notification",
    "NotificationKind",
    "NotificationPolicy",
    "OwnDomain",
    "Proof",
    "Quoting",
    "SaidByApps",
    "ServerBlock",
    "ShelfObject",
    "User",
]
