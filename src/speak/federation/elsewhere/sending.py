"""Saying there what was said here: written down with the post, tried for three days with the pauses of deliveries."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from speak.federation.documents import Malformed
from speak.federation.documents.nodes import host_of
from speak.federation.elsewhere import chat, mastodon
from speak.federation.elsewhere.choosing import allowed_places
from speak.federation.elsewhere.letters import owe_letters
from speak.federation.elsewhere.rules import next_look
from speak.federation.elsewhere.there import NotTaken
from speak.federation.models import Elsewhere, ElsewhereKind, SaidElsewhere
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.due import put_off, settle, take_up
from speak.kernel.errors import Failure, NotFound
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.safety.queries import is_refused
from speak.voice.models import Post
from speak.voice.queries import post_of_event

# While somebody is at it, nobody else takes it up; whoever is killed meanwhile leaves it for later.
LEASE = dt.timedelta(minutes=15)
CHATS = frozenset({ElsewhereKind.SLACK, ElsewhereKind.MATTERMOST})


@transaction.atomic
def owe(post: Post, chosen: tuple[int, ...]) -> None:
    """A post that was just said is owed to the places its author chose for it; where it may not go, it does not."""
    now = clock.now()
    SaidElsewhere.objects.bulk_create(
        SaidElsewhere(post=post, place=place, kind=place.kind, name=place.name, due_at=now, first_at=now)
        for place in allowed_places(post, chosen)
    )


@transaction.atomic
def owe_anew(post: Post) -> None:
    """What was said better, or taken back, is owed where it was said and can be changed. Nowhere else.

    What is not said yet will be said as it stands then, or not at all.
    """
    if not post.is_for_elsewhere:
        return
    rows = SaidElsewhere.objects.filter(post=post).exclude(said_at=None)
    if post.withdrawn_at is not None:
        rows.update(look_at=None)
    changeable = rows.exclude(place=None).filter(kind=ElsewhereKind.MASTODON)
    changeable.update(due_at=clock.now(), first_at=clock.now(), attempts=0, failed_at=None, last_failure="")


@transaction.atomic
def try_again(author: Actor, said_id: int) -> SaidElsewhere:
    """Begin anew with what did not arrive.

    Raises:
        NotFound: there is nothing of theirs that failed there, or the place lets nobody in at present.
    """
    failed = SaidElsewhere.objects.filter(pk=said_id, post__author=author, place__broken_at=None)
    said = failed.exclude(place=None).exclude(failed_at=None).first()
    if said is None:
        raise NotFound(_("There is nothing to try again."))
    said.due_at = said.first_at = clock.now()
    said.failed_at, said.attempts = None, 0
    said.save(update_fields=["due_at", "first_at", "failed_at", "attempts"])
    return said


def take_up_due() -> list[int]:
    """The ids of what is owed by now; each is handed out once, and again only when nobody reports back."""
    return take_up(SaidElsewhere, most=100, lease=LEASE)


def say_there(said_id: int, *, ask: Ask = real_ask) -> None:
    """Do what is owed; what fails for now is planned for later."""
    said = _owed(said_id)
    if said is None or said.place is None:
        return
    try:
        _check_may_call(said.place)
        done = _said(said, said.place, ask)
    except (Failure, Malformed) as failure:
        _later(said, said.place, failure)
    else:
        _done(said, done)


def _owed(said_id: int) -> SaidElsewhere | None:
    rows = SaidElsewhere.objects.select_related("post__author", "place").filter(pk=said_id).exclude(due_at=None)
    return rows.first()


def _check_may_call(place: Elsewhere) -> None:
    if place.kind != ElsewhereKind.MAIL and is_refused(host_of(place.server_url or place.secret)):
        raise Failure("this server has nothing to do with that one", permanent=True)


def _said(said: SaidElsewhere, place: Elsewhere, ask: Ask) -> dict[str, object] | None:
    """Do what the post asks for; what to remember of it, or nothing where it is not there (any more)."""
    post = said.post
    if said.said_at is None:
        return None if post.withdrawn_at else _say(said, place, ask)
    if place.kind != ElsewhereKind.MASTODON:
        return {}
    if post.withdrawn_at:
        mastodon.take_back(place, far_id=said.far_id, ask=ask)
        return None
    try:
        there = mastodon.change(place, post, far_id=said.far_id, known=said.far_pictures, ask=ask)
    except NotTaken as refusal:
        if refusal.status in mastodon.MISSING:  # it was deleted there by hand
            return None
        raise
    return {"far_pictures": dict(there.pictures)}


def _say(said: SaidElsewhere, place: Elsewhere, ask: Ask) -> dict[str, object]:
    if place.kind in CHATS:
        chat.send(place.secret, chat.message_of(said.post, kind=place.kind), ask=ask)
        return {"said_at": clock.now()}
    if place.kind == ElsewhereKind.MAIL:
        owe_letters(said)
        return {"said_at": clock.now()}
    key = f"speak-{said.post_id}-{said.pk}"
    there = mastodon.say(place, said.post, key=key, answers=_answered_there(said), ask=ask)
    now = clock.now()
    return {
        "said_at": now,
        "look_at": next_look(0, said_at=now, now=now),
        "far_id": there.id,
        "far_uri": there.uri,
        "url": there.url,
        "far_pictures": dict(there.pictures),
    }


def _answered_there(said: SaidElsewhere) -> str:
    """The id there of what it answers, where that is one's own and was said there too."""
    rows = SaidElsewhere.objects.filter(post=said.post.in_reply_to_id, place=said.place_id).exclude(far_id="")
    return rows.values_list("far_id", flat=True).first() or ""


def _done(said: SaidElsewhere, done: dict[str, object] | None) -> None:
    """Remember it. If the post was changed or taken back meanwhile, the rest follows at once."""
    row = SaidElsewhere.objects.filter(pk=said.pk)
    if done is None:
        row.delete()
        return
    post = post_of_event(said.post_id)
    is_same = (post.edited_at, post.withdrawn_at) == (said.post.edited_at, said.post.withdrawn_at)
    row.update(last_failure="", attempts=0, **done)
    can_follow = said.kind == ElsewhereKind.MASTODON
    row.filter(due_at=said.due_at).update(due_at=clock.now() if can_follow and not is_same else None)


def _later(said: SaidElsewhere, place: Elsewhere, failure: Failure | Malformed) -> None:
    """Plan it anew, unless it is pointless or was tried for long enough. An edit meanwhile has planned it already."""
    is_pointless = isinstance(failure, Failure) and failure.permanent
    why = (str(failure).replace(place.secret, "…") if place.secret else str(failure))[:300]
    if is_pointless or not put_off(said, last_failure=why):
        settle(said, last_failure=why, failed_at=clock.now())
    if isinstance(failure, NotTaken) and failure.is_shut:
        Elsewhere.objects.filter(pk=place.pk).update(broken_at=clock.now(), last_failure=why)
