"""The nouns of federation."""

from speak.federation.models.activity import Activity
from speak.federation.models.delivery import Delivery
from speak.federation.models.elsewhere import AppThere, Elsewhere, ElsewhereKind, SaidElsewhere
from speak.federation.models.far_file import FarFile
from speak.federation.models.former_inbox import FormerInbox
from speak.federation.models.letters import Letter, Subscriber
from speak.federation.models.look_up import LookUp
from speak.federation.models.received import RECEIVED_LIFE, Received
from speak.federation.models.server import Server
from speak.federation.models.site import Distributed, HubState, HubSubscription, Site
from speak.federation.models.tombstone import TOMBSTONE_LIFE, Tombstone
from speak.federation.models.webmention import MentionKind, MentionState, OwedMention, SiteBlock, SiteMention

__all__ = [
    "RECEIVED_LIFE",
    "TOMBSTONE_LIFE",
    "Activity",
    "AppThere",
    "Delivery",
    "Distributed",
    "Elsewhere",
    "ElsewhereKind",
    "FarFile",
    "FormerInbox",
    "HubState",
    "HubSubscription",
    "Letter",
    "LookUp",
    "MentionKind",
    "MentionState",
    "OwedMention",
    "Received",
    "SaidElsewhere",
    "Server",
    "Site",
    "SiteBlock",
    "SiteMention",
    "Subscriber",
    "Tombstone",
]
