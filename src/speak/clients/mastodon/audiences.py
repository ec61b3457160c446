"""Between Mastodon's four visibilities and our audiences.

An app that knows nothing of our audiences never widens one (promise 4): what is for people here, in a room or named
is shown as “private” or “direct”, and an answer to it stays with those who can read it.
"""

from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from speak.clients.mastodon.entities.accounts import Visibility
from speak.clients.mastodon.entities.statuses import Audience as ShownAudience
from speak.clients.mastodon.entities.statuses import AudienceKind
from speak.identity.models import Actor
from speak.kernel.errors import Invalid
from speak.voice import rules
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import OPEN, STAYS_HERE, Reach

SHOWN_AS: dict[Reach, Visibility] = {
    Reach.SELF: "direct",
    Reach.NAMED: "direct",
    Reach.ROOM: "private",
    Reach.HERE: "private",
    Reach.FOLLOWERS: "private",
    Reach.QUIET: "unlisted",
    Reach.PUBLIC: "public",
}
CHOSEN_AS: dict[Visibility, Reach] = {
    "direct": Reach.NAMED,
    "private": Reach.FOLLOWERS,
    "unlisted": Reach.QUIET,
    "public": Reach.PUBLIC,
}
KINDS: dict[Reach, AudienceKind] = {
    Reach.SELF: "self",
    Reach.NAMED: "named",
    Reach.ROOM: "room",
    Reach.HERE: "here",
    Reach.FOLLOWERS: "followers",
    Reach.QUIET: "quiet",
    Reach.PUBLIC: "public",
}
REACHES = {kind: reach for reach, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Wish:
    """What an app asks for: a visibility, or an audience of ours; and to whom it speaks that asks for neither."""

    visibility: Visibility | None = None
    usually: Visibility = "private"
    local_only: bool = False
    kind: AudienceKind | None = None
    room: int = 0


def shown_visibility(post: Post) -> Visibility:
    """The visibility of Mastodon's that comes nearest without promising more."""
    return SHOWN_AS[Reach(post.reach)]


def shown_audience(post: Post) -> ShownAudience:
    """Who can read it, in our own words."""
    reach = Reach(post.reach)
    return ShownAudience(kind=KINDS[reach], words=str(reach.label), room_id=str(post.room) if post.room else None)


def stays_here(post: Post) -> bool:
    """Whether it never leaves this server."""
    return post.reach in STAYS_HERE


def usual(author: Actor) -> Visibility:
    """For whom an app speaks that does not say for whom: as its person chose, and followers until they do."""
    return cast("Visibility", author.user.said_by_apps) if author.user else "private"


def veils(author: Actor) -> bool:
    """Whether what an app shows that does not say so is veiled."""
    return bool(author.user and author.user.veils_pictures)


def chosen(wish: Wish, *, answered: Post | None, named: tuple[Actor, ...]) -> Audience:
    """The audience that an app asks for. `named` are the people whom the words call by name.

    An answer whose visibility would reach anybody further stays with those who can read what it answers.

    Raises:
        Invalid: a room without its number.
    """
    reach = _reach(wish, named)
    if answered is not None and (reach is None or _stays(reach, answered)):
        return Audience(Reach(answered.reach), stays_in_thread=True)
    if reach is None:
        reach = _reach(Wish(wish.usually), named) or Reach.FOLLOWERS
    if reach == Reach.ROOM and not wish.room:
        raise Invalid(_("Say which room: audience[room_id]."))
    return Audience(reach, people=named if reach == Reach.NAMED else (), room=wish.room if reach == Reach.ROOM else 0)


def _reach(wish: Wish, named: tuple[Actor, ...]) -> Reach | None:
    if wish.kind is not None:
        return REACHES[wish.kind]
    if wish.local_only:
        return Reach.HERE
    if wish.visibility is None:
        return None
    reach = CHOSEN_AS[wish.visibility]
    return Reach.SELF if reach == Reach.NAMED and not named else reach


def _stays(reach: Reach, answered: Post) -> bool:
    """Whether an answer stays where it is: it would widen, or means the same as what it answers is shown as."""
    if answered.reach in OPEN:
        return False
    means_the_same = SHOWN_AS[reach] == shown_visibility(answered)
    return means_the_same or rules.widens(answered.reach, reach, stays_in_thread=False)
