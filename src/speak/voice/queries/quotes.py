"""Words shown inside other words, for whoever may read both."""

from collections.abc import Iterable
from dataclasses import dataclass

from speak.identity.models import Actor
from speak.kernel.prepared import Prepared
from speak.voice.models import Consent, Post, Quote
from speak.voice.queries.readable import readable_by
from speak.voice.queries.timelines import Window, windowed
from speak.voice.reach import OPEN

QUOTES_IN: Prepared[Quote] = Prepared(lambda ids: Quote.objects.filter(post__in=ids).select_related("quoted"))


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a post shows of another, for one viewer.

    `post` is empty unless its author agreed and the viewer may read it.
    """

    state: Consent
    post: Post | None
    is_mine: bool  # the words that are shown, or would be, are the viewer's


def quotes_for(viewer: Actor | None, post_ids: Iterable[int]) -> dict[int, Quoted]:
    """What these posts quote, by their ids; two queries for any number. Without an agreement, nothing is shown."""
    rows = QUOTES_IN.all(tuple(set(post_ids)))
    wanted = {row.quoted_id for row in rows if row.quoted_id}
    readable = readable_by(viewer).filter(pk__in=wanted, reach__in=OPEN).select_related("author") if wanted else []
    known = {post.pk: post for post in readable}
    return {
        row.post_id: Quoted(
            state=Consent(row.state),
            post=known.get(row.quoted_id or 0) if row.state == Consent.AGREED else None,
            is_mine=bool(viewer and row.quoted and row.quoted.author_id == viewer.pk),
        )
        for row in rows
    }


def quoting(viewer: Actor | None, post: Post, window: Window) -> list[Post]:
    """The posts that show this one with its author's consent, as far as the viewer may read them."""
    agreed = Quote.objects.filter(quoted=post, state=Consent.AGREED).values("post")
    found = windowed(readable_by(viewer).filter(pk__in=agreed), window)
    return list(found.select_related("author", "audience_owner", "answered"))


def quote_of_event(quote_id: int) -> Quote:
    """The row that an event names, with both posts and their authors; shown to nobody."""
    return Quote.objects.select_related("post__author", "post__audience_owner", "quoted__author").get(pk=quote_id)


def quotes_above(post: Post, *, most: int) -> int:
    """How many posts show this one, one inside the other; counted up to `most`."""
    uri = post.uri
    for count in range(most):
        above = Quote.objects.filter(quoted_uri=uri).values_list("post__uri", flat=True).first()
        if above is None:
            return count
        uri = above
    return most


def agreed_quote(quote_id: int) -> Quote | None:
    """An agreement that somebody here gave and that holds: both posts still stand, and the quoted one is open."""
    found = Quote.objects.select_related("post", "quoted__author").filter(
        pk=quote_id, state=Consent.AGREED, quoted__author__domain="", post__withdrawn_at=None
    )
    return found.filter(quoted__in=readable_by(None)).first()
