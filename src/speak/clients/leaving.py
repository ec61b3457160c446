"""What apps and files of somebody there are, gone with them; tokens go with whoever signs in by them."""

from django.db import transaction

from speak.clients.archive import throw_away
from speak.clients.bringing import forget_all_of
from speak.clients.models import AskedOnce, Luggage, Marker, PushSubscription, TakenBack
from speak.identity.models import Actor


def forget_apps_of(actor: Actor) -> None:
    """Delete where they were, what their devices are told, and their file. The caller holds the transaction."""
    for model in (AskedOnce, Marker, PushSubscription, TakenBack):
        model.objects.filter(actor=actor).delete()
    Luggage.objects.filter(owner=actor).delete()
    forget_all_of(actor)
    transaction.on_commit(lambda: throw_away(actor.pk))
