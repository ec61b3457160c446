"""Other places of somebody's: which there are, and whether they point back."""

import datetime as dt
import random
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity import rules
from speak.identity.actions.notifications import forget_about_page
from speak.identity.errors import TooLong
from speak.identity.events import LinkLost, LinkVerified, ProfileChanged
from speak.identity.models import Actor, Finding, Link
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotFound, TooMuch
from speak.kernel.events import emit

MAX_LINKS, MAX_LABEL, MAX_ADDRESS, MAX_WORDS = 10, 255, 2000, 255
# A person who asks for it has a place looked at again, but not all the time.
BETWEEN_LOOKS = dt.timedelta(seconds=30)


@transaction.atomic
def replace_links(actor: Actor, *, links: Sequence[tuple[str, str]]) -> None:
    """One's other places, as (label, address or plain words) in order. One that stays keeps what is known of it.

    What is no address on the web is words: it is shown as it stands, and leads nowhere.

    Raises:
        Invalid: neither address nor words.
        TooLong: words that are longer than there is room for.
        TooMuch: more than ten.
    """
    if len(links) > MAX_LINKS:
        raise TooMuch(
            ngettext("A profile holds %(most)d link.", "A profile holds %(most)d links.", MAX_LINKS)
            % {"most": MAX_LINKS}
        )
    held = {link.url or link.words: link for link in Link.objects.filter(actor=actor)}
    kept: set[int] = set()
    for position, (label, given) in enumerate(links):
        value = " ".join(given.split())
        kept.add(_placed(actor, held.pop(value, None), label=label, value=value, position=position))
    for gone in Link.objects.filter(actor=actor).exclude(pk__in=kept):
        forget_about_page(page_of_link(gone.pk))
        gone.delete()
    _changed(actor)


@transaction.atomic
def point_once_proven(actor: Actor, *, url: str) -> Link:
    """Point at a place that is not one's own, once it points back and for as long as it does.

    Raises:
        Invalid: no address on the web.
    """
    if not is_web_address(url):
        raise Invalid(_("That is not an address on the web."), hint=_("One begins with https://"))
    label = url.partition("://")[2].rstrip("/")[:MAX_LABEL]
    return Link.objects.create(actor=actor, label=label, url=url, needs_proof=True, due_at=clock.now())


@transaction.atomic
def point_no_more(link: Link) -> None:
    """Take such a place back; who saw it is told of the change."""
    was_shown, actor = link.is_shown, link.actor
    link.delete()
    if was_shown:
        _changed(actor)


@transaction.atomic
def look_at_link(owner: Actor, *, link_id: int) -> Link:
    """Have one of one's own places looked at soon: whether it points back.

    Raises:
        NotFound: one's page does not point there, or it is no address.
    """
    link = Link.objects.filter(actor=owner, pk=link_id).exclude(url="").first()
    if link is None:
        raise NotFound(_("Your page does not point there."))
    if link.looked_at is None or link.looked_at < clock.now() - BETWEEN_LOOKS:
        link.due_at, link.looks_in_vain = clock.now(), 0
        link.save(update_fields=["due_at", "looks_in_vain"])
    return link


@transaction.atomic
def keep_finding(link_id: int, *, url: str, finding: Finding) -> None:
    """Keep what was found at a link, and plan when it is looked at next; nothing where it leads elsewhere by now."""
    link = Link.objects.select_for_update().select_related("actor").filter(pk=link_id, url=url).first()
    if link is None:
        return
    now, was_verified = clock.now(), link.verified_at is not None
    is_away = finding == Finding.AWAY
    link.away_since = (link.away_since or now) if is_away else None
    away_for = now - link.away_since if link.away_since else dt.timedelta()
    points_back = finding == Finding.POINTS_BACK
    holds = rules.link_holds(was_verified=was_verified, points_back=points_back, is_away=is_away, away_for=away_for)
    link.finding, link.looked_at = finding, now
    link.looks_in_vain = 0 if holds else min(link.looks_in_vain + 1, rules.MOST_LOOKS)
    link.verified_at = (link.verified_at or now) if holds else None
    pause = rules.pause_between_looks(holds=holds, is_away=is_away, in_vain=link.looks_in_vain, chance=random.random)
    # Links of people elsewhere are looked at when somebody here looks at them.
    link.due_at = now + pause if pause and link.actor.is_local else None
    link.save()
    if link.needs_proof and holds != was_verified:
        _changed(link.actor)
    if holds and not was_verified:
        emit(LinkVerified(link_id=link.pk, actor_id=link.actor_id))
    elif was_verified and not holds:
        emit(LinkLost(link_id=link.pk, actor_id=link.actor_id))


def page_of_link(link_id: int) -> str:
    """The page that says to its owner what was found at a link."""
    return f"/settings/places/{link_id}"


def is_web_address(text: str) -> bool:
    """Whether somebody here may point their page there: http or https, with a host and nobody's name before it."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    has_room = text.isprintable() and " " not in text and len(text) <= MAX_ADDRESS
    return parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc and has_room


def _changed(actor: Actor) -> None:
    actor.changed_at = clock.now()
    actor.save(update_fields=["changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))


def _placed(actor: Actor, held: Link | None, *, label: str, value: str, position: int) -> int:
    """The id of the link with this value: the one there was, in its new place, or a new one to be looked at now."""
    is_address = is_web_address(value)
    if not value:
        raise Invalid(_("Say where it is."), hint=_("An address begins with https://"))
    if not is_address and len(value) > MAX_WORDS:
        raise TooLong(
            ngettext(
                "What is no address on the web has up to %(most)d character.",
                "What is no address on the web has up to %(most)d characters.",
                MAX_WORDS,
            )
            % {"most": MAX_WORDS}
        )
    link = held or Link(actor=actor)
    if held is None and is_address:
        link.url, link.due_at = value, clock.now()
    elif held is None:
        link.words = value
    link.label = label.strip()[:MAX_LABEL] or (urlsplit(value).hostname or "" if is_address else "")
    link.position = position
    link.save()
    return link.pk
