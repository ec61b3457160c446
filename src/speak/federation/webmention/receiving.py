"""Other sites say that they link to something here: W3C Webmention, 3.2.

What a request claims is checked in two steps: its form at once, and later, by the worker, that the page really links
here. What the page says is kept for the recipient alone.
"""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urldefrag

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve

from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.models import MentionState, SiteBlock, SiteMention
from speak.federation.webmention.discovery import NoAnswer, is_gone
from speak.federation.webmention.page import Said, mentions, read_page
from speak.identity.actions import server_actor, tell_anew
from speak.identity.domains.queries import address_here
from speak.identity.models import Actor, NotificationKind
from speak.identity.queries import actor_called
from speak.kernel import clock
from speak.kernel.due import put_off, settle, take_up
from speak.kernel.errors import Failure, Invalid, Refusal, TooMuch
from speak.kernel.outbound import Answer, Ask, Call, Purpose
from speak.kernel.outbound import ask as real_ask
from speak.safety.queries import is_refused
from speak.voice.models import Post
from speak.voice.queries import post_for

ACCEPT = "text/html, application/xhtml+xml;q=0.9, application/json;q=0.5, text/plain;q=0.4"
MAX_URL = 1024
# Of one site: so many claims may wait to be checked, and so many are kept for one person.
MOST_UNSEEN, MOST_HELD = 20, 200
# Of all sites together: more than a worker reads in an hour.
MOST_UNSEEN_IN_ALL = 5_000
LEASE = dt.timedelta(minutes=15)
GIVEN_UP_AFTER = dt.timedelta(days=1)
OK = 200
SERVERS_FAULT = 500


@dataclass(frozen=True, slots=True)
class Target:
    """What here a page links to: somebody's page, or a post of theirs."""

    recipient: Actor
    post: Post | None


def target_at(url: str) -> Target | None:
    """What stands at an address of ours, or of somebody's own domain, and takes webmentions.

    What is not for anyone looks like nothing at all.
    """
    plain = address_here(urldefrag(url)[0])
    if not plain.startswith(f"{settings.SPEAK_URL}/"):
        return None
    try:
        match = resolve(plain.removeprefix(settings.SPEAK_URL).partition("?")[0])
        if match.url_name == "profile":
            return _target(actor_called(None, match.kwargs["address"]), None)
        if "post_id" not in match.kwargs or match.url_name not in {"post", "post_by_number"}:
            return None
        post = post_for(None, int(match.kwargs["post_id"]))
    except (Resolver404, Refusal):
        return None
    return _target(post.author, post)


@transaction.atomic
def take(source: str, target: str) -> SiteMention | None:
    """Keep a claim that `source` links to `target`, to be checked; nothing where the recipient blocks that site.

    Raises:
        Invalid: one of them is no web address, both are the same, or nothing at `target` takes webmentions (3.2.1).
        TooMuch: too many claims of that site wait.
    """
    if not (is_web_address(source) and is_web_address(target)) or max(len(source.encode()), len(target)) > MAX_URL:
        raise Invalid("source and target have to be http or https addresses.")
    if source == target:
        raise Invalid("source and target are the same.")
    host = host_of(source)
    found = target_at(target)
    if found is None:
        raise Invalid("Nothing at target takes webmentions.")
    if is_refused(host):
        raise Invalid("Nothing is taken from this source.")
    if SiteBlock.objects.filter(actor=found.recipient, host=host).exists():
        return None
    same = {"source_url": source, "recipient": found.recipient, "post": found.post}
    if not SiteMention.objects.filter(**same).exists():
        _check_room(host, found.recipient)
    known, _ = SiteMention.objects.select_for_update().get_or_create(
        **same, defaults={"host": host, "target_url": target}
    )
    if known.is_guests:
        return known
    known.target_url = target
    known.due_at = known.first_at = clock.now()
    known.attempts = 0
    known.save()
    return known


def take_up_due() -> list[int]:
    """The ids of what is to be read by now; each is handed out once, and again only when nobody reports back."""
    return take_up(SiteMention, most=100, lease=LEASE)


def check(mention_id: int, *, ask: Ask = real_ask) -> None:
    """Read the page that is said to link here: take over what it says, or forget it (3.2.2, 3.2.4)."""
    mention = SiteMention.objects.filter(pk=mention_id).exclude(due_at=None).first()
    if mention is None:
        return
    try:
        answer = ask(Call("GET", mention.source_url, Purpose.PAGE, {"Accept": ACCEPT}))
        said = _said(answer, mention)
    except (Failure, TooMuch) as failure:
        _later(mention, failure)
    else:
        _keep(mention, said)


def _check_room(host: str, recipient: Actor) -> None:
    """Refuse what nobody could read or check: too much of everybody, of one site, or of one site for one person."""
    unseen = SiteMention.objects.filter(state=MentionState.UNSEEN)
    if unseen.count() >= MOST_UNSEEN_IN_ALL:
        raise TooMuch("Too much waits here at present.", hint="Send it again later.")
    if unseen.filter(host=host).count() >= MOST_UNSEEN:
        raise TooMuch("Too much of this source waits already.", hint="Send it again later.")
    if SiteMention.objects.filter(host=host, recipient=recipient).count() >= MOST_HELD:
        raise TooMuch("Too much of this source is kept already.")


def _target(recipient: Actor, post: Post | None) -> Target | None:
    is_person_here = recipient.is_local and recipient.user_id is not None and recipient.suspended_at is None
    return Target(recipient, post) if is_person_here and recipient.gone_at is None else None


def _said(answer: Answer, mention: SiteMention) -> Said | None:
    """What the page says; nothing where it is gone or does not link here."""
    if is_gone(answer):
        return None
    if answer.status != OK:
        is_permanent = answer.status < SERVERS_FAULT and answer.status not in {408, 429}
        raise NoAnswer(f"{mention.source_url}: {answer.status}", permanent=is_permanent)
    if is_refused(host_of(answer.url or mention.source_url)) or not mentions(answer, mention.target_url):
        return None
    page = read_page(answer)
    return page.said(mention.target_url) if page else Said()


@transaction.atomic
def _keep(mention: SiteMention, said: Said | None) -> None:
    row = SiteMention.objects.select_for_update().filter(pk=mention.pk).first()
    if row is None:
        return
    if said is None:
        row.delete()
        return
    is_changed = row.state == MentionState.UNSEEN or _words(row) != _words(said)
    if is_changed and row.state != MentionState.HIDDEN:
        # Other words than those that were shown are shown only when the recipient has seen them.
        row.state = MentionState.HELD
        tell_anew(row.recipient, kind=NotificationKind.SITE_MENTION, about=server_actor())
    row.kind, row.author_name, row.title, row.html = said.kind, said.author_name, said.title, said.html
    row.said_at, row.checked_at = said.said_at, clock.now()
    if row.due_at == mention.due_at:
        row.due_at = None
    row.save()


def _words(held: SiteMention | Said) -> tuple[str, str, str, str]:
    return str(held.kind), held.author_name, held.title, held.html


def _later(mention: SiteMention, failure: Failure | TooMuch) -> None:
    """Read it again later; what was never read and cannot be is forgotten, what was read before stays as it was."""
    is_permanent = isinstance(failure, TooMuch) or failure.permanent
    is_over = is_permanent or clock.now() - mention.first_at >= GIVEN_UP_AFTER
    if is_over and mention.state == MentionState.UNSEEN:
        SiteMention.objects.filter(pk=mention.pk, due_at=mention.due_at).delete()
    elif is_over or not put_off(mention):
        settle(mention)
