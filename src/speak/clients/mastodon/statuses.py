"""Saying something, editing it, taking it back (docs.joinmastodon.org/methods/statuses)."""

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.api.once import made_once
from speak.clients.api.paging import Id
from speak.clients.mastodon import audiences
from speak.clients.mastodon.entities.accounts import Visibility
from speak.clients.mastodon.entities.scheduled import ScheduledStatus
from speak.clients.mastodon.entities.statuses import (
    AudienceKind,
    Context,
    Status,
    StatusEdit,
    StatusSource,
)
from speak.clients.mastodon.media import describe_media
from speak.clients.mastodon.polls import GivenPoll
from speak.clients.mastodon.quoting import POLICY, QuotePolicy
from speak.clients.mastodon.reading import own_boost, post_meant, post_or_boost
from speak.clients.mastodon.shown.edits import shown_edits
from speak.clients.mastodon.shown.media import shown_media
from speak.clients.mastodon.shown.scheduled import shown_scheduled
from speak.clients.mastodon.shown.statuses import shown_posts, shown_status
from speak.federation.discovery.naming import meet_those_named, mentioned_in
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.voice import actions
from speak.voice.actions import DraftWords, Words
from speak.voice.models import Draft, Media, Post, Wants
from speak.voice.queries import (
    draft_of,
    media_of_mine,
    post_for,
    readable_by,
    revisions_of,
    thread_for,
)

Text = Annotated[str, msgspec.Meta(max_length=100_000)]
# Mastodon holds nothing for less; an app that means “now” leaves the time out.
SOONEST = dt.timedelta(minutes=5)


class WishedAudience(msgspec.Struct, kw_only=True):
    """One of our audiences, for apps that know them."""

    kind: AudienceKind
    room_id: Id = 0


class MediaWords(msgspec.Struct, kw_only=True):
    """What is said of a file while the post is edited."""

    id: Id
    description: Annotated[str, msgspec.Meta(max_length=1_500)] | None = None
    focus: str | None = None


class Edited(msgspec.Struct, kw_only=True):
    """The words of a post, and what stands in it. Title and language, which few apps send, stay where not given."""

    status: Text = ""
    spoiler_text: Annotated[str, msgspec.Meta(max_length=500)] = ""
    sensitive: bool | None = None
    language: Annotated[str, msgspec.Meta(max_length=16)] | None = None
    media_ids: list[Id] | None = None
    media_attributes: list[MediaWords] = []
    poll: GivenPoll | None = None
    title: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    wants: Literal["", "none", "questions", "thoughts", "hard_truths"] = ""
    quote_approval_policy: QuotePolicy | None = None


class Said(Edited, kw_only=True):
    """A post to be said; what is ours beside Mastodon's: `title`, `wants`, `audience`, `local_only`."""

    in_reply_to_id: Id | None = None
    visibility: Visibility | None = None
    scheduled_at: dt.datetime | None = None
    quoted_status_id: Id | None = None
    local_only: bool = False
    audience: WishedAudience | None = None


class Several(msgspec.Struct, kw_only=True):
    """Posts by their ids."""

    id: list[Id] = []


class Withdrawn(msgspec.Struct, kw_only=True):
    """Whether its pictures go at once, or may stand in a post to come."""

    delete_media: bool = False


@endpoint("POST", "/api/v1/statuses", "write:statuses")
def say(call: Call, given: Said) -> Status | ScheduledStatus:
    """Say something, or hold it until a time. The same `Idempotency-Key` says it once."""
    me, key, until = call.me, call.request.headers.get("Idempotency-Key", ""), given.scheduled_at
    if until is not None:
        held = made_once(me, key, lambda: _held(me, given, until=until), find=partial(draft_of, me))
        return shown_scheduled(me, held)
    return shown_status(me, made_once(me, key, lambda: _said(me, given), find=partial(post_for, me)))


@endpoint("GET", "/api/v1/statuses", "read:statuses", who=Who.ANYONE)
def several(call: Call, given: Several) -> list[Status]:
    """Posts by their ids, as far as they may be read."""
    return shown_posts(call.viewer, readable_by(call.viewer).filter(pk__in=given.id[:40]).select_related("author"))


@endpoint("GET", "/api/v1/statuses/<int:post_id>", "read:statuses", who=Who.ANYONE)
def one(call: Call, post_id: int) -> Status:
    """One post, or one passing on."""
    return post_or_boost(call.viewer, post_id)


@endpoint("PUT", "/api/v1/statuses/<int:post_id>", "write:statuses")
def edit(call: Call, given: Edited, post_id: int) -> Status:
    """Say it better."""
    meet_those_named(given.status)
    post = post_for(call.me, post_id)
    for said in given.media_attributes:
        describe_media(call.me, _media(call.me, [said.id])[0], description=said.description, focus=said.focus)
    media = None if given.media_ids is None else _media(call.me, given.media_ids)
    return shown_status(call.me, actions.edit_post(call.me, post=post, words=_edited(post, given), media=media))


@endpoint("DELETE", "/api/v1/statuses/<int:post_id>", "write:statuses")
def withdraw(call: Call, given: Withdrawn, post_id: int) -> Status:
    """Take it back. The answer holds the words as they were typed and the pictures, to begin anew with.

    With the id under which one passed something on, that is what is taken back.
    """
    boosted = own_boost(call.me, post_id)
    if boosted is not None:
        actions.unboost(call.me, post=boosted)
        return shown_status(call.me, boosted)
    post = post_for(call.me, post_id)
    status = shown_status(call.me, post)
    status.text = post.source
    actions.withdraw_post(call.me, post=post, keeps_pictures=not given.delete_media)
    kept = media_of_mine(call.me, [int(media.id) for media in status.media_attachments])
    status.media_attachments = [shown_media(call.me, media, is_open=False) for media in kept]
    return status


@endpoint("GET", "/api/v1/statuses/<int:post_id>/context", "read:statuses", who=Who.ANYONE)
def context(call: Call, post_id: int) -> Context:
    """What led to a post, and what followed."""
    thread = thread_for(call.viewer, post_meant(call.viewer, post_id))
    shown = shown_posts(call.viewer, [*thread.before, *(post for _, post in thread.after)])
    above = len(thread.before)
    return Context(ancestors=shown[:above], descendants=shown[above:])


@endpoint("GET", "/api/v1/statuses/<int:post_id>/source", "read:statuses")
def source(call: Call, post_id: int) -> StatusSource:
    """A post as its author typed it, for whoever may read it; of one from elsewhere nobody knows."""
    post = post_meant(call.me, post_id)
    return StatusSource(id=str(post.pk), text=post.source, spoiler_text=post.summary, title=post.title or None)


@endpoint("GET", "/api/v1/statuses/<int:post_id>/history", "read:statuses", who=Who.ANYONE)
def history(call: Call, post_id: int) -> list[StatusEdit]:
    """Every wording of a post, the first one first."""
    return shown_edits(call.viewer, *revisions_of(call.viewer, post_meant(call.viewer, post_id).pk))


def _said(author: Actor, given: Said) -> Post:
    content = _content(author, given)
    return actions.publish_post(
        author,
        words=content.words,
        audience=content.audience,
        in_reply_to=content.in_reply_to,
        media=content.media,
    )


def _held(author: Actor, given: Said, *, until: dt.datetime) -> Draft:
    if until < clock.now() + SOONEST:
        raise Invalid(_("Validation failed: Scheduled at must be at least 5 minutes in the future."))
    draft = actions.keep_draft(author, content=_content(author, given))
    return actions.hold_draft(author, draft=draft, until=until)


def _content(author: Actor, given: Said) -> DraftWords:
    meet_those_named(given.status)
    answered = post_for(author, given.in_reply_to_id) if given.in_reply_to_id else None
    wish = audiences.Wish(
        given.visibility,
        usually=audiences.usual(author),
        local_only=given.local_only,
        kind=given.audience.kind if given.audience else None,
        room=given.audience.room_id if given.audience else 0,
    )
    named = tuple(actor for actor in mentioned_in(given.status) if actor.pk != author.pk)
    quoted = post_for(author, given.quoted_status_id) if given.quoted_status_id else None
    return DraftWords(
        words=replace(_words(given), quoted=quoted, is_sensitive=_is_sensitive(author, given)),
        audience=audiences.chosen(wish, answered=answered, named=named),
        in_reply_to=answered,
        media=_media(author, given.media_ids or []),
    )


def _edited(post: Post, given: Edited) -> Words:
    words = _words(given)
    title = post.title if given.title is None else words.title
    return replace(words, title=title, language=words.language or post.language)


def _words(given: Edited) -> Words:
    return Words(
        source=given.status,
        title=given.title or "",
        summary=given.spoiler_text,
        language=given.language or "",
        wants=Wants(given.wants),
        is_sensitive=bool(given.sensitive),
        poll=given.poll.words if given.poll else None,
        quoting=POLICY[given.quote_approval_policy] if given.quote_approval_policy else "",
    )


def _is_sensitive(author: Actor, given: Said) -> bool:
    """As the app says; where it does not, what shows something is veiled if its author wants that."""
    if given.sensitive is not None:
        return given.sensitive
    return bool(given.media_ids) and audiences.veils(author)


def _media(owner: Actor, ids: list[int]) -> list[Media]:
    """One's own files with these ids, in this order.

    Raises:
        Invalid: one of them is not there.
    """
    found = {media.pk: media for media in media_of_mine(owner, ids)}
    if len(found) < len(set(ids)):
        raise Invalid(_("Validation failed: Media attachments do not exist."))
    return [found[media_id] for media_id in dict.fromkeys(ids)]
