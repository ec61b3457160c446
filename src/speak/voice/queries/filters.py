"""What of some posts the viewer does not want to meet."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from speak.voice.errors import NotThere
from speak.voice.models import Filter, FilterKeyword, FilterPost, Post
from speak.voice.sanitize import plain_text

# Most people have none, and are asked with every timeline.
LIVE = Prepared(
    lambda owner_id, now: (
        Filter.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), owner=owner_id).order_by().values_list("pk")
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A filter that a post meets, by these of its words; or as a single post."""

    filter: Filter
    keywords: tuple[str, ...]
    is_named: bool


def filters_of(owner: Actor) -> QuerySet[Filter]:
    """Somebody's own filters, whether they still hold or not."""
    return Filter.objects.filter(owner=owner).prefetch_related("keywords", "posts")


def filter_of(owner: Actor, filter_id: int) -> Filter:
    """One of them.

    Raises:
        NotThere: there is none by this number that is theirs.
    """
    known = filters_of(owner).filter(pk=filter_id).first()
    if known is None:
        raise NotThere(_("There is no such filter of yours."))
    return known


def keyword_of(owner: Actor, keyword_id: int) -> FilterKeyword:
    """One thing that one of somebody's own filters looks for.

    Raises:
        NotThere: likewise.
    """
    known = FilterKeyword.objects.select_related("filter__owner").filter(pk=keyword_id, filter__owner=owner).first()
    if known is None:
        raise NotThere(_("No filter of yours looks for that."))
    return known


def filtered_post_of(owner: Actor, row_id: int) -> FilterPost:
    """One post under one of somebody's own filters.

    Raises:
        NotThere: likewise.
    """
    known = FilterPost.objects.filter(pk=row_id, filter__owner=owner).first()
    if known is None:
        raise NotThere(_("No filter of yours holds that post."))
    return known


def found_by_filters(viewer: Actor, posts: Sequence[Post]) -> dict[int, list[Found]]:
    """The filters that each of these posts meets, by its id; their own posts meet none. Media come with the posts."""
    ids = [pk for (pk,) in LIVE.all(viewer.pk, clock.now())]
    if not ids:
        return {}
    live = [*filters_of(viewer).filter(pk__in=ids)]
    looked_for = [(each, [(word.keyword, _pattern(word)) for word in each.keywords.all()]) for each in live]
    named = {each.pk: {row.post_id for row in each.posts.all()} for each in live}
    found: dict[int, list[Found]] = {}
    for post in posts:
        if post.author_id == viewer.pk:
            continue
        words = _words_of(post)
        for each, patterns in looked_for:
            met = tuple(keyword for keyword, pattern in patterns if pattern.search(words))
            if met or post.pk in named[each.pk]:
                found.setdefault(post.pk, []).append(Found(each, met, post.pk in named[each.pk]))
    return found


def _words_of(post: Post) -> str:
    described: Iterable[str] = (media.description for media in post.media.all())
    return "\n".join([post.title, post.summary, plain_text(post.html), *described])


def _pattern(word: FilterKeyword) -> re.Pattern[str]:
    """As Mastodon looks for it: a whole word ends where its own letters end."""
    looked_for = re.escape(word.keyword)
    if word.is_whole_word:
        before = r"\b" if re.match(r"\w", word.keyword) else ""
        after = r"\b" if re.search(r"\w\Z", word.keyword) else ""
        looked_for = f"{before}{looked_for}{after}"
    return re.compile(looked_for, re.IGNORECASE)
