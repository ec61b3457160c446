"""Who is owed a copy. Rows are written in the transaction of what caused them."""

from collections.abc import Iterable

import msgspec
from django.conf import settings
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from speak.federation.delivery.rules import server_of
from speak.federation.models import Activity, Delivery, FormerInbox
from speak.federation.render.context import PUBLIC
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.reach import OPEN, Reach

BATCH = 500
CARRYING_WORDS = ("Create", "Update")
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
        (Delivery(activity=activity, inbox_url=inbox, host=server_of(inbox), about_uri=about_uri) for inbox in wanted),
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
    # Who is blocked by whoever the audience belongs to reads nothing in it, as in `voice.rules.may_read`.
    others = Actor.objects.filter(pk__in=ids).exclude(blocked_by__blocker=post.audience_owner_id)
    return found | inboxes_of(post.author, others)


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


def remember_inbox(author: Actor, *, inboxes: Iterable[str], about_uri: str = "") -> None:
    """These may hold copies of what `author` said so far (or of one post), though they get no more of it."""
    rows = [FormerInbox(actor=author, inbox_url=inbox, about_uri=about_uri) for inbox in sorted(set(inboxes))]
    FormerInbox.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["actor", "inbox_url", "about_uri"],
        update_fields=["left_at"],
    )


def former_inboxes(post: Post) -> set[str]:
    """Where copies of a post may lie with those who would get none today; also with those who are blocked by now."""
    if not rules.leaves_the_server(post.reach):
        return set()
    theirs = FormerInbox.objects.filter(actor__in={post.author_id, post.audience_owner_id})
    of_this = Q(about_uri=post.uri)
    if post.reach != Reach.NAMED:
        of_this |= Q(about_uri="", left_at__gte=post.said_at)
    return set(theirs.filter(of_this).values_list("inbox_url", flat=True).distinct())


def drop_waiting(about_uri: str) -> set[str]:
    """What carries words that were taken back, and is not on its way, does not leave any more.

    Returns the inboxes that never got a copy, so that there is nothing to take back there.
    """
    kinds = _waiting(about_uri)
    never_left = {row.inbox_url for row, kind in kinds if kind == "Create" and row.claimed_until is None}
    Delivery.objects.filter(pk__in=[row.pk for row, _ in kinds]).delete()
    return never_left


def drop_outdated(about_uri: str) -> None:
    """Of several Updates that wait, only the newest is worth sending: called before it is written."""
    outdated = [row.pk for row, kind in _waiting(about_uri) if kind == "Update" and row.claimed_until is None]
    Delivery.objects.filter(pk__in=outdated).delete()


def _waiting(about_uri: str) -> list[tuple[Delivery, str]]:
    """Copies of Creates and Updates that no worker is at, with their kinds; held until the transaction ends."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=clock.now())
    rows = list(Delivery.objects.select_for_update().filter(is_free, about_uri=about_uri, given_up_at=None))
    kinds = dict(Activity.objects.filter(pk__in={row.activity_id for row in rows}).values_list("pk", "kind"))
    return [(row, kinds[row.activity_id]) for row in rows if kinds[row.activity_id] in CARRYING_WORDS]


def _inboxes(actors: QuerySet[Actor], *, apart_from: Actor) -> set[str]:
    is_apart = Q(blocks__blocked=apart_from) | Q(blocked_by__blocker=apart_from)
    elsewhere = actors.exclude(domain="").filter(gone_at=None).exclude(is_apart)
    return set(elsewhere.annotate(copy_to=PERSONAL_INBOX).values_list("copy_to", flat=True).distinct().order_by())


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
