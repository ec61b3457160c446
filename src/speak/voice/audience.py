"""From what an author chooses to what is written down: who may read a post. Promise 4 lives here."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.identity.queries import people_here
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from speak.voice import places, rules
from speak.voice.errors import WiderThanAnswered, WrongAudience
from speak.voice.models import Post
from speak.voice.queries.readable import readable_by
from speak.voice.reach import OPEN, Reach

ANYBODY_ELSE = Prepared(lambda author_id: people_here().exclude(pk=author_id).values_list("pk")[:1])


@dataclass(frozen=True, slots=True)
class Audience:
    """What an author chooses.

    `people` are named one by one (NAMED); `room` is a room's number (ROOM). `stays_in_thread`
    takes over the audience of what is answered, whatever `reach` says. `is_knowingly_wider`:
    the author has been told that an answer reaches further than what it answers, and wants it.
    `says_again` is a post of the author's own that they took back: it is for exactly those who could read
    that, whatever else is chosen.
    `also_at` are the places elsewhere, by number, where they chose to be heard too; whoever keeps
    those knows what they are, and whether this may go there.
    """

    reach: Reach
    people: tuple[Actor, ...] = ()
    stays_in_thread: bool = False
    is_knowingly_wider: bool = False
    room: int = 0
    says_again: Post | None = None
    also_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedAudience:
    """What is written down when a post is said. `reader_ids` holds its author only in a room."""

    reach: Reach
    owner_id: int
    at: dt.datetime
    reader_ids: frozenset[int]
    room: int = 0


def fix(author: Actor, *, audience: Audience, answered: Post | None, mentioned: Iterable[Actor]) -> FixedAudience:
    """Decide who may read what is about to be said.

    Raises:
        WrongAudience: a choice that names nobody, or stays in a thread that is not there.
        WiderThanAnswered: somebody could read the answer who cannot read what it answers.
        Refusal: of the room, if the author may not say anything there.
    """
    if audience.says_again is not None:
        return _that_again(author, audience.says_again, answered)
    if audience.stays_in_thread:
        return _that_of(author, answered, mentioned)
    reach = audience.reach
    if answered is not None and not audience.is_knowingly_wider:
        if rules.widens(answered.reach, reach, stays_in_thread=False):
            raise WiderThanAnswered(
                _("More people could read this than what it answers."),
                hint=_("Choose a smaller audience, or say that you know."),
            )
        mentioned = _who_can_read(answered, mentioned)
        if reach == Reach.NAMED and len(_who_can_read(answered, audience.people)) < len(set(audience.people)):
            raise WiderThanAnswered(
                _("You name somebody who cannot read what this answers."),
                hint=_("Leave them out, or say that you know."),
            )
    if reach == Reach.ROOM:
        members = places.members(author, audience.room)
        return FixedAudience(reach, author.pk, clock.now(), members, room=audience.room)
    named: set[int] = set()
    if reach == Reach.NAMED:
        named = {person.pk for person in audience.people}
    if reach in {Reach.NAMED, Reach.FOLLOWERS}:
        named |= {person.pk for person in mentioned}
    named.discard(author.pk)
    if reach == Reach.NAMED and not named:
        raise WrongAudience(_("Name at least one person who may read this."), hint=_("Or choose “Only me”."))
    is_among_the_same = answered is not None and reach == Reach.HERE == answered.reach
    owner_id = answered.audience_owner_id if answered and is_among_the_same else author.pk
    return FixedAudience(reach, owner_id, clock.now(), frozenset(named))


def preselected(author: Actor, answered: Post | None) -> Audience:
    """What stands there before anything is chosen: the smallest that somebody can hear in (promise 5).

    An answer stays among those who can read what it answers. Something new is for everyone here where there is
    anyone else, and for one's followers where one lives alone; to go outside is one's own choice (promise 10).
    """
    if answered is None:
        is_alone = not ANYBODY_ELSE.exists(author.pk)
        return Audience(Reach.FOLLOWERS if is_alone else Reach.HERE)
    if not answered.is_open:
        return Audience(Reach(answered.reach), stays_in_thread=True)
    return Audience(Reach(rules.audience_to_answer(answered.reach, is_own=answered.author_id == author.pk)))


def _that_of(author: Actor, answered: Post | None, mentioned: Iterable[Actor]) -> FixedAudience:
    if answered is None:
        raise WrongAudience(_("There is nothing here that this would answer."))
    reach = Reach(answered.reach)
    if reach == Reach.ROOM:
        heard = frozenset(answered.readers.values_list("actor", flat=True))
        members = places.members(author, answered.room) & heard
        return FixedAudience(reach, answered.audience_owner_id, clock.now(), members, room=answered.room)
    named: set[int] = set()
    if reach in {Reach.NAMED, Reach.FOLLOWERS}:
        named = set(answered.readers.values_list("actor", flat=True)) | {answered.author_id}
        named |= {person.pk for person in _who_can_read(answered, mentioned)}
    # Whom the owner of the audience blocks, now or later, reads nothing in it, whoever says it.
    owner_id = author.pk if reach in OPEN else answered.audience_owner_id
    at = answered.audience_at if reach == Reach.FOLLOWERS else clock.now()
    return FixedAudience(reach, owner_id, at, frozenset(named - {author.pk}))


def _that_again(author: Actor, taken_back: Post, answered: Post | None) -> FixedAudience:
    """The audience that a post had: no follower since then, and nobody whom its words call, is let in by it."""
    if taken_back.author_id != author.pk:
        raise WrongAudience(_("Somebody else said this."))
    if taken_back.audience_owner_id != author.pk and answered is None:
        raise WrongAudience(
            _("This was for those who could read what it answers, and that is not there any more."),
            hint=_("Say it anew, to an audience of your own."),
        )
    reach = Reach(taken_back.reach)
    readers = frozenset(taken_back.readers.values_list("actor", flat=True))
    if reach == Reach.ROOM:
        readers = (readers | {author.pk}) & places.members(author, taken_back.room)
    if reach == Reach.NAMED and not readers:
        raise WrongAudience(_("Nobody whom this was for is here any more."))
    return FixedAudience(reach, taken_back.audience_owner_id, taken_back.audience_at, readers, room=taken_back.room)


def _who_can_read(post: Post, actors: Iterable[Actor]) -> list[Actor]:
    return [actor for actor in set(actors) if readable_by(actor).filter(pk=post.pk).exists()]
