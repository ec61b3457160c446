"""Who of those who listen hears a piece of news, and in which words.

Nothing is decided anew here: a post is told in a stream if it stands in that stream's timeline, read by the same
query with the same viewer (promises 4 and 16). What comes before only spares those queries where the answer is no.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from oauth2_provider.models import AccessToken

from speak.clients.api.writing import written
from speak.clients.mastodon.conversations import shown_conversations
from speak.clients.mastodon.shown.notifications import shown_notifications
from speak.clients.mastodon.shown.statuses import shown_statuses
from speak.clients.streaming.channels import Channel
from speak.clients.streaming.news import News
from speak.clients.tokens import Bearer
from speak.identity.models import Actor
from speak.identity.queries import following_among, notifications_of
from speak.kernel import clock
from speak.kernel.errors import Refusal
from speak.voice.models import Post
from speak.voice.queries import (
    Window,
    booster_of_event,
    conversations_of,
    following_tags_among,
    post_of_event,
    withdrawn_for,
)
from speak.voice.reach import Reach

# What was said longer ago and only arrives now is found in timelines, and not told as new.
NEW_FOR = dt.timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One stream, listened to with one token."""

    bearer: Bearer
    channel: Channel

    @property
    def viewer(self) -> Actor:
        """Whoever listens."""
        if self.bearer.actor is None:
            message = "nobody listens without a token of theirs"
            raise ValueError(message)
        return self.bearer.actor


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an app is told. The payload is JSON of its own, or the number of what is gone."""

    stream: list[str]
    event: str
    payload: str | None = None


Told = tuple[Subscription, Event]


def alive(token_ids: Iterable[int]) -> set[int]:
    """Those of these tokens that still open something."""
    good = AccessToken.objects.filter(pk__in=list(token_ids), expires__gt=clock.now(), user__is_active=True)
    return set(good.values_list("pk", flat=True))


def told_of(news: News, subscriptions: Iterable[Subscription]) -> list[Told]:
    """Who hears it, in which words; only whose tokens are good at this moment."""
    listening = list(subscriptions)
    good = alive({each.bearer.token_id for each in listening}) if listening else set()
    listening = [each for each in listening if each.bearer.token_id in good]
    if not listening:
        return []
    try:
        return list(_told(news, listening))
    except Post.DoesNotExist:  # its author is gone from there, and all of theirs
        return []


def _told(news: News, listening: list[Subscription]) -> Iterator[Told]:
    match news.what:
        case "said" | "edited":
            yield from _of_post(news, listening)
        case "withdrawn":
            yield from _of_withdrawal(news, listening)
        case "passed_on":
            yield from _of_boost(news, listening)
        case "passed_on_no_more":
            yield from _of_a_boost_withdrawn(news, listening)
        case "told":
            yield from _of_notification(news, listening)
        case "filters_changed":
            for each in listening:
                if each.channel.name == "user" and each.viewer.pk == news.actor_id:
                    yield each, Event(each.channel.address, "filters_changed")


def _of_post(news: News, listening: list[Subscription]) -> Iterator[Told]:
    post = post_of_event(news.row_id)
    if post.withdrawn_at or (news.what == "said" and post.said_at < clock.now() - NEW_FOR):
        return
    kind = "update" if news.what == "said" else "status.update"
    yield from _shown_to(_perhaps(listening, by=post.author_id, post=post), post.pk, kind=kind)
    if post.reach == Reach.NAMED and news.what == "said":
        yield from _of_conversation(post, [each for each in listening if each.channel.name == "direct"])


def _of_conversation(post: Post, listening: list[Subscription]) -> Iterator[Told]:
    """Words among named people, told as the conversation in which they are the last."""
    for each in listening:
        found = conversations_of(each.viewer, Window(before=post.pk + 1, after=post.pk - 1, limit=1))
        for shown in shown_conversations(each.viewer, found):
            yield each, Event(each.channel.address, "conversation", written(shown).decode())


def _of_boost(news: News, listening: list[Subscription]) -> Iterator[Told]:
    booster_id = booster_of_event(news.row_id)
    if booster_id is not None:
        near = [each for each in listening if not each.channel.is_open]
        yield from _shown_to(_perhaps(near, by=booster_id), news.row_id, kind="update")


def _of_withdrawal(news: News, listening: list[Subscription]) -> Iterator[Told]:
    post = post_of_event(news.row_id)
    for each in _perhaps(listening, by=post.author_id, post=post):
        if withdrawn_for(each.viewer, post.pk):
            yield each, Event(each.channel.address, "delete", str(post.pk))


def _of_a_boost_withdrawn(news: News, listening: list[Subscription]) -> Iterator[Told]:
    for each in _perhaps([each for each in listening if not each.channel.is_open], by=news.actor_id):
        yield each, Event(each.channel.address, "delete", str(news.row_id))


def _of_notification(news: News, listening: list[Subscription]) -> Iterator[Told]:
    theirs = [
        each
        for each in listening
        if each.viewer.pk == news.actor_id
        and each.channel.tells_notifications
        and each.bearer.reaches("read:notifications")
    ]
    rows = list(notifications_of(theirs[0].viewer).filter(pk=news.row_id)) if theirs else []
    for shown in shown_notifications(theirs[0].viewer, rows) if rows else []:
        payload = written(shown).decode()
        for each in theirs:
            yield each, Event(each.channel.address, "notification", payload)


def _shown_to(listening: Iterable[Subscription], entry_id: int, *, kind: str) -> Iterator[Told]:
    """Each stream of each person is looked up once, however many apps of theirs listen to it."""
    same: defaultdict[tuple[int, Channel], list[Subscription]] = defaultdict(list)
    for each in listening:
        same[each.viewer.pk, each.channel].append(each)
    for (_, channel), subscriptions in same.items():
        payload = _payload(subscriptions[0].viewer, channel, entry_id)
        if payload:
            yield from ((each, Event(channel.address, kind, payload)) for each in subscriptions)


def _payload(viewer: Actor, channel: Channel, entry_id: int) -> str:
    try:
        entry = channel.entry(viewer, entry_id)
    except Refusal:  # the list is not there any more
        return ""
    return written(shown_statuses(viewer, [entry])[0]).decode() if entry else ""


def _perhaps(listening: list[Subscription], *, by: int, post: Post | None = None) -> list[Subscription]:
    """Those in whose streams it may stand, so that nobody else is asked for."""
    viewers = _viewers(listening)
    near = {by, *following_among(viewers, target_id=by)}
    is_public = post is not None and post.reach == Reach.PUBLIC
    if post is not None and is_public:
        near |= following_tags_among(viewers, post=post)
    is_for_all_here = post is not None and post.reach == Reach.HERE
    return [
        each
        for each in listening
        if (
            is_public
            if each.channel.is_open
            else each.channel.name == "list" or is_for_all_here or each.viewer.pk in near
        )
    ]


def _viewers(listening: Iterable[Subscription]) -> set[int]:
    return {each.viewer.pk for each in listening}
