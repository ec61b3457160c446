"""What is answered there comes back: public answers to what was said in an account elsewhere stand below one's words.

That server is asked which there are, at growing intervals for a week. Each is fetched from its own server and proven as
every post is; `answered_here` says which post of ours an answer to the one there answers.
"""

import datetime as dt
import logging

from speak.federation.discovery import find_post
from speak.federation.documents import Malformed
from speak.federation.documents.nodes import is_web_address
from speak.federation.elsewhere import mastodon
from speak.federation.elsewhere.rules import next_look
from speak.federation.elsewhere.there import NotTaken
from speak.federation.models import SaidElsewhere
from speak.federation.ours import is_ours
from speak.kernel import clock
from speak.kernel.due import take_up
from speak.kernel.errors import Failure, Refusal
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.models import Post

log = logging.getLogger(__name__)
# While somebody is at it, nobody else takes it up.
LEASE = dt.timedelta(minutes=30)
MOST_AT_ONCE = 40


def take_up_looks() -> list[int]:
    """The ids of what is to be looked at by now; each is handed out once."""
    return take_up(SaidElsewhere, most=50, lease=LEASE, by="look_at")


def look_there(said_id: int, *, ask: Ask = real_ask) -> None:
    """Fetch the public answers there that are not known here yet, and plan the next look."""
    rows = SaidElsewhere.objects.select_related("place").filter(pk=said_id).exclude(look_at=None).exclude(place=None)
    said = rows.first()
    if said is None or said.place is None or said.said_at is None:
        return
    try:
        found = mastodon.answers_to(said.place, far_id=said.far_id, ask=ask)
    except NotTaken as refusal:
        if refusal.status in mastodon.MISSING:  # it was deleted there by hand
            SaidElsewhere.objects.filter(pk=said.pk).delete()
            return
        found = []
    except (Failure, Malformed) as failure:
        log.info("answers to %s: %s", said, failure)
        found = []
    _fetch([uri for uri in found if is_web_address(uri) and not is_ours(uri)], ask)
    due_at = next_look(said.looks, said_at=said.said_at, now=clock.now())
    SaidElsewhere.objects.filter(pk=said.pk).exclude(look_at=None).update(look_at=due_at, looks=said.looks + 1)


def _fetch(uris: list[str], ask: Ask) -> None:
    unknown = [uri for uri in uris if not Post.objects.filter(uri=uri).exists()]
    for uri in unknown[:MOST_AT_ONCE]:
        try:
            find_post(uri, ask=ask)
        except (Refusal, Failure) as reason:
            log.info("an answer at %s: %s", uri, reason)
