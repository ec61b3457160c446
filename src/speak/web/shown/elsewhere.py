"""Where else something is heard, in words: beside the box, on the post, in the settings (promise 5)."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from speak.federation.elsewhere.wording import PRODUCTS, called
from speak.federation.models import Elsewhere, ElsewhereKind, SaidElsewhere
from speak.web.shown.deliveries import in_plain_words

STATUS = re.compile(r"answered (\d{3})")


@dataclass(frozen=True, slots=True)
class ShownElsewhere:
    """One place where a post was said too. `name` is what `url` is called; without one the sentence is whole.

    `stays`: it can neither be changed nor taken back there.
    """

    sentence: str
    name: str = ""
    url: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place elsewhere, for its owner. `trouble` says in words what is wrong with it; its secret is never shown."""

    id: int
    kind: str
    name: str
    readers: str
    where: str
    url: str
    added_at: dt.datetime
    trouble: str


@dataclass(frozen=True, slots=True)
class ShownFailure:
    """Something that did not arrive. `next_at` is when it is tried again, if it is."""

    id: int
    name: str
    why: str
    post_url: str
    next_at: dt.datetime | None
    may_try_again: bool


def readers_in_words(kind: str) -> str:
    """Who can read there."""
    if kind == ElsewhereKind.MASTODON:
        return _("Anyone can read what you say there.")
    if kind == ElsewhereKind.MAIL:
        return _("Those read it who asked you for it.")
    return _("Everyone in that channel can read it, now and later.")


def shown_elsewhere(said: Iterable[SaidElsewhere], *, is_mine: bool) -> tuple[ShownElsewhere, ...]:
    """Where a post was said too; its author sees what a channel is called, and what has not arrived."""
    return tuple(found for each in said if (found := _shown(each, is_mine=is_mine)))


def _shown(said: SaidElsewhere, *, is_mine: bool) -> ShownElsewhere | None:
    name = called(said.kind, said.name)
    if said.said_at is None:
        sentence = _("It did not get to %(place)s.") if said.failed_at else _("On its way to %(place)s.")
        return ShownElsewhere(sentence % {"place": name}) if is_mine else None
    if said.url:
        return ShownElsewhere(_("Also said at"), said.name, said.url)
    if said.kind == ElsewhereKind.MAIL:
        return ShownElsewhere(_("Also sent by e-mail, to those who asked for it."), stays=True)
    if is_mine:
        return ShownElsewhere(_("Also said in %(place)s.") % {"place": name}, stays=True)
    product = PRODUCTS.get(ElsewhereKind(said.kind))
    sentence = _("Also said in a channel of %(product)s.") % {"product": product}
    return ShownElsewhere(sentence, stays=True) if product else None


def shown_places(places: Iterable[Elsewhere]) -> list[ShownPlace]:
    """Each as its owner sees it."""
    return [
        ShownPlace(
            id=place.pk,
            kind=place.kind,
            name=called(place.kind, place.name) if place.kind != ElsewhereKind.MAIL else _("E-mail"),
            readers=readers_in_words(place.kind),
            where=urlsplit(place.server_url or place.secret).hostname or "",
            url=place.url,
            added_at=place.created_at,
            trouble=_trouble(place),
        )
        for place in places
    ]


def shown_failures(failed: Iterable[SaidElsewhere]) -> list[ShownFailure]:
    """Each with why, in plain words."""
    return [
        ShownFailure(
            id=said.pk,
            name=called(said.kind, said.name),
            why=why_in_words(said.last_failure),
            post_url=said.post.path,
            next_at=said.due_at,
            may_try_again=said.failed_at is not None and said.place is not None and said.place.broken_at is None,
        )
        for said in failed
    ]


def why_in_words(failure: str) -> str:
    """Why something did not arrive, for somebody who has read no code."""
    answered = STATUS.fullmatch(failure)
    if answered is None:
        return in_plain_words(failure)
    sentence = {
        "401": _("You are not let in there any more."),
        "403": _("You may not say anything there any more."),
        "404": _("It is not there any more."),
        "410": _("It is not there any more."),
        "413": _("It is too large for that place."),
        "422": _("It cannot be said there as it is."),
        "429": _("It asks for a pause."),
    }.get(answered[1])
    return sentence or in_plain_words(failure)


def _trouble(place: Elsewhere) -> str:
    if place.broken_at is None:
        return ""
    return _("%(why)s Add it again to go on.") % {"why": why_in_words(place.last_failure)}
