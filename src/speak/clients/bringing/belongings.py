"""Putting down what somebody brings from an earlier home of theirs: each thing in its place, the rest kept as luggage.

What is here already stays as it is. Nothing is told to anybody, but that somebody is followed, without which nothing
comes.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec.structs import replace

from speak.clients.archive import shape
from speak.clients.bringing.notes import Why
from speak.clients.bringing.ties import Belonging
from speak.clients.models import Luggage, Marker
from speak.federation.discovery import find_actor, find_post
from speak.federation.sites.finding import find_site
from speak.federation.webmention.keeping import block_site
from speak.identity import actions
from speak.identity.actions.profile import choose_how_apps_speak, name_sites_that_credit
from speak.identity.errors import NoSuchActor
from speak.identity.models import (
    FEED,
    Actor,
    Endorsement,
    Follow,
    Hearing,
    List,
    ListReplies,
    Mute,
    Note,
    NotificationPolicy,
    Quoting,
    SaidByApps,
)
from speak.kernel import clock, zones
from speak.kernel.errors import Failure, NotFound, Refusal
from speak.kernel.outbound import Ask
from speak.mirror.errors import Damaged
from speak.rooms.actions import bring_step, keep_programme
from speak.rooms.queries import programmes_of
from speak.voice import actions as voice
from speak.voice.models import Filter, FilterAct, Post
from speak.voice.queries import brought_post, post_by_uri

MAX_THING = 1024 * 1024
MOST_LUGGAGE = 50_000
LARGEST_SHELF, MOST_LINKS = 12, 10
Json = dict[str, Any]
# Posts of others, which may have to be fetched.
FETCHED = frozenset({"kept", "thanked"})


def put_down(owner: Actor, belonging: Belonging, *, ask: Ask, may_fetch: bool = True) -> Why | None:
    """Put it in its place, unless it is there already; says why it could not be, and then it is kept as luggage."""
    hand = HANDS.get(belonging.section)
    if hand is None:
        return _keep(owner, belonging)
    if belonging.section in FETCHED and not may_fetch and _known(owner, str(belonging.what)) is None:
        return _keep(owner, belonging) or Why.ASKED_ENOUGH
    try:
        hand(owner, belonging, ask)
    except NoSuchActor:
        return Why.NOT_FOLLOWED_YET
    except (Refusal, Failure, Damaged) as error:
        _keep(owner, belonging)
        return Why.NOBODY if isinstance(error, NotFound | Failure) else Why.NOT_LET
    Luggage.objects.filter(owner=owner, section=belonging.section, digest=digest_of(belonging.what)).delete()
    return None


def take_belongings_away(owner: Actor, *, import_id: int) -> None:
    """What an import put down beside posts and ties is taken away: luggage, and drafts that were not changed since."""
    Luggage.objects.filter(owner=owner, import_id=import_id).delete()
    voice.drop_brought_drafts(owner, import_id=import_id)


def digest_of(what: object) -> str:
    """What it is, in short."""
    return hashlib.sha256(msgspec.json.encode(what, order="sorted")).hexdigest()


def _keep(owner: Actor, belonging: Belonging) -> Why | None:
    encoded = msgspec.json.encode(belonging.what)
    digest, what = digest_of(belonging.what), msgspec.json.decode(encoded)
    if len(encoded) > MAX_THING or Luggage.objects.filter(owner=owner).count() >= MOST_LUGGAGE:
        return Why.TOO_LONG
    Luggage.objects.get_or_create(
        owner=owner, section=belonging.section, digest=digest, defaults={"what": what, "import_id": belonging.import_id}
    )
    return None


def _person(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    """What they had not said here yet. What was chosen for one home, such as being listed, is chosen anew."""
    given = _as(belonging, shape.Person)
    if (given.name and owner.name in {"", owner.handle}) or (given.aim and not owner.aim):
        name = given.name if owner.name in {"", owner.handle} else owner.name
        actions.write_profile(owner, words=actions.ProfileWords(name or owner.name, owner.aim or given.aim))
    if given.picture and not owner.picture:
        actions.set_picture(owner, data=belonging.read(given.picture), description=given.picture_description)
    if given.banner and not owner.banner:
        actions.set_banner(owner, data=belonging.read(given.banner))
    if given.approves_followers and not owner.approves_followers:
        actions.change_preferences(owner, approves_followers=True, is_listed=owner.is_listed)
    if given.attribution_domains and not owner.attribution_domains:
        name_sites_that_credit(owner, sites=given.attribution_domains)
    if given.quoting in Quoting.values and owner.quoting == Quoting.ASK:
        actions.choose_who_may_quote(owner, quoting=given.quoting)
    user = owner.user
    if user is not None and (user.said_by_apps, user.veils_pictures) == (SaidByApps.FOLLOWERS, False):
        apps = given.said_by_apps if given.said_by_apps in SaidByApps.values else user.said_by_apps
        choose_how_apps_speak(owner, said_by_apps=apps, veils_pictures=given.veils_pictures)
    if user is not None and not user.time_zone and given.time_zone in zones.names():
        actions.choose_time_zone(owner, time_zone=given.time_zone)
    if given.address != owner.address:
        _keep(
            owner,
            Belonging("earlier_homes", replace(given, picture="", banner=""), belonging.read, belonging.import_id),
        )


def _places(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    held = [(link.label, link.url or link.words) for link in owner.links.all()]
    known = {value for _, value in held}
    given = [_as(Belonging("", each, belonging.read), shape.Place) for each in _listed(belonging.what)]
    more = [(place.label, place.url) for place in given if place.url not in known]
    if more:
        actions.replace_links(owner, links=[*held, *more][:MOST_LINKS])


def _thing(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    given = _as(belonging, shape.Thing)
    if not owner.shelf.filter(title=given.title, sentence=given.sentence).exists():
        data = belonging.read(given.picture) if given.picture else b""
        actions.put_on_shelf(
            owner, title=given.title, sentence=given.sentence, data=data, description=given.picture_description
        )


def _follow(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    given = _as(belonging, shape.Followed)
    target = _somebody(given.address, ask)
    if target != owner and not Follow.objects.filter(follower=owner, target=target).exists():
        actions.follow(owner, target=target, shows_boosts=given.shows_boosts, tells_of_each=given.tells_of_each)


def _block(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    actions.block(owner, blocked=_somebody(str(belonging.what), ask))


def _mute(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    given = _as(belonging, shape.Muted)
    if given.until is not None and given.until <= clock.now():
        return
    target = _somebody(given.address, ask)
    if not Mute.objects.filter(muter=owner, muted=target).exists():
        actions.mute(owner, muted=target)
        Mute.objects.filter(muter=owner, muted=target).update(until=given.until)


def _server(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    actions.block_server(owner, domain=str(belonging.what))


def _list(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    given = _as(belonging, shape.KeptList)
    known = List.objects.filter(owner=owner, title=given.title).first()
    if known is None:
        replies = ListReplies(given.replies) if given.replies in ListReplies.values else ListReplies.LIST
        known = actions.keep_list(owner, title=given.title, replies=replies)
    Luggage.objects.filter(owner=owner, section="lists", what__title=given.title).delete()
    missing = [address for address in given.people if not _is_put_into(known, address, ask)]
    if missing:
        _keep(
            owner,
            Belonging("lists", shape.KeptList(title=given.title, people=missing), belonging.read, belonging.import_id),
        )
        raise NoSuchActor(_("Not everybody in it is followed yet."))


def _is_put_into(known: List, address: str, ask: Ask) -> bool:
    """Whether they are in it now; who has not let themselves be followed yet cannot be."""
    try:
        actions.put_into_list(known.owner, known=known, people=[_somebody(address, ask)])
    except (Refusal, Failure):
        return False
    return True


def _note(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    given = _as(belonging, shape.KeptNote)
    about = _somebody(given.about, ask)
    if not Note.objects.filter(owner=owner, about=about).exists():
        actions.note_about(owner, about=about, words=given.words)


def _endorse(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    about = _somebody(str(belonging.what), ask)
    if not Endorsement.objects.filter(owner=owner, about=about).exists():
        actions.endorse(owner, about=about)


def _let_through(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    actions.let_through(owner, about=_somebody(str(belonging.what), ask))


def _policy(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    given = belonging.what if isinstance(belonging.what, dict) else {}
    fields = {field.name for field in NotificationPolicy._meta.fields if field.choices}  # noqa: SLF001 - Django's way
    chosen = {name: Hearing(value) for name, value in given.items() if name in fields and value in Hearing.values}
    if chosen and not NotificationPolicy.objects.filter(actor=owner).exists():
        actions.choose_policy(owner, chosen=chosen)


def _filter(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    given = _as(belonging, shape.KeptFilter)
    words = [word.keyword for word in given.words]
    for known in Filter.objects.filter(owner=owner, title=given.title).prefetch_related("keywords"):
        if [word.keyword for word in known.keywords.all()] == words:
            return
    act = FilterAct(given.act) if given.act in FilterAct.values else FilterAct.WARN
    posts = [_post(owner, uri, ask) for uri in given.posts]
    with transaction.atomic():
        made = voice.keep_filter(
            owner,
            words=voice.FilterWords(given.title, given.contexts, act=act, expires_at=given.expires_at),
        )
        for word in given.words:
            voice.keep_keyword(made, keyword=word.keyword, is_whole_word=word.is_whole_word)
        for post in posts:
            voice.filter_post(made, post=post)


def _followed_tag(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    voice.follow_tag(owner, name=str(belonging.what))


def _shown_tag(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    voice.show_tag(owner, name=str(belonging.what))


def _kept(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    voice.keep(owner, post=_post(owner, str(belonging.what), ask))


def _thanked(owner: Actor, belonging: Belonging, ask: Ask) -> None:
    voice.bring_like(owner, post=_post(owner, str(belonging.what), ask))


def _draft(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    """For its author alone, whoever it was for; what was held until a time waits for their hand."""
    given = _as(belonging, shape.KeptDraft)
    pictures = [(belonging.read(item.file), item.description, item.focus) for item in given.media if item.file]
    voice.bring_draft(
        owner,
        words=voice.Words(source=given.source, title=given.title, summary=given.summary, language=given.language),
        pictures=pictures,
        made_at=given.created_at,
        kept=msgspec.json.decode(msgspec.json.encode(_of_draft(given)))
        | {"digest": digest_of([given.title, given.source, given.created_at]), "import_id": belonging.import_id},
    )


def _of_draft(given: shape.KeptDraft) -> Json:
    """All that is not in the words."""
    there = msgspec.structs.asdict(given)
    return {
        name: value for name, value in there.items() if name not in {"title", "source", "summary", "language", "media"}
    }


def _step(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    given = _as(belonging, shape.Paper)
    bring_step(
        owner,
        practice=given.practice,
        state=given.state,
        paper=given.paper,
        opens_at=given.opens_at,
        changed_at=given.changed_at,
    )


def _programme(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    given = _as(belonging, shape.KeptProgramme)
    if not programmes_of(owner).filter(source=given.source).exists():
        keep_programme(owner, text=given.source)


def _site(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    block_site(owner, str(belonging.what))


def _marker(owner: Actor, belonging: Belonging, _ask: Ask) -> None:
    given = _as(belonging, shape.Marked)
    Marker.objects.get_or_create(
        actor=owner, timeline=given.timeline[:20], defaults={"last_read_id": given.last_read_id}
    )


def _somebody(address: str, ask: Ask) -> Actor:
    if address.startswith(FEED):
        return find_site(address.removeprefix(FEED), ask=ask)
    return find_actor(address, ask=ask)


def _post(owner: Actor, uri: str, ask: Ask) -> Post:
    return _known(owner, uri) or find_post(uri, ask=ask)


def _known(owner: Actor, uri: str) -> Post | None:
    return brought_post(owner, uri) or post_by_uri(owner, uri)


def _listed(what: object) -> list[object]:
    return what if isinstance(what, list) else []


Shape = Any


def _as(belonging: Belonging, kind: Shape) -> Shape:
    """The thing, which the reader gave in this shape."""
    if not isinstance(belonging.what, kind):
        raise TypeError(f"{belonging.section} holds {kind.__name__}")
    return belonging.what


HANDS: dict[str, Callable[[Actor, Belonging, Ask], None]] = {
    "person": _person,
    "places": _places,
    "shelf": _thing,
    "follows": _follow,
    "blocks": _block,
    "mutes": _mute,
    "server_blocks": _server,
    "lists": _list,
    "notes": _note,
    "endorsed": _endorse,
    "let_through": _let_through,
    "notification_policy": _policy,
    "filters": _filter,
    "followed_tags": _followed_tag,
    "shown_tags": _shown_tag,
    "kept": _kept,
    "thanked": _thanked,
    "drafts": _draft,
    "practices": _step,
    "programmes": _programme,
    "sites_not_heard": _site,
    "markers": _marker,
}
