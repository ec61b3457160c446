"""Finding actors and posts of other servers: fetched, checked against spoofing, and kept.

Every function that goes outside takes `ask`, the door to other servers. None may be called inside
a transaction, which would wait for strangers.
"""

from speak.federation.discovery.actors import actor_of, find_actor, is_gone, refresh_actor
from speak.federation.discovery.conversations import MAX_STEPS, find_conversation, find_passed_on
from speak.federation.discovery.featured import find_featured
from speak.federation.discovery.fetching import Fetched, Gone, NobodyThere, fetch
from speak.federation.discovery.keys import find_key
from speak.federation.discovery.posts import find_post, look_again_at
from speak.federation.discovery.resolving import resolve

__all__ = [
    "MAX_STEPS",
    "Fetched",
    "Gone",
    "NobodyThere",
    "actor_of",
    "fetch",
    "find_actor",
    "find_conversation",
    "find_featured",
    "find_key",
    "find_passed_on",
    "find_post",
    "is_gone",
    "look_again_at",
    "refresh_actor",
    "resolve",
]
