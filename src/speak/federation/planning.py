"""Who is owed a copy. Rows are written in the transaction of what caused them."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from speak.federation.delivery.rules import server_of
from speak.federation.models import Activity, Delivery, FormerInbox
from speak.federation.render.context import PUBLIC
from speak.federation.signing import proven
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.reach import OPEN, Reach

BATCH = 500
STILL_SAID = ("Delete", "Undo", "Reject", "Block")
CARRYING_WORDS = ("Create", "Update", "QuoteRequest")
# As `Actor.best_inbox_url` has it.
BEST_INBOX = Coalesce(NullIf(F("shared_inbox_url"), Value("")), F("inbox_url"), output_field=TextField())


@dataclass(frozen=True, slots=True)
class NeverLeft:
    """The inboxes that never got a copy: of the words for their readers, or with the question whether they may quote.

    Somebody who was told need not have been asked yet, and somebody who is asked need not be told.
    """

    told: set[str]
    asked: set[str]


def new_uri() -> str:
    """An id for an activity that nothing else names."""
    return f"{settings.SPEAK_URL}/activities/{new_id()}"


def owe(actor: Actor, document: dict[str, object], *, about_uri: str, inboxes: Iterable[str]) -> Activity | None:
    """Write the activity once and a row for each distinct inbox; nothing where nobody is owed anything.

    Nor where the actor is suspended, except what takes back, ends, or says how they are.
    """
    if actor.suspended_at and str(document["type"]) not in STILL_SAID and about_uri != actor.uri:
        return None
    wanted = sorted({inbox for inbox in inboxes if inbox})
    if not wanted:
        return None
    document = proven(actor, document)
    addressed = {str(uri) for name in ("to", "cc") for uri in _listed(document.get(name))}
    activity = Activity.objects.create(
        uri=str(document["id"]),
        actor=actor,
        kind=str(document["type"]),
        about_uri=about_uri,
        body=_encoded(document),
        is_open=PUBLIC in addressed,
        goes_to_followers=actor.followers_url in addressed,
    )
    Delivery.objects.bulk_create(
        (Delivery(activity=activity, inbox_url=inbox, host=server_of(inbox), about_uri=about_uri) for inbox in wanted),
        batch_size=BATCH,
    )
    return activity


def inboxes_for_post(post: Post, *, reached: Iterable[int] = (), is_withdrawal: bool = False) -> set[str]:
    """Where copies of a post go: followers, and those it names, answers or has `reached` (ids of actors).

    To actors that are suspended here nothing goes but that it is taken back (`is_withdrawal`).
    Promise 4: what stays here goes nowhere, whatever has happened to it.
    """
    if not rules.leaves_the_server(post.reach):
        return set()
    found = _inboxes(followers_meant(post), apart_from=post.author, with_suspended=is_withdrawal)
    ids = set(post.readers.values_list("actor", flat=True))
    if post.reach in OPEN:
        ids |= set(post.mentions.values_list("actor", flat=True)) | set(reached)
        ids |= {post.answered_id} if post.answered_id else set()
    # Who is blocked by whoever the audience belongs to reads nothing in it, as in `voice.rules.may_read`.
    others = Actor.objects.filter(pk__in=ids).exclude(blocked_by__blocker=post.audience_owner_id)
    return found | _inboxes(others, apart_from=post.author, with_suspended=is_withdrawal)


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
    """Their distinct inboxes, shared ones where they have them; none of the blocked, the suspended or the gone."""
    return _inboxes(actors, apart_from=sender)


def all_inboxes(actor: Actor) -> set[str]:
    """Wherever a copy of anything that somebody here said may lie: every known server, and those once known."""
    elsewhere = Actor.objects.exclude(domain="").filter(gone_at=None)
    return _distinct_inboxes(elsewhere) | set(
        FormerInbox.objects.filter(actor=actor).values_list("inbox_url", flat=True)
    )


def forget_said_by(actor: Actor) -> None:
    """Nothing that somebody here said leaves any more, and nothing remembers where it went."""
    Activity.objects.filter(actor=actor).delete()
    FormerInbox.objects.filter(actor=actor).delete()


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


def drop_waiting(about_uri: str) -> NeverLeft:
    """What carries words that were taken back, and is not on its way, does not leave any more; none of it is kept."""
    kinds = _waiting(about_uri)
    never = {(kind, row.inbox_url) for row, kind in kinds if row.claimed_until is None}
    Delivery.objects.filter(pk__in=[row.pk for row, _ in kinds]).delete()
    carrying = Activity.objects.filter(about_uri=about_uri, kind__in=CARRYING_WORDS)
    carrying.filter(deliveries=None).delete()
    # Whoever is sending one of these at the moment has the words at hand; `claim` takes up nothing that is empty.
    carrying.update(body="")
    return NeverLeft(
        told={inbox for kind, inbox in never if kind == "Create"},
        asked={inbox for kind, inbox in never if kind == "QuoteRequest"},
    )


def drop_outdated(about_uri: str) -> None:
    """Of several Updates that wait, only the newest is worth sending: called before it is written."""
    outdated = [row.pk for row, kind in _waiting(about_uri) if kind == "Update" and row.claimed_until is None]
    Delivery.objects.filter(pk__in=outdated).delete()


def forget_earlier(post: Post, *, create: dict[str, object]) -> None:
    """Somebody took words in a post back: no message keeps an earlier wording, and a Create that waits is this one now.

    Called before the Update is written that says so.
    """
    carrying = Activity.objects.filter(about_uri=post.uri, kind__in=CARRYING_WORDS)
    carrying.filter(deliveries=None).delete()
    carrying.exclude(kind="Create").update(body="")
    carrying.filter(kind="Create").update(body=_encoded(proven(post.author, create)))


def drop_owed_to(actor: Actor) -> None:
    """What waits for an actor elsewhere who is suspended here does not leave, unless it takes something back.

    An inbox that their server shares is left alone: others behind it may be meant.
    """
    waiting = Delivery.objects.filter(_is_free(), inbox_url=actor.inbox_url)
    waiting.exclude(activity__kind__in=STILL_SAID).delete()


def drop_owed_to_server(domain: str) -> None:
    """The same for a whole server that is suspended here, and those below its name."""
    is_there = Q(host=domain) | Q(host__endswith=f".{domain}")
    waiting = Delivery.objects.filter(is_there, _is_free())
    waiting.exclude(activity__kind__in=STILL_SAID).delete()


def _waiting(about_uri: str) -> list[tuple[Delivery, str]]:
    """Copies of what carries words and no worker is at, with their kinds; held until the transaction ends.

    Also those that were given up: whoever runs this server may have them tried again.
    """
    rows = list(Delivery.objects.select_for_update().filter(_is_free(), about_uri=about_uri).order_by("pk"))
    kinds = dict(Activity.objects.filter(pk__in={row.activity_id for row in rows}).values_list("pk", "kind"))
    return [(row, kinds[row.activity_id]) for row in rows if kinds[row.activity_id] in CARRYING_WORDS]


def _is_free() -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lte=clock.now())


def _inboxes(actors: QuerySet[Actor], *, apart_from: Actor, with_suspended: bool = False) -> set[str]:
    is_apart = Q(blocks__blocked=apart_from) | Q(blocked_by__blocker=apart_from)
    if not with_suspended:
        actors = actors.filter(suspended_at=None)
    elsewhere = actors.exclude(domain="").filter(gone_at=None).exclude(is_apart)
    return _distinct_inboxes(elsewhere)


def _distinct_inboxes(actors: QuerySet[Actor]) -> set[str]:
    return set(actors.annotate(copy_to=BEST_INBOX).values_list("copy_to", flat=True).distinct().order_by())


def _encoded(document: dict[str, object]) -> str:
    return msgspec.json.encode(document).decode()


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
