"""Answers that guests write here, in the name of their own page: kept like those that stand on a page of their own."""

import html as entities
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext, ngettext

from speak.federation.documents.nodes import host_of
from speak.federation.models import MentionKind, MentionState, SiteBlock, SiteMention
from speak.federation.webmention.page import MAX_NAME
from speak.federation.webmention.receiving import MAX_URL, MOST_HELD
from speak.identity.actions import server_actor, tell_anew
from speak.identity.models import Actor, NotificationKind
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotFound, TooMuch
from speak.safety.queries import is_refused
from speak.voice.models import Post
from speak.voice.queries import post_for

MAX_WORDS = 5_000


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who has proven that the page at `me` is theirs; `name` is what that says."""

    me: str
    name: str = ""


@transaction.atomic
def answer_as_guest(guest: Guest, *, post_id: int, words: str) -> None:
    """Keep a guest's answer to a post that anyone may read, for its author; a second one takes the first one's place.

    Raises:
        NotFound: no such post takes answers of guests.
        Invalid, TooMuch: about the words, or where they come from.
    """
    post = _answered(post_id)
    plain = words.replace("\0", "").replace("\r\n", "\n").strip()
    if not plain:
        raise Invalid(gettext("There is nothing to say yet."), hint=gettext("Write a few words."))
    if len(plain) > MAX_WORDS:
        raise TooMuch(
            ngettext("This holds up to %(most)d character.", "This holds up to %(most)d characters.", MAX_WORDS)
            % {"most": MAX_WORDS}
        )
    host, author = host_of(guest.me), post.author
    if is_refused(host):
        raise Invalid(gettext("Nothing is taken from this page."))
    if SiteBlock.objects.filter(actor=author, host=host).exists():
        return
    if SiteMention.objects.filter(host=host, recipient=author).count() >= MOST_HELD:
        raise TooMuch(gettext("Too much of this page is kept already."))
    html = "".join(f"<p>{entities.escape(part)}</p>" for part in plain.split("\n") if part.strip())
    SiteMention.objects.update_or_create(
        source_url=_source(guest, post),
        post=post,
        defaults={
            "recipient": author,
            "target_url": post.url,
            "host": host,
            "kind": MentionKind.REPLY,
            "state": MentionState.HELD,
            "author_name": guest.name[:MAX_NAME],
            "html": html,
            "is_guests": True,
            "said_at": clock.now(),
            "checked_at": clock.now(),
            "due_at": None,
        },
    )
    tell_anew(author, kind=NotificationKind.SITE_MENTION, about=server_actor())


@transaction.atomic
def take_guests_answer_back(guest: Guest, *, post_id: int) -> None:
    """Forget what a guest answered to a post.

    Raises:
        NotFound: there is nothing of theirs.
    """
    deleted, _ = SiteMention.objects.filter(source_url=_source(guest, None, post_id), is_guests=True).delete()
    if not deleted:
        raise NotFound(gettext("There is nothing of yours here."))


def _answered(post_id: int) -> Post:
    post = post_for(None, post_id)
    author: Actor = post.author
    if not author.is_local or author.user_id is None:
        raise NotFound(gettext("This takes no answers of guests."))
    return post


def _source(guest: Guest, post: Post | None, post_id: int = 0) -> str:
    """The guest's page, and which answer it is: the page itself says nothing of it."""
    return f"{guest.me[: MAX_URL - 40]}#answer-{post.pk if post else post_id}"
