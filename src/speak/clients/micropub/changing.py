"""Changing, taking back, and saying again (3.4, 3.5). Only one's own words (promise 1)."""

import datetime as dt
import re
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from speak.clients.micropub.answers import not_offered
from speak.clients.micropub.entries import Change, Properties, first, photo_of, words_of
from speak.clients.micropub.pictures import own_at, taken_in
from speak.clients.micropub.source import TAG, joined, split, tag_of
from speak.clients.models import TakenBack
from speak.federation.discovery.resolving import OUR_PAGE
from speak.identity.domains.queries import address_here
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed
from speak.kernel.outbound import Ask
from speak.voice import actions
from speak.voice.actions import Words
from speak.voice.audience import Audience
from speak.voice.models import Media, Post, Wants
from speak.voice.queries import readable_by
from speak.voice.reach import Reach

# Fixed when something is said: who can read it, what it answers, when that was.
FIXED = ("visibility", "in-reply-to", "published", "like-of", "repost-of", "bookmark-of", "post-status", "url", "uid")
KEPT_FOR = dt.timedelta(days=1)
OUR_ID = re.compile(r"/posts/(?P<post>\d{1,18})", re.ASCII)


def own_post(author: Actor, url: str) -> Post:
    """One's own post at this address, which nobody has taken back.

    Raises:
        Invalid: there is none that this author may read.
        NotAllowed: somebody else said it.
    """
    number = _number_in(url)
    post = readable_by(author).select_related("author", "in_reply_to").filter(pk=number).first() if number else None
    if post is None:
        raise Invalid(_("There is no post at this url."))
    if post.author_id != author.pk:
        raise NotAllowed(_("Somebody else said this."))
    return post


def update(author: Actor, post: Post, change: Change, *, ask: Ask) -> None:
    """Change words, title, tags and pictures; properties that nobody knows here are let be (3.3.4).

    Raises:
        Invalid: it changes nothing, or something that was fixed when it was said.
    """
    if not change.names:
        raise Invalid(_("There is nothing to change."), hint=_("Send replace, add or delete."))
    if fixed := change.names & set(FIXED):
        raise not_offered(f"Changing {', '.join(sorted(fixed))} of what was said")
    body, _line = split(post.source)
    words = Words(
        source=joined(_body(body, change), _tags(post, change)),
        title=_one(post.title, change, "name"),
        summary=post.summary,
        language=post.language,
        wants=Wants(post.wants),
        is_sensitive=post.is_sensitive,
    )
    actions.edit_post(author, post=post, words=words, media=_media(post, change, ask=ask))


@transaction.atomic
def delete(author: Actor, post: Post) -> None:
    """Take it back. Its words are kept for a day for an app that says it again, and then forgotten."""
    actions.withdraw_post(author, post=post)
    TakenBack.objects.create(
        actor=author,
        post=post,
        title=post.title,
        source=post.source,
        summary=post.summary,
        language=post.language,
        taken_back_at=clock.now(),
    )


@transaction.atomic
def undelete(author: Actor, url: str) -> Post:
    """Say again what an app took back within a day: a new post at a new address, for exactly the same people.

    Raises:
        Invalid: there is nothing to say again, or those whom it was for cannot be told any more.
        Refusal: as `publish_post`; the room it was said in has ended, or is not its author's any more.
    """
    ours = TakenBack.objects.select_for_update(of=("self",)).select_related("post__in_reply_to")
    kept = ours.filter(actor=author, post=_number_in(url)).first()
    if kept is None or kept.taken_back_at < clock.now() - KEPT_FOR:
        raise Invalid(_("There is nothing at this url that could be said again."))
    post = kept.post
    answered = post.in_reply_to if post.in_reply_to and not post.in_reply_to.withdrawn_at else None
    words = Words(
        source=kept.source,
        title=kept.title,
        summary=kept.summary,
        language=kept.language,
        wants=Wants(post.wants),
        quoting=post.quoting,
    )
    said = actions.publish_post(
        author,
        words=words
        if answered
        else replace(words, answers_url=post.in_reply_to_uri if not post.in_reply_to_id else ""),
        audience=Audience(Reach(post.reach), says_again=post),
        in_reply_to=answered,
    )
    kept.delete()
    return said


def forget_what_was_taken_back() -> int:
    """Forget the words of yesterday; returns how many."""
    return TakenBack.objects.filter(taken_back_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _number_in(url: str) -> int:
    """The number of the post whose page or id this is, of this server; 0 where it is none."""
    url = address_here(url)
    if not url.startswith(f"{settings.SPEAK_URL}/"):
        return 0
    plain = url.partition("?")[0].partition("#")[0].removeprefix(settings.SPEAK_URL)
    page = OUR_PAGE.fullmatch(plain) or OUR_ID.fullmatch(plain)
    return int(page["post"] or 0) if page else 0


def _one(now: str, change: Change, name: str) -> str:
    """A property of one value, as it is after the change."""
    if name in change.replace:
        return words_of(first(change.replace, name))
    if name in change.delete_whole or (name in change.delete and now in map(words_of, change.delete[name])):
        return ""
    return words_of(first(change.add, name)) if name in change.add and not now else now


def _body(body: str, change: Change) -> str:
    if "content" in change.add and body:
        return f"{body}\n\n{words_of(first(change.add, 'content'))}"
    return _one(body, change, "content")


def _tags(post: Post, change: Change) -> list[str]:
    """The tags of the last line, as they are after the change; what stands amid the words is changed there."""
    body, line = split(post.source)
    named = [tag.name for tag in post.tags.all()]
    if "category" in change.replace:
        return [words_of(value) for value in change.replace["category"]]
    gone = set(named) if "category" in change.delete_whole else _as_tags(change.delete)
    amid = {name.lower() for name in TAG.findall(body)} if "content" not in change.replace else set()
    if "category" in change.delete and gone & amid:
        raise Invalid(
            _("#%(hashtag)s stands amid the words.") % {"hashtag": min(gone & amid)},
            hint=_("Change the words instead."),
        )
    kept = [name for name in line if name.lower() not in gone]
    return [*kept, *(words_of(value) for value in change.add.get("category", []))]


def _as_tags(found: Properties) -> set[str]:
    return {tag_of(words_of(value)).lower() for value in found.get("category", [])}


def _media(post: Post, change: Change, *, ask: Ask) -> list[Media] | None:
    if "photo" not in change.names:
        return None
    if "photo" in change.replace:
        return taken_in(post.author, map(photo_of, change.replace["photo"]), ask=ask, of=post)
    gone = {own_at(post.author, photo_of(value).url) for value in change.delete.get("photo", [])}
    kept = [] if "photo" in change.delete_whole else [media for media in post.media.all() if media not in gone]
    return [*kept, *taken_in(post.author, map(photo_of, change.add.get("photo", [])), ask=ask, of=post)]
