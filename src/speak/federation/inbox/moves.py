"""Actors elsewhere who move (interop 3.5). Both homes have to say so, and the new one is asked."""

from speak.federation import tasks
from speak.federation.documents import Move
from speak.federation.inbox.own import SpokenForAnother
from speak.federation.relevance import has_followers_here
from speak.identity.models import Actor


def move(sender: Actor, activity: Move) -> None:
    """They live somewhere else from now on. Those here who follow them are led there once that home confirms it."""
    if activity.object_uri != sender.uri:
        raise SpokenForAnother("Nobody moves somebody else.")
    if activity.target_uri != sender.uri and has_followers_here(sender):
        tasks.follow_a_move.enqueue(actor_id=sender.pk, target_uri=activity.target_uri)
