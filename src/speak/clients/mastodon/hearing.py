"""Of whom one wants to be told, and whom one points at (docs.joinmastodon.org/methods/notifications, accounts)."""

import msgspec
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Nothing, Who, endpoint
from speak.clients.api.paging import Id, Listed, Page
from speak.clients.mastodon.entities.accounts import Account, Relationship
from speak.clients.mastodon.entities.notifications import (
    Hearing,
    NotificationPolicy,
    NotificationRequest,
    PolicySummary,
)
from speak.clients.mastodon.shown.notifications import shown_statuses_of
from speak.clients.mastodon.shown.people import shown_account, shown_accounts, shown_relationships
from speak.identity import actions, queries
from speak.identity.errors import NoSuchNotification
from speak.identity.models import Actor, Notification
from speak.identity.models import Hearing as Verdict
from speak.voice.queries import windowed

HEARING: dict[Verdict, Hearing] = {Verdict.ACCEPT: "accept", Verdict.FILTER: "filter", Verdict.DROP: "drop"}


class Chosen(msgspec.Struct, kw_only=True):
    """What is to change; what is not given stays."""

    for_not_following: Hearing | None = None
    for_not_followers: Hearing | None = None
    for_new_accounts: Hearing | None = None
    for_private_mentions: Hearing | None = None
    for_limited_accounts: Hearing | None = None


class Several(msgspec.Struct, kw_only=True):
    """Requests by their ids."""

    id: list[Id] = []


class Merged(msgspec.Struct, kw_only=True):
    """Whether what was let through stands where it belongs: always, at once."""

    merged: bool = True


@endpoint("GET", "/api/v2/notifications/policy", "read:notifications")
def policy(call: Call) -> NotificationPolicy:
    """Of whom one wants to be told."""
    return _policy(call.me)


@endpoint("PATCH", "/api/v2/notifications/policy", "write:notifications")
def choose(call: Call, given: Chosen) -> NotificationPolicy:
    """Change it."""
    chosen = {name: Verdict(value) for name in given.__struct_fields__ if (value := getattr(given, name))}
    actions.choose_policy(call.me, chosen=chosen)
    return _policy(call.me)


@endpoint("GET", "/api/v1/notifications/requests", "read:notifications")
def requests(call: Call, given: Page) -> Listed[NotificationRequest]:
    """Of whom one would be told, were it not for one's policy, the latest first."""
    by_person = _filtered(call.me)
    latest = sorted((rows[0] for rows in by_person.values()), key=lambda row: -row.pk)
    window = given.window(most=80)
    above = max(filter(None, (window.since, window.after)), default=0)
    kept = [row for row in latest if row.pk > above and (window.before is None or row.pk < window.before)]
    kept = kept[-window.limit :] if window.after is not None else kept[: window.limit]
    ends = (kept[0].pk, kept[-1].pk) if kept else (None, None)
    return Listed(_shown(call.me, [by_person[row.about_id] for row in kept]), *ends)


@endpoint("GET", "/api/v1/notifications/requests/merged", "read:notifications")
def merged(_call: Call) -> Merged:
    """Whether all that was let through has arrived."""
    return Merged()


@endpoint("POST", "/api/v1/notifications/requests/accept", "write:notifications")
def accept_several(call: Call, given: Several) -> Nothing:
    """Be told of these people from now on."""
    for actor in queries.known_actors(given.id):
        actions.let_through(call.me, about=actor)
    return Nothing()


@endpoint("POST", "/api/v1/notifications/requests/dismiss", "write:notifications")
def dismiss_several(call: Call, given: Several) -> Nothing:
    """Forget what was kept apart of these people."""
    for actor in queries.known_actors(given.id):
        actions.forget_filtered(call.me, about=actor)
    return Nothing()


@endpoint("GET", "/api/v1/notifications/requests/<int:actor_id>", "read:notifications")
def one(call: Call, actor_id: int) -> NotificationRequest:
    """One of them."""
    return _shown(call.me, [_rows_about(call.me, actor_id)])[0]


@endpoint("POST", "/api/v1/notifications/requests/<int:actor_id>/accept", "write:notifications")
def accept(call: Call, actor_id: int) -> Nothing:
    """Be told of somebody from now on."""
    actions.let_through(call.me, about=_rows_about(call.me, actor_id)[0].about)
    return Nothing()


@endpoint("POST", "/api/v1/notifications/requests/<int:actor_id>/dismiss", "write:notifications")
def dismiss(call: Call, actor_id: int) -> Nothing:
    """Forget what was kept apart of somebody."""
    actions.forget_filtered(call.me, about=_rows_about(call.me, actor_id)[0].about)
    return Nothing()


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/endorse", "write:accounts")
def endorse(call: Call, actor_id: int) -> Relationship:
    """Point at somebody on one's profile."""
    other = queries.actor_with_id(call.me, actor_id)
    actions.endorse(call.me, about=other)
    return shown_relationships(call.me, [other])[0]


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/unendorse", "write:accounts")
def unendorse(call: Call, actor_id: int) -> Relationship:
    """No longer."""
    other = queries.actor_with_id(call.me, actor_id)
    actions.endorse_no_more(call.me, about=other)
    return shown_relationships(call.me, [other])[0]


# What the two above were called before.
pin = endpoint("POST", "/api/v1/accounts/<int:actor_id>/pin", "write:accounts")(endorse.function)
unpin = endpoint("POST", "/api/v1/accounts/<int:actor_id>/unpin", "write:accounts")(unendorse.function)


@endpoint("GET", "/api/v1/endorsements", "read:accounts")
def endorsed(call: Call, given: Page) -> Listed[Account]:
    """Whom one points at."""
    return _endorsed(call.me, call.me, given)


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/endorsements", "read:accounts", who=Who.ANYONE)
def endorsed_by(call: Call, given: Page, actor_id: int) -> Listed[Account]:
    """Whom somebody points at."""
    return _endorsed(call.viewer, queries.actor_with_id(call.viewer, actor_id), given)


def _endorsed(viewer: Actor | None, owner: Actor, page: Page) -> Listed[Account]:
    rows = list(
        windowed(queries.endorsements_of(viewer, owner).select_related("about"), page.window(usual=40, most=80))
    )
    rows.sort(key=lambda row: -row.pk)
    ends = (rows[0].pk, rows[-1].pk) if rows else (None, None)
    return Listed(shown_accounts(row.about for row in rows), *ends)


def _policy(actor: Actor) -> NotificationPolicy:
    row, apart = queries.policy_of(actor), _filtered(actor)
    names = [name for name in NotificationPolicy.__struct_fields__ if name.startswith("for_")]
    return NotificationPolicy(
        **{name: HEARING[Verdict(getattr(row, name))] for name in names},
        summary=PolicySummary(
            pending_requests_count=len(apart), pending_notifications_count=sum(len(rows) for rows in apart.values())
        ),
    )


def _filtered(viewer: Actor) -> dict[int, list[Notification]]:
    """What was kept apart, by the id of whom it is about, the latest first."""
    apart: dict[int, list[Notification]] = {}
    for row in queries.filtered_of(viewer):
        apart.setdefault(row.about_id, []).append(row)
    return apart


def _rows_about(viewer: Actor, actor_id: int) -> list[Notification]:
    rows = _filtered(viewer).get(actor_id)
    if not rows:
        raise NoSuchNotification(_("There is no such request."))
    return rows


def _shown(viewer: Actor, requests: list[list[Notification]]) -> list[NotificationRequest]:
    latest = [rows[0] for rows in requests]
    statuses = shown_statuses_of(viewer, latest)
    prefetch_related_objects([row.about for row in latest], "links")
    return [
        NotificationRequest(
            id=str(rows[0].about_id),
            created_at=rows[-1].created_at,
            updated_at=rows[0].created_at,
            notifications_count=str(len(rows)),
            account=shown_account(rows[0].about),
            last_status=statuses.get(str(rows[0].post_id)),
        )
        for rows in requests
    ]
