"""The places elsewhere of somebody: added by them, removed by them, shown to nobody else."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from speak.federation.documents.nodes import host_of
from speak.federation.elsewhere import chat
from speak.federation.elsewhere.there import NotTaken
from speak.federation.models import Elsewhere, ElsewhereKind, SaidElsewhere, Subscriber
from speak.identity.models import Actor
from speak.kernel import mail
from speak.kernel.errors import Invalid, NotAllowed, NotFound, TooMuch
from speak.kernel.outbound import Ask, OutboundFailure
from speak.safety.queries import is_refused

MOST_PLACES = 20
LONGEST_NAME = 80
LONGEST_WEBHOOK = 2_000


def places_of(owner: Actor) -> list[Elsewhere]:
    """Where somebody may be heard too, in the order they added it."""
    return list(Elsewhere.objects.filter(owner=owner).order_by("pk"))


def lately_failed(owner: Actor) -> list[SaidElsewhere]:
    """What did not arrive where its author wanted it, newest first."""
    failed = SaidElsewhere.objects.filter(post__author=owner).exclude(last_failure="").exclude(place=None)
    return list(failed.select_related("post__author", "place").order_by("-pk")[:20])


def add_chat(owner: Actor, *, webhook: str, channel: str, ask: Ask) -> Elsewhere:
    """Add a channel of Slack or Mattermost; a first message is said there, so that it is known to work.

    Raises:
        Invalid: the address is none, or does not take it.
        TooMuch: there are many already.
    """
    webhook, channel = webhook.strip(), " ".join(channel.split())[:LONGEST_NAME]
    if urlsplit(webhook).scheme != "https" or not host_of(webhook) or len(webhook) > LONGEST_WEBHOOK:
        raise Invalid(_("This is not the address of an incoming webhook."), hint=_("It begins with https://"))
    if not channel:
        raise Invalid(_("Say which channel that is."))
    check_room_for_more(owner)
    if is_refused(host_of(webhook)):
        raise Invalid(_("This server has nothing to do with that one."))
    kind = chat.kind_of(webhook)
    try:
        chat.send(webhook, chat.greeting(owner.called, kind=kind), ask=ask)
    except (OutboundFailure, NotTaken) as failure:
        raise Invalid(
            _("Nothing could be said there, so it is not added."), hint=_("Look whether the address is whole.")
        ) from failure
    return keep(owner, kind=kind, name=channel, secret=webhook)


@transaction.atomic
def keep(owner: Actor, *, kind: ElsewhereKind, name: str, **known: object) -> Elsewhere:
    """Write down a place, or what is new about one."""
    fresh = {**known, "broken_at": None, "last_failure": ""}
    place, _is_new = Elsewhere.objects.update_or_create(owner=owner, kind=kind, name=name, defaults=fresh)
    return place


def offer_letters(owner: Actor) -> Elsewhere:
    """Let others ask for one's words by mail, and choose so for each of them.

    Raises:
        NotAllowed: this server sends no mail.
    """
    if not mail.is_set_up():
        raise NotAllowed(_("This server sends no e-mail."))
    return keep(owner, kind=ElsewhereKind.MAIL, name="e-mail")


def check_room_for_more(owner: Actor) -> None:
    """Refuse when there are many already.

    Raises:
        TooMuch: there are.
    """
    if Elsewhere.objects.filter(owner=owner).count() >= MOST_PLACES:
        raise TooMuch(_("There are many places already."), hint=_("Remove one first."))


@transaction.atomic
def remove(owner: Actor, place_id: int) -> Elsewhere:
    """Speak there no more. What was said there stays there; what waits for it is not said.

    Raises:
        NotFound: there is no such place of theirs.
    """
    place = Elsewhere.objects.filter(pk=place_id, owner=owner).first()
    if place is None:
        raise NotFound(_("There is no such place of yours."))
    if place.kind == ElsewhereKind.MAIL:
        Subscriber.objects.filter(author=owner).delete()
    SaidElsewhere.objects.filter(place=place, said_at=None).delete()
    SaidElsewhere.objects.filter(place=place).update(due_at=None, look_at=None)
    Elsewhere.objects.filter(pk=place.pk).delete()
    return place


def forget_places_of(owner: Actor) -> None:
    """Somebody left for good: nothing is owed anywhere, and no way in is kept. What was said there stays there."""
    SaidElsewhere.objects.filter(post__author=owner).delete()
    Subscriber.objects.filter(author=owner).delete()
    Elsewhere.objects.filter(owner=owner).delete()
