"""Which names in an archive are proven to be somebody's here: addresses they confirmed, and their actor."""

from allauth.account.models import EmailAddress

from speak.identity.models import Actor


def confirmed_addresses(actor: Actor) -> list[str]:
    """The e-mail addresses that somebody confirmed by what was sent to them, in small letters."""
    if actor.user_id is None:
        return []
    found = EmailAddress.objects.filter(user=actor.user_id, verified=True).values_list("email", flat=True)
    return sorted(address.casefold() for address in found)
