"""What follows here from what an actor elsewhere has done. One small function per activity."""

from speak.federation.inbox.followers import compare_followers
from speak.federation.inbox.forwarding import ask_its_origin
from speak.federation.inbox.reception import is_about_a_stranger_gone, receive

__all__ = ["ask_its_origin", "compare_followers", "is_about_a_stranger_gone", "receive"]
