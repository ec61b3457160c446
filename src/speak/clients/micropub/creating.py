"""Saying something new (3.3)."""

from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from speak.clients.api.once import made_once
from speak.clients.micropub.answers import not_offered
from speak.clients.micropub.entries import Entry
from speak.clients.micropub.pictures import taken_in
from speak.clients.micropub.source import joined
from speak.clients.micropub.targets import chosen_in
from speak.federation.discovery.naming import meet_those_named
from speak.federation.discovery.resolving import resolve
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.elsewhere.choosing import check_choice
from speak.identity.models import Actor
from speak.kernel.errors import Invalid
from speak.kernel.outbound import Ask
from speak.voice import actions
from speak.voice.actions import DraftWords, Words
from speak.voice.audience import Audience, preselected
from speak.voice.models import Post
from speak.voice.queries import post_for
from speak.voice.reach import OPEN, Reach

ASKED_FOR = {"public": Reach.PUBLIC, "unlisted": Reach.QUIET, "private": Reach.SELF}


@dataclass(frozen=True, slots=True)
class Asked:
    """How something is to be said: by whom, once for each key, asking others through this door; or kept as a draft."""

    author: Actor
    ask: Ask
    key: str = ""
    only_draft: bool = False


def create(asked: Asked, entry: Entry) -> str:
    """Say it, put it aside, or answer without words; the address of what came of it (3.3.5).

    Raises:
        Refusal: as the actions do; Invalid for what is not offered here.
    """
    if entry.status not in {"", "published", "draft"}:
        raise not_offered(f"post-status={entry.status}")
    is_draft = asked.only_draft or entry.status == "draft"
    if entry.like_of or entry.repost_of:
        if is_draft:
            raise not_offered("A draft without words")
        return _answered_without_words(asked, entry)
    if is_draft:
        draft = actions.keep_draft(asked.author, content=_content(asked, entry))
        return f"{settings.SPEAK_URL}{reverse('compose')}?draft={draft.pk}"
    return made_once(asked.author, asked.key, lambda: _said(asked, entry), find=partial(post_for, asked.author)).url


def _said(asked: Asked, entry: Entry) -> Post:
    content = _content(asked, entry)
    return actions.publish_post(
        asked.author,
        words=content.words,
        audience=content.audience,
        in_reply_to=content.in_reply_to,
        media=content.media,
    )


def _content(asked: Asked, entry: Entry) -> DraftWords:
    answered = _post_at(asked, entry.in_reply_to) if entry.in_reply_to else None
    words = "\n\n".join(part for part in (entry.content, entry.bookmark_of, *entry.linked) if part)
    source = joined(words, entry.categories)
    audience = replace(_audience(asked.author, entry, answered), also_at=chosen_in(entry.syndicate_to))
    check_choice(asked.author, audience=audience, answered=answered)
    meet_those_named(source)
    return DraftWords(
        words=Words(
            source=source,
            title=entry.name if entry.name.strip() != entry.content.strip() else "",
            language=asked.author.user.language if asked.author.user else "",
            answers_url=_page_elsewhere(entry.in_reply_to) if entry.in_reply_to and answered is None else "",
        ),
        audience=audience,
        in_reply_to=answered,
        media=taken_in(asked.author, entry.photos, ask=asked.ask),
    )


def _audience(author: Actor, entry: Entry, answered: Post | None) -> Audience:
    """As wide as was asked, or what the page would preselect; an answer never reaches further (promise 4)."""
    if not entry.visibility:
        if entry.in_reply_to and answered is None:
            return Audience(Reach.QUIET)
        return preselected(author, answered)
    reach = ASKED_FOR.get(entry.visibility)
    if reach is None:
        raise not_offered(f"visibility={entry.visibility}")
    if answered is not None and not answered.is_open and reach in OPEN:
        return preselected(author, answered)
    return Audience(reach)


def _answered_without_words(asked: Asked, entry: Entry) -> str:
    url = entry.like_of or entry.repost_of
    post = _post_at(asked, url)
    if post is None:
        raise Invalid(_("That post is not known here, and cannot be found."), hint=_("Answer it in words instead."))
    if entry.like_of:
        actions.like(asked.author, post=post)
    else:
        actions.boost(asked.author, post=post)
    return f"{settings.SPEAK_URL}{post.path}"


def _post_at(asked: Asked, url: str) -> Post | None:
    found = resolve(asked.author, url, ask=asked.ask)
    return found if isinstance(found, Post) else None


def _page_elsewhere(url: str) -> str:
    """A page of another site that is answered; what is here has to be there.

    Raises:
        Invalid: it is no web address, or one of ours at which nothing stands for this author.
    """
    if not is_web_address(url) or host_of(url) == host_of(settings.SPEAK_URL):
        raise Invalid(
            _("What this answers is not there."), hint=_("in-reply-to has to be the address of a post or a page.")
        )
    return url
