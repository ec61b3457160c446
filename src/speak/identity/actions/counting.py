"""Whether one is counted where a conversation is looked at as a whole."""

from django.db import transaction

from speak.identity.models import Actor, Counting


@transaction.atomic
def choose_counting(actor: Actor, *, is_counted: bool, addresses_are_one: bool) -> None:
    """Be counted or not, from now on; and say that all one's confirmed addresses are one person."""
    chosen = {"is_counted": is_counted, "addresses_are_one": addresses_are_one}
    Counting.objects.update_or_create(actor=actor, defaults=chosen)
