"""Posts as templates show them, in a number of queries that does not grow with the posts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from speak.federation.elsewhere.choosing import said_elsewhere
from speak.federation.models import SaidElsewhere
from speak.identity.models import Actor
from speak.kernel.prepared import Prepared
from speak.rooms.queries import quiet_among
from speak.voice import rules
from speak.voice.files import url_of
from speak.voice.models import Media, Post, PostKind, Wants
from speak.voice.policies import Leaves, leaves_for
from speak.voice.queries import (
    Entry,
    PollSeen,
    PostState,
    Quoted,
    pinned_among,
    polls_for,
    quotes_for,
    readable_by,
    states_for,
)
from speak.voice.rules import Leave
from speak.voice.sanitize import plain_text
from speak.web.shown.audiences import audience_in_words
from speak.web.shown.elsewhere import ShownElsewhere, shown_elsewhere
from speak.web.shown.people import ShownPerson, shown_person

LONGEST_OPENING = 280
READABLE_HERE: Prepared[Post] = Prepared(
    lambda viewer_id, ids: readable_by(Actor(pk=viewer_id)).filter(pk__in=ids).select_related("author")
)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """Something shown in a post. `kind` is image, video or audio; width and height in pixels, 0 where unknown.

    `is_elsewhere`: a film or sound is not played here, since its server would see who looks.
    """

    url: str
    description: str
    width: int
    height: int
    kind: str
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words of somebody else inside a post. Without `author` they are not shown, and `state` says why (`Consent`).

    `is_mine`: the words are the viewer's own, who may take their consent back.
    """

    state: str
    is_mine: bool
    author: ShownPerson | None = None
    opening: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post as pieces/post.html reads it. `url` is its page here; what may not be shown is empty."""

    id: int
    author: ShownPerson
    words_html: str
    opening: str
    title: str
    summary: str
    is_sensitive: bool
    language: str
    audience_in_words: str
    wants: str
    said_at: dt.datetime
    edited_at: dt.datetime | None
    url: str
    uri: str
    in_reply_to_url: str
    in_reply_to_page: str
    in_reply_to_name: str
    passed_on_by: ShownPerson | None
    pictures: tuple[ShownPicture, ...]
    tags: tuple[str, ...]
    is_mine: bool
    may_answer: bool
    may_pass_on: bool
    is_liked: bool
    is_boosted: bool
    is_kept: bool
    is_article: bool
    poll: PollSeen | None
    original_url: str
    is_pinned: bool
    may_pin: bool
    may_quote: bool
    quote: ShownQuote | None
    elsewhere: tuple[ShownElsewhere, ...]


def shown_entries(viewer: Actor | None, entries: Sequence[Entry]) -> list[ShownPost]:
    """A timeline, in a number of queries that does not grow with it."""
    posts = [entry.post for entry in entries]
    around = _around(viewer, posts)
    return [_shown(viewer, entry, around=around) for entry in entries]


def shown_posts(viewer: Actor | None, posts: Iterable[Post]) -> list[ShownPost]:
    """The same, for posts that nobody passed on."""
    return shown_entries(viewer, [Entry(post.pk, post) for post in posts])


def shown_whole(viewer: Actor | None, post: Post) -> ShownPost:
    """One post by itself, however it was read."""
    prefetch_related_objects([post], "author", "audience_owner", "answered", "media", "tags", "readers__actor")
    return shown_posts(viewer, [post])[0]


def opening_of(post: Post) -> str:
    """Its first words, plain, on one line; its warning instead of them, where it has one."""
    if post.summary:
        return post.summary
    return cut(f"{post.title} {plain_text(post.html)}")


def cut(words: str) -> str:
    """How a text begins: on one line, up to a whole word."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_OPENING else line[:LONGEST_OPENING].rsplit(" ", 1)[0] + " …"


def _readable_answered(viewer: Actor | None, posts: list[Post]) -> dict[int, Post]:
    """The answered posts that the viewer may read, with their authors; what they may not is not even pointed at."""
    known = {post.pk: post for post in posts}
    ids = {post.in_reply_to_id for post in posts if post.in_reply_to_id} - set(known)
    if not ids:
        return known
    if viewer is None:
        found = list(readable_by(None).filter(pk__in=ids).select_related("author"))
    else:
        found = READABLE_HERE.all(viewer.pk, tuple(ids))
    return known | {post.pk: post for post in found}


@dataclass(frozen=True, slots=True)
class _Around:
    """What is asked for many posts at once, by their ids."""

    states: dict[int, PostState]
    leaves: dict[int, Leaves]
    quotes: dict[int, Quoted]
    pinned: set[int]
    answered: dict[int, Post]
    polls: dict[int, PollSeen]
    elsewhere: dict[int, list[SaidElsewhere]]
    quiet: set[int]  # rooms


def _around(viewer: Actor | None, posts: list[Post]) -> _Around:
    ids = [post.pk for post in posts]
    return _Around(
        states=states_for(viewer, ids),
        leaves=leaves_for(viewer, posts),
        quotes=quotes_for(viewer, ids),
        pinned=pinned_among(viewer, posts),
        answered=_readable_answered(viewer, posts),
        polls=polls_for(viewer, posts),
        elsewhere=said_elsewhere([post for post in posts if post.is_for_elsewhere]),
        quiet=quiet_among([post.room for post in posts]) if viewer else set(),
    )


def _quote(quoted: Quoted | None) -> ShownQuote | None:
    if quoted is None:
        return None
    if quoted.post is None:
        return ShownQuote(quoted.state.value, quoted.is_mine)
    post = quoted.post
    author, opening = shown_person(post.author), opening_of(post)
    return ShownQuote(quoted.state.value, quoted.is_mine, author, opening, post.language, post.path)


def _shown(viewer: Actor | None, entry: Entry, *, around: _Around) -> ShownPost:
    post, state, leaves = entry.post, around.states[entry.post.pk], around.leaves[entry.post.pk]
    is_mine = viewer is not None and viewer.pk == post.author_id
    answered = around.answered.get(post.in_reply_to_id or 0)
    answered_url = answered.path if answered else ""
    is_elsewhere = bool(post.in_reply_to_uri) and not post.in_reply_to_id
    return ShownPost(
        id=post.pk,
        author=shown_person(post.author),
        words_html=post.html,
        opening=opening_of(post),
        title=post.title,
        summary=post.summary,
        is_sensitive=post.is_sensitive,
        language=post.language,
        audience_in_words=audience_in_words(viewer, post),
        wants=str(Wants(post.wants).label) if post.wants else "",
        said_at=post.said_at,
        edited_at=post.edited_at,
        url=post.path,
        uri=post.known_as,
        in_reply_to_url=post.in_reply_to_uri if is_elsewhere and _is_web(post.in_reply_to_uri) else answered_url,
        in_reply_to_page=answered.known_as if answered and answered.author.is_site else "",
        in_reply_to_name=post.answered.called if post.answered and answered_url else "",
        passed_on_by=shown_person(entry.boosted_by) if entry.boosted_by else None,
        pictures=() if post.author.hides_media else tuple(shown_picture(media) for media in post.media.all()),
        tags=tuple(tag.name for tag in post.tags.all()),
        is_mine=is_mine,
        may_answer=leaves.answer != Leave.NO and post.room not in around.quiet,
        may_pass_on=leaves.boost != Leave.NO and rules.may_boost(post.reach),
        is_liked=state.is_liked,
        is_boosted=state.is_boosted,
        is_kept=state.is_kept,
        is_article=post.kind == PostKind.ARTICLE,
        poll=around.polls.get(post.pk),
        original_url="" if post.author.is_local else post.url or post.uri,
        is_pinned=post.pk in around.pinned,
        may_pin=is_mine and rules.may_boost(post.reach),
        may_quote=leaves.quote != Leave.NO,
        quote=_quote(around.quotes.get(post.pk)),
        elsewhere=shown_elsewhere(around.elsewhere.get(post.pk, ()), is_mine=is_mine),
    )


def _is_web(uri: str) -> bool:
    return uri.startswith(("https://", "http://"))


def shown_picture(media: Media) -> ShownPicture:
    """A picture, or what else is shown."""
    return ShownPicture(
        url=url_of(media),
        description=media.description,
        width=media.width,
        height=media.height,
        kind=media.media_type.split("/", 1)[0],
        is_elsewhere=not media.token,
    )
