"""Devices that are told what awaits somebody (docs.joinmastodon.org/methods/push)."""

from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.models import From, PushSubscription
from speak.clients.push import public_key, subscribing
from speak.clients.push.subscribing import Wish
from speak.clients.tokens import Bearer, NoToken, token_shown

Text = Annotated[str, msgspec.Meta(max_length=2_048)]
Alert = Literal[
    "mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update", "quote", "quoted_update"
]

Policy = Literal["all", "followed", "follower", "none"]
POLICIES: dict[From, Policy] = {
    From.ALL: "all",
    From.FOLLOWED: "followed",
    From.FOLLOWER: "follower",
    From.NONE: "none",
}


class Alerts(msgspec.Struct, kw_only=True, forbid_unknown_fields=False):
    """Of which kinds a device is told."""

    mention: bool = False
    status: bool = False
    reblog: bool = False
    follow: bool = False
    follow_request: bool = False
    favourite: bool = False
    poll: bool = False
    update: bool = False
    quote: bool = False
    quoted_update: bool = False


class WebPushSubscription(msgspec.Struct, kw_only=True):
    """A device that is told (docs.joinmastodon.org/entities/WebPushSubscription)."""

    id: int
    endpoint: str
    standard: bool
    alerts: Alerts
    policy: Policy
    server_key: str


class Keys(msgspec.Struct, kw_only=True):
    """The keys of a device."""

    p256dh: Text
    auth: Text


class Place(msgspec.Struct, kw_only=True):
    """Where it takes messages."""

    endpoint: Text
    keys: Keys
    standard: bool = False


class Choice(msgspec.Struct, kw_only=True):
    """Of what it is told, and of whom."""

    alerts: Alerts | None = None
    policy: Policy | None = None


class Subscribed(msgspec.Struct, kw_only=True):
    """A device, and what it wants."""

    subscription: Place
    data: Choice | None = None


class Changed(msgspec.Struct, kw_only=True):
    """What it wants from now on; Mastodon takes the policy beside `data` as well."""

    data: Choice | None = None
    policy: Policy | None = None


@endpoint("POST", "/api/v1/push/subscription", "push")
def subscribe(call: Call, given: Subscribed) -> WebPushSubscription:
    """Tell this device from now on."""
    place = given.subscription
    wish = Wish(place.endpoint, place.keys.p256dh, place.keys.auth, is_standard=place.standard)
    row = subscribing.subscribe(_bearer(call), token=token_shown(call.request), wish=wish)
    return _chosen(row, given.data or Choice())


@endpoint("GET", "/api/v1/push/subscription", "push")
def subscription(call: Call) -> WebPushSubscription:
    """What this app has asked for."""
    return _shown(subscribing.subscription_of(_bearer(call)))


@endpoint("PUT", "/api/v1/push/subscription", "push")
def change(call: Call, given: Changed) -> WebPushSubscription:
    """Be told of other things."""
    choice = given.data or Choice()
    policy = choice.policy or given.policy
    return _chosen(subscribing.subscription_of(_bearer(call)), Choice(alerts=choice.alerts, policy=policy))


@endpoint("DELETE", "/api/v1/push/subscription", "push")
def unsubscribe(call: Call) -> Nothing:
    """Tell this device nothing any more."""
    subscribing.unsubscribe(_bearer(call))
    return Nothing()


def _bearer(call: Call) -> Bearer:
    if call.bearer is None:
        raise NoToken(_("The access token is invalid"))
    return call.bearer


def _chosen(row: PushSubscription, choice: Choice) -> WebPushSubscription:
    names = row.alerts if choice.alerts is None else [name for name, on in _each(choice.alerts) if on]
    return _shown(subscribing.choose(row, alerts=names, policy=From(choice.policy or row.policy)))


def _each(alerts: Alerts) -> list[tuple[str, bool]]:
    return [(name, getattr(alerts, name)) for name in alerts.__struct_fields__]


def _shown(row: PushSubscription) -> WebPushSubscription:
    return WebPushSubscription(
        id=row.pk,
        endpoint=row.endpoint,
        standard=row.is_standard,
        alerts=Alerts(**dict.fromkeys(row.alerts, True)),
        policy=POLICIES[From(row.policy)],
        server_key=public_key(),
    )
