"""Sending a feed that has changed to whoever subscribed to it (WebSub 7). What is owed is the row itself."""

import datetime as dt
import hashlib
import hmac
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q

from speak.clients.models import Subscription
from speak.clients.websub.topics import Content, content_at
from speak.kernel import clock
from speak.kernel.due import put_off, settle, take_up
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose
from speak.kernel.outbound import ask as real_ask
from speak.safety.queries import is_refused
from speak.voice.models import Post
from speak.voice.queries import posts_said_in
from speak.voice.queries.threads import MAX_THREAD

LEASE = dt.timedelta(minutes=15)
SUCCESS = range(200, 300)
GONE = 410


def owe(post: Post) -> None:
    """Everybody is owed the feeds that a post stands in, or stood in.

    A withdrawn or changed post has lost its tags: then all feeds of tags are looked at. One that is as it was is not
    sent again.
    """
    now = clock.now()
    if not Subscription.objects.filter(lease_until__gt=now).exists():
        return
    here = settings.SPEAK_URL
    touched = Q(topic__startswith=f"{post.author.url}/feed.") | Q(topic__startswith=f"{here}/tags/")
    touched |= Q(topic__startswith=f"{here}/window/feed.") | Q(topic__startswith=f"{here}/organisation/feed.")
    for other in (post, *posts_said_in(post, limit=MAX_THREAD)):
        touched |= Q(topic__startswith=f"{here}/@{quote(other.author.handle)}/{other.pk}/feed.")
    Subscription.objects.filter(touched, lease_until__gt=now).update(due_at=now, first_at=now, attempts=0)


def take_up_due() -> list[int]:
    """The ids of those who are owed a feed by now; each is handed out once, again only when nobody reports back."""
    return take_up(Subscription, most=100, lease=LEASE)


def send(subscription_id: int, *, ask: Ask = real_ask) -> None:
    """Send the feed as it is now; what fails for now is planned for later, and given up after three days."""
    row = Subscription.objects.filter(pk=subscription_id).exclude(due_at=None).first()
    if row is None:
        return
    content = content_at(row.topic)
    digest = hashlib.sha256(content.body).hexdigest() if content else ""
    is_over = row.lease_until is None or row.lease_until <= clock.now()
    if content is None or is_over or is_refused(row.host) or digest == row.sent_digest:
        _free(row)
        return
    try:
        answer = ask(Call("POST", row.callback, Purpose.DELIVER, _headers(row, content), content.body))
    except OutboundFailure as failure:
        if failure.permanent or not put_off(row):
            settle(row)
        return
    if answer.status == GONE:
        row.delete()
    elif answer.status in SUCCESS:
        _free(row, digest=digest)
    elif not put_off(row):
        settle(row)


def _headers(row: Subscription, content: Content) -> dict[str, str]:
    """As the topic answers (7), and signed where a secret was given (7.1)."""
    headers = {"Content-Type": content.media_type, "Link": content.links}
    if row.secret:
        made = hmac.new(row.secret.encode(), content.body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={made}"
    return headers


def _free(row: Subscription, *, digest: str = "") -> None:
    """There is nothing to send for now; a change meanwhile has set another time, which stays."""
    settle(row)
    if digest:
        Subscription.objects.filter(pk=row.pk).update(sent_digest=digest)
