"""What follows here from what an actor elsewhere has done. One small function per activity."""

from speak.federation.inbox.reception import is_about_a_stranger_gone, receive

__all__ = ["is_about_a_stranger_gone", "receive"]
