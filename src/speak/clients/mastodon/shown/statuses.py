"""What people say, as an app sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html

from speak.clients.mastodon.audiences import shown_audience, shown_visibility, stays_here
from speak.clients.mastodon.entities.statuses import (
    Consenting,
    Quote,
    QuoteApproval,
    Quoters,
    QuoteState,
    Status,
    StatusMention,
    StatusTag,
)
from speak.clients.mastodon.shown.filters import shown_result
from speak.clients.mastodon.shown.media import shown_media
from speak.clients.mastodon.shown.people import acct, shown_account
from speak.clients.mastodon.shown.polls import shown_poll
from speak.identity.models import Actor, Quoting
from speak.kernel.ids import made_at
from speak.voice.models import Consent, Post
from speak.voice.policies import Leaves, leaves_for
from speak.voice.queries import (
    Counts,
    Entry,
    Found,
    PollSeen,
    PostState,
    Quoted,
    attach_names_and_places,
    attach_places,
    counts_for,
    found_by_filters,
    hushed_among,
    pinned_among,
    polls_for,
    quotes_for,
    readable_among,
    states_for,
)
from speak.voice.rules import Leave
from speak.voice.tags import page_of_tag

CONSENT: dict[Consent, QuoteState] = {Consent.ASKED: "pending", Consent.AGREED: "accepted", Consent.REFUSED: "rejected"}
LEAVE: dict[Leave, Consenting] = {Leave.NOW: "automatic", Leave.ASK: "manual", Leave.NO: "denied"}


@dataclass(frozen=True, slots=True)
class _Around:
    """What is asked for many posts at once, by their ids."""

    viewer: Actor | None
    states: dict[int, PostState]
    counts: dict[int, Counts]
    leaves: dict[int, Leaves]
    quotes: dict[int, Quoted]
    pinned: set[int]
    answered: set[int]
    filtered: dict[int, list[Found]]
    hushed: set[int]
    polls: dict[int, PollSeen]


def shown_statuses(viewer: Actor | None, entries: Sequence[Entry]) -> list[Status]:
    """A timeline, in a number of queries that does not grow with it."""
    posts = [entry.post for entry in entries]
    around = _around(viewer, posts)
    attach_places([entry.boosted_by for entry in entries if entry.boosted_by])
    return [_shown(entry, around) for entry in entries]


def shown_posts(viewer: Actor | None, posts: Iterable[Post]) -> list[Status]:
    """The same, for posts that nobody passed on."""
    return shown_statuses(viewer, [Entry(post.pk, post) for post in posts])


def shown_status(viewer: Actor | None, post: Post) -> Status:
    """One post."""
    return shown_posts(viewer, [post])[0]


def content_of(post: Post) -> str:
    """Its words as HTML; an article's title stands above them, since apps know no titles."""
    return format_html("<p><strong>{}</strong></p>", post.title) + post.html if post.title else post.html


def _around(viewer: Actor | None, posts: list[Post]) -> _Around:
    """What is asked for these posts, and for those that they show inside."""
    quotes = quotes_for(viewer, [post.pk for post in posts])
    posts = [*posts, *(quoted.post for quoted in quotes.values() if quoted.post)]
    attach_names_and_places(posts)
    ids = [post.pk for post in posts]
    answered = {post.in_reply_to_id for post in posts if post.in_reply_to_id}
    return _Around(
        viewer=viewer,
        states=states_for(viewer, ids),
        counts=counts_for(viewer, ids) if viewer else {},
        leaves=leaves_for(viewer, posts),
        quotes=quotes,
        pinned=pinned_among(viewer, posts),
        filtered=found_by_filters(viewer, posts) if viewer else {},
        hushed=hushed_among(viewer, posts),
        answered=readable_among(viewer, answered),
        polls=polls_for(viewer, posts),
    )


def _shown(entry: Entry, around: _Around) -> Status:
    status = _status(entry.post, around)
    quoted = around.quotes.get(entry.post.pk)
    status.quote = _quote(quoted, around) if quoted else None
    if entry.boosted_by is None:
        return status
    shared = {"emojis", "quote", "reblog", "id", "account", "created_at", "mentions"}
    kept = {name: getattr(status, name) for name in status.__struct_fields__ if name not in shared}
    return Status(
        **kept,
        id=str(entry.id),
        account=shown_account(entry.boosted_by),
        created_at=made_at(entry.id),
        mentions=[],
        reblog=status,
    )


def _status(post: Post, around: _Around) -> Status:
    """One post, without what it shows inside: a quoted post shows nothing further."""
    state = around.states.get(post.pk, PostState())
    counts = around.counts.get(post.pk, Counts())
    answered = post.in_reply_to_id if post.in_reply_to_id in around.answered else None
    poll = around.polls.get(post.pk)
    media = [] if post.author.hides_media else post.media.all()
    return Status(
        id=str(post.pk),
        created_at=post.said_at,
        edited_at=post.edited_at,
        in_reply_to_id=str(answered) if answered else None,
        in_reply_to_account_id=str(post.answered_id) if answered and post.answered_id else None,
        sensitive=post.is_sensitive,
        spoiler_text=post.summary,
        visibility=shown_visibility(post),
        language=post.language or None,
        uri=post.known_as,
        url=post.url or post.uri,
        content=content_of(post),
        replies_count=counts.answers,
        reblogs_count=counts.boosts,
        favourites_count=counts.likes,
        favourited=state.is_liked,
        reblogged=state.is_boosted,
        bookmarked=state.is_kept,
        muted=post.pk in around.hushed,
        pinned=post.pk in around.pinned,
        account=shown_account(post.author),
        media_attachments=[shown_media(around.viewer, item, is_open=post.is_open) for item in media],
        mentions=[_mention(mention.actor) for mention in post.mentions.all()],
        tags=[StatusTag(name=tag.name, url=page_of_tag(tag.name)) for tag in post.tags.all()],
        filtered=[shown_result(found, post.pk) for found in around.filtered.get(post.pk, ())],
        quote_approval=_approval(post, around.leaves.get(post.pk)),
        poll=shown_poll(post.pk, poll) if poll else None,
        title=post.title or None,
        wants=post.wants,
        audience=shown_audience(post),
        local_only=stays_here(post),
    )


def _mention(actor: Actor) -> StatusMention:
    return StatusMention(id=str(actor.pk), username=actor.handle, acct=acct(actor), url=actor.url or actor.uri)


def _quote(quoted: Quoted, around: _Around) -> Quote:
    if quoted.post is None:
        agreed = quoted.state == Consent.AGREED
        return Quote(state="unauthorized" if agreed else CONSENT.get(quoted.state, "revoked"))
    return Quote(state="accepted", quoted_status=_status(quoted.post, around))


def _approval(post: Post, leaves: Leaves | None) -> QuoteApproval:
    """Who may quote it. Of posts from elsewhere only what the viewer may is known for sure."""
    if not post.is_open:
        return QuoteApproval(automatic=[], manual=[], current_user="denied")
    current: Consenting = LEAVE[leaves.quote] if leaves else "unknown"
    if not post.author.is_local:
        return QuoteApproval(automatic=[], manual=[], current_user=current)
    quoting = post.quotable
    at_once: dict[Quoting, list[Quoters]] = {Quoting.ANYONE: ["public"], Quoting.FOLLOWERS: ["followers"]}
    return QuoteApproval(
        automatic=at_once.get(quoting, []),
        manual=["public"] if quoting in {Quoting.ASK, Quoting.FOLLOWERS} else [],
        current_user=current,
    )
