"""What a person shows of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions.people import MAX_NAME
from speak.identity.errors import TooLong
from speak.identity.events import ProfileChanged
from speak.identity.models import Actor, Quoting, SaidByApps, ShelfObject, User
from speak.identity.sites import read_site
from speak.kernel import blobs, clock, zones
from speak.kernel.errors import Invalid, NotFound, TooMuch
from speak.kernel.events import emit
from speak.kernel.pictures import prepare_picture

FACE_SIDE, BANNER_SIDE, SHELF_SIDE = 800, 1600, 1000
MAX_AIM, MAX_SHELF, MAX_SITES = 500, 12, 100
MAX_TITLE, MAX_SENTENCE, MAX_DESCRIPTION = 100, 300, 1500


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """The written part of a profile."""

    name: str
    aim: str = ""


@transaction.atomic
def write_profile(actor: Actor, *, words: ProfileWords) -> Actor:
    """Say what one is called, and what one is about at present."""
    aim = words.aim.replace("\r\n", "\n").strip()  # as forms send lines
    if len(words.name) > MAX_NAME or len(aim) > MAX_AIM:
        raise TooLong(
            _("A name has up to %(name)d characters, an aim up to %(aim)d.") % {"name": MAX_NAME, "aim": MAX_AIM}
        )
    actor.name, actor.aim = words.name.strip(), aim
    return _changed(actor, "name", "aim")


@transaction.atomic
def change_preferences(actor: Actor, *, approves_followers: bool, is_listed: bool) -> Actor:
    """Whether followers are approved first, and whether one is seen on the front page and in searches."""
    actor.approves_followers, actor.is_listed = approves_followers, is_listed
    return _changed(actor, "approves_followers", "is_listed")


@transaction.atomic
def name_sites_that_credit(actor: Actor, *, sites: Sequence[str]) -> Actor:
    """The sites whose pages may name one as their author (`fediverse:creator`); others that do are not believed.

    Raises:
        Invalid: one that is no site.
        TooMuch: more than a hundred.
    """
    named = [site for site in sites if site.strip()]
    wrong = next((site for site in named if not read_site(site)), None)
    if wrong is not None:
        raise Invalid(
            _("“%(text)s” is not a site.") % {"text": wrong.strip()[:100]}, hint=_("One looks like magazine.example.")
        )
    found = list(dict.fromkeys(map(read_site, named)))
    if len(found) > MAX_SITES:
        raise TooMuch(
            ngettext("Up to %(most)d site may name you.", "Up to %(most)d sites may name you.", MAX_SITES)
            % {"most": MAX_SITES}
        )
    actor.attribution_domains = found
    return _changed(actor, "attribution_domains")


@transaction.atomic
def choose_who_may_quote(actor: Actor, *, quoting: str) -> None:
    """Who may show one's open words inside words of their own; what was agreed before stays agreed."""
    Actor.objects.filter(pk=actor.pk).update(quoting=Quoting(quoting))


@transaction.atomic
def choose_how_apps_speak(actor: Actor, *, said_by_apps: str, veils_pictures: bool) -> None:
    """For whom an app speaks that does not say so, and whether what it shows is veiled; what was said stays."""
    said = SaidByApps(said_by_apps)
    User.objects.filter(actor=actor).update(said_by_apps=said, veils_pictures=veils_pictures)


@transaction.atomic
def set_picture(actor: Actor, *, data: bytes, description: str = "") -> Actor:
    """Show one's face. Empty `data` keeps the picture and changes the description only."""
    if data:
        actor.picture = _replaced(actor.picture, data, side=FACE_SIDE)
        actor.picture_url = blobs.url_of(actor.picture)
    actor.picture_description = description.strip()[:MAX_DESCRIPTION]
    return _changed(actor, "picture", "picture_url", "picture_description")


@transaction.atomic
def set_banner(actor: Actor, *, data: bytes) -> Actor:
    """A wide picture above the profile."""
    actor.banner = _replaced(actor.banner, data, side=BANNER_SIDE)
    actor.banner_url = blobs.url_of(actor.banner)
    return _changed(actor, "banner", "banner_url")


@transaction.atomic
def take_picture_down(actor: Actor) -> Actor:
    """Show no face; the file is thrown away."""
    return _taken_down(actor, "picture")


@transaction.atomic
def take_banner_down(actor: Actor) -> Actor:
    """Show no banner; the file is thrown away."""
    return _taken_down(actor, "banner")


@transaction.atomic
def choose_language(actor: Actor, *, language: str) -> None:
    """The language one writes in unless one says otherwise, and reads pages in where they speak it."""
    User.objects.filter(actor=actor).update(language=language)


def choose_time_zone(actor: Actor, *, time_zone: str) -> None:
    """By whose clock times are said to them, by its name such as Europe/Berlin; none for the clock of this place.

    Raises:
        Invalid: there is no such zone.
    """
    if time_zone and time_zone not in zones.names():
        raise Invalid(_("There is no such time zone."), hint=_("Choose one from the list."))
    User.objects.filter(actor=actor).update(time_zone=time_zone)


@transaction.atomic
def put_on_shelf(
    actor: Actor, *, title: str, sentence: str = "", data: bytes = b"", description: str = ""
) -> ShelfObject:
    """Put a chosen thing on the shelf, after the others."""
    if not title.strip():
        raise Invalid(_("Give the thing a name."))
    if len(title) > MAX_TITLE or len(sentence) > MAX_SENTENCE:
        raise TooLong(
            _("A title has up to %(title)d characters, a sentence up to %(sentence)d.")
            % {"title": MAX_TITLE, "sentence": MAX_SENTENCE}
        )
    places = list(actor.shelf.values_list("position", flat=True))
    if len(places) >= MAX_SHELF:
        raise TooMuch(
            ngettext("A shelf holds %(most)d thing.", "A shelf holds %(most)d things.", MAX_SHELF)
            % {"most": MAX_SHELF},
            hint=_("Take one off first."),
        )
    thing = ShelfObject.objects.create(
        actor=actor,
        position=max(places, default=-1) + 1,
        title=title.strip(),
        sentence=sentence.strip(),
        picture=_replaced("", data, side=SHELF_SIDE) if data else "",
        picture_description=description.strip()[:MAX_DESCRIPTION],
    )
    _changed(actor)
    return thing


@transaction.atomic
def take_off_shelf(actor: Actor, *, shelf_id: int) -> None:
    """Take a thing off one's own shelf."""
    thing = ShelfObject.objects.filter(actor=actor, pk=shelf_id).first()
    if thing is None:
        raise NotFound(_("That is not on your shelf."))
    token = thing.picture
    thing.delete()
    transaction.on_commit(lambda: blobs.delete(token))
    _changed(actor)


def _replaced(old_token: str, data: bytes, *, side: int) -> str:
    """Keep a new picture; the old one goes when the change is certain."""
    token = blobs.put(prepare_picture(data, longest_side=side).data, suffix="webp")
    if old_token:
        transaction.on_commit(lambda: blobs.delete(old_token))
    return token


def _taken_down(actor: Actor, what: Literal["picture", "banner"]) -> Actor:
    token = getattr(actor, what)
    setattr(actor, what, "")
    setattr(actor, f"{what}_url", "")
    transaction.on_commit(lambda: blobs.delete(token))
    return _changed(actor, what, f"{what}_url")


def _changed(actor: Actor, *fields: str) -> Actor:
    actor.changed_at = clock.now()
    actor.save(update_fields=[*fields, "changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))
    return actor
