"""Programmes of rooms, and one person's own steps."""

import datetime as dt
import random

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound
from speak.kernel.events import emit
from speak.rooms import pairing, rules
from speak.rooms.actions.held import check_goes_on, held_for_host
from speak.rooms.errors import GoFirst, Unfit
from speak.rooms.events import PracticeOpened, RoomChanged
from speak.rooms.models import Group, Opening, Programme, Room, Step, StepState
from speak.rooms.programmes import Entry, ProgrammeText, export, parse, shipped
from speak.rooms.queries import memberships_of, practice_for, programme_of

MAX_PAPER = 64 * 1024
MAX_SLUG = 80


@transaction.atomic
def keep_programme(author: Actor, *, text: str, programme: Programme | None = None) -> Programme:
    """Keep a programme's file, new or changed; it can be exported again as it is.

    Raises:
        MalformedProgramme: with line and reason; nothing has changed.
        NotFound: `programme` is somebody else's.
    """
    read = parse(text)
    kept = programme or Programme(made_by=author)
    if kept.made_by_id != author.pk:
        raise NotFound(_("There is no such programme, or it is somebody else's."))
    kept.title, kept.source, kept.changed_at = read.title, text, clock.now()
    kept.save()
    return kept


@transaction.atomic
def drop_programme(author: Actor, *, programme: Programme) -> None:
    """Forget a programme of one's own. What a room goes through is a copy that the room keeps."""
    Programme.objects.filter(pk=programme.pk, made_by=author, rooms=None).delete()


@transaction.atomic
def choose_programme(host: Actor, *, room: Room, programme: ProgrammeText) -> Room:
    """Let a room go through a programme: a copy of its own, so that the host can change it.

    What the room went through before stays with whoever made that copy, among their own programmes, unless it is word
    for word one that is there already.
    """
    current = held_for_host(host, room)
    check_goes_on(current)
    before = current.programme
    _go_through(current, keep_programme(host, text=export(programme)), programme)
    if before is not None and _is_there_already(before):
        before.delete()
    return current


@transaction.atomic
def change_programme(host: Actor, *, room: Room, programme: ProgrammeText) -> Room:
    """Change the room's own copy of what it goes through: another order, one practice less or more."""
    current = held_for_host(host, room)
    check_goes_on(current)
    own = current.programme if current.programme and current.programme.made_by_id == host.pk else None
    _go_through(current, keep_programme(host, text=export(programme), programme=own), programme)
    return current


@transaction.atomic
def open_practice(host: Actor, *, room: Room, practice: str) -> Opening:
    """Open a practice of its programme to a room.

    Raises:
        GoFirst: promise 2: the host has not tried it; or not something of each earlier week, where it waits for that.
        Unfit: the room's programme has no such practice.
    """
    current = held_for_host(host, room)
    check_goes_on(current)
    programme = programme_of(current)
    entry = next((each for each in programme.entries if each.practice.slug == practice), None) if programme else None
    if programme is None or entry is None:
        raise Unfit(_("This room's programme has no such practice."))
    tried = set(Step.objects.filter(actor=host, state=StepState.TRIED).values_list("practice", flat=True))
    if not rules.may_open_practice(is_host=True, host_has_tried=practice in tried):
        raise GoFirst(
            _("Whoever hosts goes first."),
            hint=_("Do “%(practice)s” yourself, then open it.") % {"practice": entry.practice.title},
        )
    _check_weeks(programme, entry, tried)
    opening, is_new = Opening.objects.get_or_create(room=current, practice=practice, defaults={"opened_by": host})
    if is_new:
        emit(PracticeOpened(room_id=current.pk, practice=practice))
    return opening


@transaction.atomic
def draw_groups(host: Actor, *, room: Room, size: int, practice: str = "", chance: random.Random | None = None) -> int:
    """Draw pairs or threes among those who are in a room; returns the number of the drawing.

    Nobody meets the same person twice before having met all, where that is possible (`rooms.pairing`).

    Raises:
        Unfit: fewer than two people, or another size.
    """
    current = held_for_host(host, room)
    check_goes_on(current)
    members = [membership.actor_id for membership in memberships_of(current)]
    if size not in {2, 3} or len(members) < 2:  # noqa: PLR2004 - pairs and threes
        raise Unfit(_("Pairs or threes are drawn among two people or more."))
    earlier = [
        tuple(group.actors.values_list("pk", flat=True)) for group in Group.objects.filter(room=current).order_by("pk")
    ]
    drawn = pairing.draw(members, earlier, size=size, chance=chance or random.SystemRandom())
    number = 1 + (Group.objects.filter(room=current).aggregate(last=Max("drawing"))["last"] or 0)
    for each in drawn:
        Group.objects.create(room=current, drawing=number, practice=practice).actors.set(each)
    emit(RoomChanged(room_id=current.pk))
    return number


@transaction.atomic
def set_step(actor: Actor, *, practice: str, state: StepState) -> Step:
    """Note for oneself what came of a practice. Nobody else ever sees it, and nothing follows from setting it aside.

    Raises:
        NotFound: there is no such practice.
    """
    return _changed(actor, practice, {"state": state})


@transaction.atomic
def keep_paper(actor: Actor, *, practice: str, paper: dict[str, object], opens_at: dt.datetime | None = None) -> Step:
    """Keep what somebody wrote on a practice's page, for themselves; with `opens_at`, shut until then.

    Raises:
        Unfit: it is longer than 64 KiB.
    """
    if len(msgspec.json.encode(paper)) > MAX_PAPER:
        raise Unfit(_("That is more than this page holds."), hint=_("Keep a part of it elsewhere."))
    return _changed(actor, practice, {"paper": paper, "opens_at": opens_at})


@transaction.atomic
def bring_step(
    actor: Actor, *, practice: str, state: str, paper: dict[str, object], **times: dt.datetime | None
) -> None:
    """What came of a practice at an earlier home, with its paper (`opens_at`, `changed_at`); what is here stays.

    The practice may be one that is not known here.

    Raises:
        Unfit: it is none that could be kept here.
    """
    if (
        len(msgspec.json.encode(paper)) > MAX_PAPER
        or state not in StepState.values
        or not 0 < len(practice) <= MAX_SLUG
    ):
        raise Unfit(_("That is more than this page holds."), hint=_("Keep a part of it elsewhere."))
    values = {"state": state, "paper": paper, **{name: value for name, value in times.items() if value}}
    Step.objects.get_or_create(actor=actor, practice=practice, defaults=values)


@transaction.atomic
def forget_step(actor: Actor, *, practice: str) -> None:
    """As if one had never begun, with what was written on its page."""
    Step.objects.filter(actor=actor, practice=practice).delete()


def _go_through(room: Room, kept: Programme, text: ProgrammeText) -> None:
    room.programme = kept
    room.place = min(room.place, len(text.entries) - 1)
    room.save(update_fields=["programme", "place"])
    emit(RoomChanged(room_id=room.pk))


def _is_there_already(programme: Programme) -> bool:
    same = Programme.objects.filter(made_by=programme.made_by_id, source=programme.source, rooms=None)
    return programme.source in map(export, shipped().values()) or same.exclude(pk=programme.pk).exists()


def _changed(actor: Actor, practice: str, values: dict[str, object]) -> Step:
    if not Step.objects.filter(actor=actor, practice=practice).exists():
        practice_for(actor, practice)
    step, _ = Step.objects.update_or_create(
        actor=actor, practice=practice, defaults={**values, "changed_at": clock.now()}
    )
    return step


def _check_weeks(programme: ProgrammeText, entry: Entry, tried: set[str]) -> None:
    if not entry.opens_after_host or not entry.week:
        return
    tried_weeks = {each.week for each in programme.entries if each.week and each.practice.slug in tried}
    weeks = {each.week for each in programme.entries if each.week}
    if rules.weeks_to_try_first(tried_weeks, weeks, week=entry.week):
        raise GoFirst(
            _("This opens once its host has been through the weeks before it."),
            hint=_("Try something of each earlier week; one practice is enough."),
        )
