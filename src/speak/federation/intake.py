"""From a parsed post to what voice takes in: whom it names here, and who may read it."""

from speak.federation.documents import PostDocument, Reached, reach_of
from speak.federation.documents.audience import PUBLIC
from speak.federation.elsewhere.choosing import answered_here
from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.actions import IncomingMedia, IncomingPoll, IncomingPost, forget_quote, learn_quote
from speak.voice.models import Post, PostKind
from speak.voice.queries import post_by_uri
from speak.voice.reach import Reach


def incoming_post(author: Actor, document: PostDocument) -> IncomingPost:
    """What `author`, who has been proven, says. Only actors known here are named or may read it by name.

    An answer to what somebody here said elsewhere too, open to anyone, answers what they said here.
    An answer may stay in the audience of somebody else only where it answers a post that stands in
    that audience, and that its author may read: otherwise anybody could speak to the followers of others.
    """
    answered_uri = document.in_reply_to_uri
    if answered_uri and PUBLIC in document.addressed.everyone:
        answered_uri = answered_here(answered_uri)
    answered = post_by_uri(author, answered_uri) if answered_uri else None
    reached = _reached(author, document, answered)
    in_anothers = answered if reached.is_in_anothers_audience else None
    named = _known(tuple(uri for uri in document.addressed.everyone if uri not in {PUBLIC, author.followers_url}))
    return IncomingPost(
        uri=document.uri,
        url=document.url,
        html=document.html,
        reach=Reach(reached.reach),
        said_at=document.said_at or clock.now(),
        kind=PostKind(document.kind),
        title=document.title,
        summary=document.summary,
        is_sensitive=document.is_sensitive,
        language=document.language,
        in_reply_to_uri=answered_uri,
        audience_owner=in_anothers.audience_owner if in_anothers else author,
        audience_at=in_anothers.audience_at if in_anothers else None,
        edited_at=min(document.edited_at, clock.now()) if document.edited_at else None,
        forgets_earlier=document.forgets_earlier,
        readers=named,
        mentioned=_known(document.mentioned_uris),
        tags=document.tags,
        policy=document.policy,
        poll=incoming_poll(document),
        media=[
            IncomingMedia(
                item.url,
                item.media_type,
                item.description,
                item.width,
                item.height,
                blurhash=item.blurhash,
                focus=item.focus,
            )
            for item in document.media
        ],
    )


def incoming_poll(document: PostDocument) -> IncomingPoll | None:
    """The answers that one can choose from, where it asks."""
    if document.poll is None:
        return None
    poll = document.poll
    return IncomingPoll(poll.options, is_multiple=poll.is_multiple, ends_at=poll.ends_at, people=poll.people)


def keep_quote(post: Post, document: PostDocument) -> None:
    """Remember what a post from elsewhere says it quotes; whether it may is asked of the server of the quoted."""
    if not document.quoted_uri:
        forget_quote(post)
        return
    quoted = post_by_uri(None, document.quoted_uri)
    learn_quote(post, quoted_uri=document.quoted_uri, quoted=quoted, stamp_uri=document.stamp_uri)


def _reached(author: Actor, document: PostDocument, answered: Post | None) -> Reached:
    is_to_followers = answered is not None and answered.reach == Reach.FOLLOWERS
    return reach_of(
        document.addressed,
        own_followers=author.followers_url,
        answered_followers=answered.audience_owner.followers_url if answered and is_to_followers else "",
    )


def _known(uris: tuple[str, ...]) -> list[Actor]:
    """The actors known here among these ids; those here also by the address of their page."""
    return list(Actor.objects.filter(uri__in=uris[:200], gone_at=None)) if uris else []
