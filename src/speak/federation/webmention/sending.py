"""Telling other sites that something said here links to them: W3C Webmention, 3.1.

What is owed is a row, written with what was said. It is tried for three days, with the pauses of deliveries.
"""

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction

from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.models import OwedMention
from speak.federation.webmention.discovery import NoAnswer, find_endpoint
from speak.identity.domains.queries import address_here
from speak.identity.models import FEED, Actor
from speak.kernel import clock
from speak.kernel.due import put_off, settle, take_up
from speak.kernel.errors import Failure, TooMuch
from speak.kernel.outbound import Ask, Call, Purpose
from speak.kernel.outbound import ask as real_ask
from speak.kernel.soup import soup_of
from speak.safety.queries import is_refused
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.rules import may_boost

MOST_TARGETS = 50
NOT_PAGES = frozenset({"mention", "hashtag"})
# While somebody is at it, nobody else takes it up; whoever is killed meanwhile leaves it for later.
LEASE = dt.timedelta(minutes=15)
OK = range(200, 300)


def targets_of(post: Post) -> list[str]:
    """The pages of other sites that a post of ours links to, in order; people and tags are no pages to be told."""
    found = [post.in_reply_to_uri] if post.in_reply_to_uri and not post.in_reply_to_id else []
    if post.in_reply_to_uri.startswith(FEED) and post.in_reply_to:
        found.append(post.in_reply_to.known_as)
    links = soup_of(post.html).find_all("a", href=True) if "<a" in post.html else []
    found += [str(link["href"]) for link in links if not NOT_PAGES & set(link.get_attribute_list("class"))]
    here = host_of(settings.SPEAK_URL)
    outside = [url for url in dict.fromkeys(found) if is_web_address(url) and host_of(url) != here]
    return outside[:MOST_TARGETS]


@transaction.atomic
def owe(post: Post) -> list[int]:
    """Write down what other sites are to be told of a post, said, edited or withdrawn; the ids of what is owed.

    Only of what anyone may read: the site has to find the link on its page. Pages that are no longer linked are told
    too if they had been told before (3.1.4, 3.1.5).
    """
    if not post.is_local or not rules.may_boost(post.reach):
        return []
    targets = [] if post.withdrawn_at else targets_of(post)
    is_new = post.edited_at is None and post.withdrawn_at is None
    if not targets and (is_new or not OwedMention.objects.filter(post=post).exists()):
        return []
    now = clock.now()
    OwedMention.objects.filter(post=post, sent_at=None).exclude(target_url__in=targets).delete()
    OwedMention.objects.filter(post=post).update(due_at=now, first_at=now, attempts=0, last_failure="")
    OwedMention.objects.bulk_create(
        (OwedMention(post=post, target_url=target, due_at=now, first_at=now) for target in targets),
        ignore_conflicts=True,
    )
    return list(OwedMention.objects.filter(post=post).order_by("pk").values_list("pk", flat=True))


def owe_end_of(author: Actor) -> None:
    """Sites that were told of anything somebody said are told again, and find it gone; the rest is owed no more."""
    now, theirs = clock.now(), OwedMention.objects.filter(post__author=author)
    theirs.filter(sent_at=None).delete()
    theirs.update(due_at=now, first_at=now, attempts=0, last_failure="")


def take_up_due() -> list[int]:
    """The ids of what is owed by now; each is handed out once, and again only when nobody reports back."""
    return take_up(OwedMention, most=100, lease=LEASE)


def tell_site(owed_id: int, *, ask: Ask = real_ask) -> None:
    """Find the endpoint anew, and tell it; what fails for now is planned for later."""
    owed = OwedMention.objects.select_related("post__author").filter(pk=owed_id).exclude(due_at=None).first()
    if owed is None:
        return
    is_here = address_here(owed.target_url) != owed.target_url
    if is_here or not may_boost(owed.post.reach) or is_refused(host_of(owed.target_url)):
        _done(owed, was_told=False)
        return
    try:
        was_told = _tell(owed, ask)
    except (Failure, TooMuch) as failure:
        _later(owed, failure)
    else:
        _done(owed, was_told=was_told)


def _tell(owed: OwedMention, ask: Ask) -> bool:
    endpoint = find_endpoint(owed.target_url, ask=ask)
    if not endpoint:
        return False
    body = urlencode({"source": owed.post.url, "target": owed.target_url}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(Call("POST", endpoint, Purpose.DELIVER, headers, body))
    if answer.status in OK:
        return True
    raise NoAnswer(f"{endpoint}: {answer.status}", permanent=answer.status < 500 and answer.status not in {408, 429})  # noqa: PLR2004 - their fault


def _done(owed: OwedMention, *, was_told: bool) -> None:
    if owed.post.withdrawn_at:
        OwedMention.objects.filter(pk=owed.pk, due_at=owed.due_at).delete()
    elif was_told:
        settle(owed, sent_at=clock.now(), last_failure="")
    else:
        settle(owed, last_failure="")


def _later(owed: OwedMention, failure: Failure | TooMuch) -> None:
    """Plan it anew, unless it is pointless or was tried for long enough. An edit meanwhile has planned it already."""
    is_permanent = isinstance(failure, TooMuch) or failure.permanent
    why = str(failure)[:300]
    if is_permanent or not put_off(owed, last_failure=why):
        settle(owed, last_failure=why)
