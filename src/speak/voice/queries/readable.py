"""Which posts somebody may read: promise 4 as SQL. `rules.may_read` is the same in plain words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor, Block, Follow, FollowState
from speak.identity.queries import server_blocks_of
from speak.kernel.prepared import Prepared
from speak.voice.errors import NotThere
from speak.voice.models import Brought, Post, Reader, Revision
from speak.voice.reach import OPEN, Reach

WHOLE: Prepared[Post] = Prepared(
    lambda post_id: Post.objects.select_related("author", "audience_owner", "answered", "in_reply_to__author").filter(
        pk=post_id
    )
)
# For somebody whose home is here.
READABLE_AMONG = Prepared(
    lambda viewer_id, ids: readable_by(Actor(pk=viewer_id)).filter(pk__in=ids).order_by().values_list("pk")
)


def readable_by(viewer: Actor | None) -> QuerySet[Post]:
    """The posts this viewer may read, in no order. No viewer means a stranger."""
    return _for(viewer, Post.objects.filter(withdrawn_at=None))


def readable_by_all_here() -> QuerySet[Post]:
    """What everybody may read whose home is here, whoever they are, in no order: open words, and those for all here."""
    said = Post.objects.filter(withdrawn_at=None, reach__in=(*OPEN, Reach.HERE))
    return said.exclude(author__in=Actor.objects.exclude(suspended_at=None).values("pk"))


def _for(viewer: Actor | None, said: QuerySet[Post]) -> QuerySet[Post]:
    suspended = Actor.objects.exclude(suspended_at=None)
    if viewer is None:
        return said.filter(reach__in=OPEN).exclude(author__in=suspended.values("pk"))
    said = said.exclude(author__in=suspended.exclude(pk=viewer.pk).values("pk"))
    is_named = Exists(Reader.objects.filter(post=OuterRef("pk"), actor=viewer))
    followed_in_time = Exists(
        Follow.objects.filter(
            follower=viewer,
            target=OuterRef("audience_owner"),
            state=FollowState.ACCEPTED,
            accepted_at__lte=OuterRef("audience_at"),
        )
    )
    may_read = (
        Q(reach__in=OPEN)
        | Q(Q(reach=Reach.FOLLOWERS), Q(audience_owner=viewer) | Q(is_named) | Q(followed_in_time))
        | Q(Q(reach__in=(Reach.NAMED, Reach.ROOM)), is_named)
    )
    if viewer.is_local:
        may_read |= Q(reach=Reach.HERE)
    blocked_by_owner = Q(audience_owner__in=Block.objects.filter(blocked=viewer).values("blocker"))
    return said.filter(Q(author=viewer) | (may_read & ~(is_apart(viewer, "author") | blocked_by_owner)))


def readable_among(viewer: Actor | None, post_ids: Iterable[int]) -> set[int]:
    """Which of these posts, by their ids, this viewer may read."""
    ids = tuple(set(post_ids))
    if viewer is not None and viewer.is_local:
        return {pk for (pk,) in READABLE_AMONG.all(viewer.pk, ids)}
    return set(readable_by(viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def known_among(uris: Iterable[str]) -> set[str]:
    """Which of these ids are those of posts that are known here, whoever may read them, or that were withdrawn."""
    return set(Post.objects.filter(uri__in=list(uris)).values_list("uri", flat=True))


def is_apart(viewer: Actor, path: str) -> Q:
    """Whether the actor at `path` and the viewer have blocked each other, either way."""
    blockers = Block.objects.filter(blocked=viewer).values("blocker")
    blocked = Block.objects.filter(blocker=viewer).values("blocked")
    return Q(**{f"{path}__in": blockers}) | Q(**{f"{path}__in": blocked})


def is_unheard(viewer: Actor | None, path: str = "author") -> Q:
    """Whether the actor at `path` is silenced and the viewer neither follows them nor is them, or blocks their server.

    Such words are not brought before anybody; whoever goes there reads them as before.
    """
    silenced = Actor.objects.filter(is_silenced=True)
    if viewer is not None:
        heard = Follow.objects.filter(follower=viewer, state=FollowState.ACCEPTED)
        silenced = silenced.exclude(pk=viewer.pk).exclude(pk__in=heard.values("target"))
    if viewer is None:
        return Q(**{f"{path}__in": silenced.values("pk")})
    shut = Actor.objects.filter(domain__in=server_blocks_of(viewer).order_by().values("domain")).exclude(domain="")
    return Q(**{f"{path}__in": silenced.values("pk")}) | Q(**{f"{path}__in": shut.values("pk")})


def post_for(viewer: Actor | None, post_id: int) -> Post:
    """One post.

    Raises:
        NotThere: there is none, or none for this viewer.
    """
    post = readable_by(viewer).select_related("author", "audience_owner").filter(pk=post_id).first()
    if post is None:
        raise NotThere(_("There is nothing here, or nothing for you."))
    return post


def withdrawn_for(viewer: Actor | None, post_id: int) -> Post | None:
    """The empty row of a withdrawn post, for those who could have read it before; nothing for anyone else."""
    withdrawn = Post.objects.exclude(withdrawn_at=None)
    return _for(viewer, withdrawn).select_related("author").filter(pk=post_id).first()


def post_by_uri(viewer: Actor | None, uri: str) -> Post | None:
    """The post with this ActivityPub id, if this viewer may read it."""
    return readable_by(viewer).select_related("author", "audience_owner").filter(uri=uri).first()


def brought_post(owner: Actor, key: str) -> Post | None:
    """What the owner said first at another home, by what it is called there, as it stands among their words here."""
    found = Post.objects.filter(author=owner, brought__owner=owner, brought__key=key, withdrawn_at=None)
    return found.select_related("author", "audience_owner").first()


def said_of_it_first(viewer: Actor, post: Post) -> dict[str, Any]:
    """What was said of a post of the viewer's own at the home it was brought from: `audience`, `room`, `readers`."""
    kept = Brought.objects.filter(owner=viewer, post=post, post__author=viewer).values_list("kept", flat=True).first()
    return dict(kept or {})


def may_be_answered_by(author: Actor, *, uri: str) -> bool:
    """Whether the post with this id is known, and `author`, of another server, may stand below it.

    Who may read what was said elsewhere, its own server knows better; of what was said here only those
    answer it who may read it.
    """
    said = Post.objects.filter(uri=uri, withdrawn_at=None).select_related("author").first()
    return said is not None and (not said.is_local or readable_by(author).filter(pk=said.pk).exists())


def post_of_event(post_id: int) -> Post:
    """The post that an event names, withdrawn or not, for what follows from the event; shown to nobody."""
    post = WHOLE.first(post_id)
    if post is None:
        raise Post.DoesNotExist(post_id)
    return post


def readers_of(post: Post) -> list[Actor]:
    """The people whom a post's audience names one by one."""
    return list(Actor.objects.filter(pk__in=post.readers.values("actor")).order_by("handle_key"))


def revisions_of(viewer: Actor | None, post_id: int) -> tuple[Post, list[Revision]]:
    """A post and its earlier wordings, newest first, for whoever may read the post."""
    post = post_for(viewer, post_id)
    return post, list(post.revisions.all())
