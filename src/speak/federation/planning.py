"""Who is owed a copy. Rows are written in the transaction of what caused them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from speak.federation.models import Activity, Delivery
from speak.federation.render.context import PUBLIC
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel.ids import new_id
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.reach import OPEN, Reach

BATCH = 500
PERSONAL_INBOX = Coalesce(NullIf(F("shared_inbox_url"), Value("")), F("inbox_url"), output_field=TextField())


def new_uri() -> str:
    """An id for an activity that nothing else names."""
    return f"{settings.SPEAK_URL}/activities/{new_id()}"


def owe(actor: Actor, document: dict[str, object], *, about_uri: str, inboxes: Iterable[str]) -> Activity | None:
    """Write the activity once and a row for each distinct inbox; nothing where nobody is owed anything."""
    wanted = sorted({inbox for inbox in inboxes if inbox})
    if not wanted:
        return None
    addressed = {PUBLIC} & {str(uri) for name in ("to", "cc") for uri in _listed(document.get(name))}
    activity = Activity.objects.create(
        uri=str(document["id"]),
        actor=actor,
        kind=str(document["type"]),
        about_uri=about_uri,
        body=msgspec.json.encode(document).decode(),
        is_open=bool(addressed),
    )
    Delivery.objects.bulk_create(
        (
            Delivery(activity=activity, inbox_url=inbox, host=urlsplit(inbox).netloc.lower(), about_uri=about_uri)
            for inbox in wanted
        ),
        batch_size=BATCH,
    )
    return activity


def inboxes_for_post(post: Post, *, reached: Iterable[int] = ()) -> set[str]:
    """Where copies of a post go: followers, and those it names, answers or has `reached` (ids of actors).

    Promise 4: what stays here goes nowhere, whatever has happened to it.
    """
    if not rules.leaves_the_server(post.reach):
        return set()
    found = _inboxes(followers_meant(post), apart_from=post.author)
    ids = set(post.readers.values_list("actor", flat=True))
    if post.reach in OPEN:
        ids |= set(post.mentions.values_list("actor", flat=True)) | set(reached)
        ids |= {post.answered_id} if post.answered_id else set()
    return found | inboxes_of(post.author, Actor.objects.filter(pk__in=ids))


def followers_meant(post: Post) -> QuerySet[Actor]:
    """Those elsewhere who follow whom the post is for followers of; their list is known only for people here."""
    if post.reach not in {*OPEN, Reach.FOLLOWERS} or not post.audience_owner.is_local:
        return Actor.objects.none()
    owner = post.audience_owner if post.reach == Reach.FOLLOWERS else post.author
    follows = Follow.objects.filter(target=owner, state=FollowState.ACCEPTED)
    if post.reach == Reach.FOLLOWERS:
        follows = follows.filter(accepted_at__lte=post.audience_at)
    return Actor.objects.filter(pk__in=follows.values("follower"))


def inboxes_of_followers(actor: Actor) -> set[str]:
    """The distinct inboxes of those elsewhere who follow somebody here."""
    follows = Follow.objects.filter(target=actor, state=FollowState.ACCEPTED)
    return inboxes_of(actor, Actor.objects.filter(pk__in=follows.values("follower")))


def inboxes_of(sender: Actor, actors: QuerySet[Actor]) -> set[str]:
    """Their distinct inboxes, shared ones where they have them; none of the blocked or the gone."""
    return _inboxes(actors, apart_from=sender)


def drop_unsent(about_uri: str) -> None:
    """A post was withdrawn: copies of it that no worker has taken up yet are not sent any more."""
    unsent = Delivery.objects.filter(about_uri=about_uri, attempts=0, claimed_until=None, given_up_at=None)
    unsent.filter(activity__kind__in=["Create", "Update"]).delete()


def _inboxes(actors: QuerySet[Actor], *, apart_from: Actor) -> set[str]:
    is_apart = Q(blocks__blocked=apart_from) | Q(blocked_by__blocker=apart_from)
    elsewhere = actors.exclude(domain="").filter(gone_at=None).exclude(is_apart)
    return set(elsewhere.annotate(copy_to=PERSONAL_INBOX).values_list("copy_to", flat=True).distinct().order_by())


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
