"""What other servers may ask of this one, over HTTP."""

from speak.federation.views.pages import answer_if_activitypub

__all__ = ["answer_if_activitypub"]
