"""Passing on, thanking, and taking things back, from elsewhere."""

from speak.federation import tasks
from speak.federation.documents import Announce, Like, Undo
from speak.federation.ours import is_ours
from speak.federation.relevance import has_followers_here
from speak.identity import actions
from speak.identity.models import Actor
from speak.identity.models import Block as BlockRow
from speak.identity.models import Follow as FollowRow
from speak.identity.queries import actor_by_uri
from speak.voice import actions as voice
from speak.voice.models import Boost, Post
from speak.voice.models import Like as LikeRow
from speak.voice.queries import post_by_uri


def announce(sender: Actor, activity: Announce) -> None:
    """They pass a post on. One that is not known is fetched first, if anybody here would hear of it.

    Raises:
        NotToBePassedOn: not for anyone (promise 4).
    """
    post = post_by_uri(sender, activity.object_uri)
    if Boost.objects.filter(uri=activity.uri).exists():
        return
    if post is not None and (post.is_local or has_followers_here(sender)):
        voice.boost(sender, post=post, uri=activity.uri)
        return
    is_unknown = post is None and not Post.objects.filter(uri=activity.object_uri).exists()
    if is_unknown and not is_ours(activity.object_uri) and has_followers_here(sender):
        tasks.fetch_boosted.enqueue(uri=activity.object_uri, booster_id=sender.pk, boost_uri=activity.uri)


def like(sender: Actor, activity: Like) -> None:
    """They thank for a post that they may read, perhaps with an emoji."""
    post = post_by_uri(sender, activity.object_uri)
    if post is not None and not LikeRow.objects.filter(uri=activity.uri).exists():
        voice.like(sender, post=post, uri=activity.uri, emoji=activity.emoji)


def undo(sender: Actor, activity: Undo) -> None:
    """They take back something of their own: by its id, or else by what it was about."""
    for taken_back in (_follow, _like, _boost, _block):
        if taken_back(sender, activity):
            return


def _follow(sender: Actor, activity: Undo) -> bool:
    rows = FollowRow.objects.filter(follower=sender, target__domain="").select_related("target")
    row = rows.filter(uri=activity.undone_uri).first() if activity.undone_uri else None
    if row is None and activity.kind == "Follow":
        row = rows.filter(target__uri=activity.object_uri).first()
    if row is not None:
        actions.unfollow(sender, target=row.target)
    return row is not None


def _like(sender: Actor, activity: Undo) -> bool:
    rows = LikeRow.objects.filter(actor=sender).select_related("post")
    row = rows.filter(uri=activity.undone_uri).first() if activity.undone_uri else None
    if row is None and activity.kind in {"Like", "EmojiReact"}:
        row = rows.filter(post__uri=activity.object_uri).first()
    if row is not None:
        voice.unlike(sender, post=row.post, uri=row.uri)
    return row is not None


def _boost(sender: Actor, activity: Undo) -> bool:
    rows = Boost.objects.filter(actor=sender).select_related("post")
    row = rows.filter(uri=activity.undone_uri).first() if activity.undone_uri else None
    if row is None and activity.kind == "Announce":
        row = rows.filter(post__uri=activity.object_uri).first()
    if row is not None:
        voice.unboost(sender, post=row.post)
    return row is not None


def _block(sender: Actor, activity: Undo) -> bool:
    row = BlockRow.objects.filter(blocker=sender, uri=activity.undone_uri).first() if activity.undone_uri else None
    target = row.blocked if row else None
    if target is None and activity.kind == "Block":
        target = actor_by_uri(activity.object_uri)
    if target is not None:
        actions.unblock(sender, blocked=target)
    return target is not None
