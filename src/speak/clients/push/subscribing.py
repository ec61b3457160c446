"""Which device wants to be told what."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef
from oauth2_provider.models import AccessToken

from speak.clients.models import From, PushSubscription
from speak.clients.push.encryption import Device
from speak.clients.push.keys import sealing
from speak.clients.tokens import Bearer, NoToken
from speak.kernel.errors import Invalid, NotFound

LONGEST = 2048


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a device takes messages, and with which keys it opens them."""

    endpoint: str
    key: str
    secret: str
    is_standard: bool


def subscribe(bearer: Bearer, *, token: str, wish: Wish) -> PushSubscription:
    """Tell a device from now on; what the same app said before is forgotten.

    Raises:
        Invalid: the endpoint is no address of a service, or the keys are none.
    """
    if bearer.actor is None:
        raise NoToken("This method needs the token of a person")
    Device.of(wish.key, wish.secret)
    place = urlsplit(wish.endpoint)
    if place.scheme != "https" or not place.hostname or len(wish.endpoint) > LONGEST:
        raise Invalid("Validation failed: Endpoint must be an address that begins with https://.")
    row, _ = PushSubscription.objects.update_or_create(
        token_id=bearer.token_id,
        defaults={
            "actor": bearer.actor,
            "endpoint": wish.endpoint,
            "device_key": wish.key,
            "device_secret": wish.secret,
            "sealed_token": sealing().encrypt(token.encode()).decode(),
            "is_standard": wish.is_standard,
        },
    )
    return row


def subscription_of(bearer: Bearer) -> PushSubscription:
    """What this app has asked for.

    Raises:
        NotFound: nothing.
    """
    row = PushSubscription.objects.filter(token_id=bearer.token_id).first()
    if row is None:
        raise NotFound("Record not found")
    return row


def choose(row: PushSubscription, *, alerts: Iterable[str], policy: From) -> PushSubscription:
    """Be told of these kinds, of these people."""
    row.alerts, row.policy = sorted(alerts), policy
    row.save(update_fields=["alerts", "policy"])
    return row


def forget_devices_without_token() -> int:
    """Forget the devices of apps that were sent away; returns how many."""
    known = AccessToken.objects.filter(pk=OuterRef("token_id"))
    return PushSubscription.objects.filter(~Exists(known)).delete()[0]


def unsubscribe(bearer: Bearer) -> None:
    """Tell this app's device nothing any more."""
    PushSubscription.objects.filter(token_id=bearer.token_id).delete()
