"""The organisation of this server, and its window."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotAllowed, NotFound
from speak.rooms.models import Gathering, Organisation, PersonElsewhere, Room, Turn, Window, WindowPost
from speak.voice.models import Post
from speak.voice.queries import readable_by


def the_organisation() -> Organisation | None:
    """What the people of this server are together; none where nobody has said so."""
    return Organisation.objects.select_related("actor").first()


def check_runs_it(actor: Actor) -> None:
    """Refuse whoever does not run this server.

    Raises:
        NotAllowed: somebody else does.
    """
    if not actor.runs_this_server:
        raise NotAllowed(_("Only whoever runs this server does that."))


def is_gathered(actor: Actor) -> bool:
    """Whether somebody agreed that the organisation passes on what they say to anyone."""
    return Gathering.objects.filter(actor=actor).exists()


def is_keeper(actor: Actor) -> bool:
    """Whether somebody keeps the organisation's page with others: whoever runs the server, and whoever hosts a room."""
    return actor.runs_this_server or Room.objects.filter(host=actor, closed_at=None).exists()


def people_elsewhere(viewer: Actor | None, organisation: Organisation) -> QuerySet[PersonElsewhere]:
    """Those of the organisation whose home is elsewhere and whose page says that they are of it."""
    shown = organisation.people_elsewhere.exclude(link__verified_at=None)
    is_limited = Q(actor__suspended_at__isnull=False) | Q(actor__is_silenced=True) | Q(actor__gone_at__isnull=False)
    shown = shown.exclude(is_limited)
    if viewer:
        shown = shown.exclude(actor__blocks__blocked=viewer)
    return shown.select_related("link", "actor").order_by("actor__name", "link__label")


def people_named(keeper: Actor, organisation: Organisation) -> QuerySet[PersonElsewhere]:
    """All who were named, for those who may name, whatever was found at their pages.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not is_keeper(keeper):
        raise NotAllowed(_("Who runs this server or hosts a room sees that."))
    named = organisation.people_elsewhere.select_related("link", "actor")
    return named.order_by("link__verified_at", "-named_at")


def the_window() -> Window | None:
    """The window of this server, while it is open."""
    return Window.objects.filter(closed_at=None).first()


def this_week() -> dt.date:
    """The Monday of this week, where the server is: whoever asks, and whose week it is, go by the same."""
    today = timezone.localtime(clock.now(), timezone.get_default_timezone()).date()
    return today - dt.timedelta(days=today.weekday())


def turns_of(window: Window) -> QuerySet[Turn]:
    """Whose weeks there are that were accepted, the latest first."""
    return window.turns.exclude(accepted_at=None).select_related("actor").order_by("-week")


def turn_now(window: Window) -> Turn | None:
    """Whose week it is."""
    return turns_of(window).filter(week=this_week()).first()


def turn_for(viewer: Actor, turn_id: int) -> Turn:
    """A week that the viewer is asked for, or has.

    Raises:
        NotFound: there is none.
    """
    turn = Turn.objects.filter(pk=turn_id, actor=viewer).select_related("window", "asked_by").first()
    if turn is None:
        raise NotFound(_("Nobody asks you for that week."))
    return turn


def turns_asked_of(viewer: Actor) -> QuerySet[Turn]:
    """The weeks the viewer is asked for and has not answered about."""
    asked = Turn.objects.filter(actor=viewer, accepted_at=None, week__gte=this_week(), window__closed_at=None)
    return asked.select_related("asked_by", "window")


def said_at(viewer: Actor | None, window: Window) -> list[Post]:
    """What was said at the window, as far as the viewer may read it, the newest first."""
    shown = WindowPost.objects.filter(turn__window=window).values("post")
    posts = readable_by(viewer).filter(pk__in=shown).select_related("author", "audience_owner", "answered")
    return list(posts.prefetch_related("media", "tags", "readers__actor").order_by("-pk")[:40])


def may_ask_for_weeks(actor: Actor) -> bool:
    """Whether somebody may ask others for a week."""
    return is_keeper(actor)
