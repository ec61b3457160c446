"""What several did with the same words, told as one (docs.joinmastodon.org/methods/grouped_notifications)."""

from collections.abc import Iterable, Sequence

import msgspec
from django.db.models import prefetch_related_objects

from speak.clients.mastodon.entities.notifications import (
    GroupedNotifications,
    Kind,
    NotificationGroup,
    PartialAccount,
)
from speak.clients.mastodon.shown.notifications import KINDS, key_of, shown_statuses_of
from speak.clients.mastodon.shown.people import acct, shown_account, whole_address
from speak.identity.models import Actor, Notification
from speak.identity.queries import notification_counts

# So many faces of a group are shown; the others are asked for by its key.
FACES = 8


def grouped(rows: Iterable[Notification], *, kinds: frozenset[str]) -> dict[str, list[Notification]]:
    """These rows by their group, in order; those of other kinds each by themselves."""
    groups: dict[str, list[Notification]] = {}
    for row in rows:
        groups.setdefault(key_of(row, kinds=kinds), []).append(row)
    return groups


def first_groups(rows: Iterable[Notification], *, kinds: frozenset[str], limit: int) -> list[Notification]:
    """The rows of a page: up to the one with which one group more than `limit` would begin.

    The next page begins there, so that nothing between the rows of a group that is spread out is passed over.
    Older rows of that group are told on that page, under the same key, as Mastodon does.
    """
    found: list[Notification] = []
    keys: set[str] = set()
    for row in rows:
        keys.add(key_of(row, kinds=kinds))
        if len(keys) > limit:
            break
        found.append(row)
    return found


def shown_groups(viewer: Actor, groups: dict[str, list[Notification]], *, partly: bool = False) -> GroupedNotifications:
    """Groups as an app sees them; with `partly`, of all but the latest of each no more than a face needs."""
    rows = [row for group in groups.values() for row in group]
    statuses = shown_statuses_of(viewer, rows)
    standing = {
        key: group for key, group in groups.items() if not group[0].post_id or str(group[0].post_id) in statuses
    }
    faces = {key: [row.about for row in group[:FACES]] for key, group in standing.items()}
    everybody = _by_id(faces.values())
    whole = {actors[0].pk: actors[0] for actors in faces.values()} if partly else everybody
    prefetch_related_objects(list(everybody.values()), "links")
    counts = notification_counts(viewer, [group[0] for group in standing.values() if len(group) > 1])
    numbers = dict.fromkeys(_post_of(group[0]) for group in standing.values())
    shown = GroupedNotifications(
        accounts=[shown_account(actor) for actor in whole.values()],
        statuses=[statuses[number] for number in numbers if number],
        notification_groups=[_group(key, group, counts) for key, group in standing.items()],
    )
    if partly:
        shown.partial_accounts = [_partial(actor) for pk, actor in everybody.items() if pk not in whole]
    return shown


def _group(key: str, rows: Sequence[Notification], counts: dict[tuple[str, int], int]) -> NotificationGroup:
    latest = rows[0]
    kind: Kind = KINDS[latest.kind]
    return NotificationGroup(
        group_key=key,
        notifications_count=max(len(rows), counts.get((latest.kind, latest.post_id), 0)),
        type=kind,
        most_recent_notification_id=latest.pk,
        page_min_id=str(rows[-1].pk),
        page_max_id=str(latest.pk),
        latest_page_notification_at=latest.created_at,
        sample_account_ids=[str(row.about_id) for row in rows[:FACES]],
        status_id=_post_of(latest) or msgspec.UNSET,
    )


def _post_of(row: Notification) -> str:
    return str(row.post_id) if row.post_id else ""


def _by_id(several: Iterable[Sequence[Actor]]) -> dict[int, Actor]:
    return {actor.pk: actor for actors in several for actor in actors}


def _partial(actor: Actor) -> PartialAccount:
    shown = shown_account(actor)
    return PartialAccount(
        id=str(actor.pk),
        acct=acct(actor),
        url=actor.url or actor.uri,
        avatar=whole_address(shown.avatar),
        avatar_static=whole_address(shown.avatar_static),
        locked=actor.approves_followers,
        bot=shown.bot,
    )
