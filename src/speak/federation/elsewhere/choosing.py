"""Which places elsewhere somebody may choose for what they say, and what came of their choice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speak.federation.elsewhere.rules import may_go
from speak.federation.models import Elsewhere, ElsewhereKind, SaidElsewhere
from speak.identity.models import Actor
from speak.kernel import mail
from speak.kernel.errors import Invalid
from speak.kernel.prepared import Prepared
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import OPEN, Reach

PLACES = Prepared(
    lambda owner_id: (
        Elsewhere.objects.filter(owner=owner_id, broken_at=None).order_by("pk").values_list("pk", "kind", "name")
    )
)
SAID: Prepared[SaidElsewhere] = Prepared(lambda ids: SaidElsewhere.objects.filter(post__in=ids).order_by("pk"))

SAID_BY = Prepared(lambda uri: SaidElsewhere.objects.filter(far_uri=uri).values_list("post__uri")[:1])


@dataclass(frozen=True, slots=True)
class Offered:
    """A place that its owner may tick beside what they write."""

    id: int
    kind: str
    name: str


class GoesNotThere(Invalid):
    """A place was chosen where this may not go."""


def places_to_choose(author: Actor, *, answered: Post | None = None) -> tuple[Offered, ...]:
    """The places of somebody, for a box to write in."""
    if answered is not None and not answered.is_open:
        return ()
    places = tuple(Offered(*row) for row in PLACES.all(author.pk))
    return tuple(place for place in places if place.kind != ElsewhereKind.MAIL or mail.is_set_up())


def check_choice(author: Actor, *, audience: Audience, answered: Post | None) -> None:
    """Refuse what may not go where it was chosen to go, before it is said.

    Raises:
        GoesNotThere: a place is not the author's, or this is for fewer people than read there.
    """
    if not audience.also_at:
        return
    mine = {place.id: place for place in places_to_choose(author)}
    for chosen in audience.also_at:
        place = mine.get(chosen)
        if place is None:
            raise GoesNotThere(
                _("One of the places you chose is not there any more."), hint=_("Look at what is ticked.")
            )
        if not _may_go(place.kind, audience.reach, answered, stays=audience.stays_in_thread):
            raise GoesNotThere(
                _("This is for fewer people than read at %(place)s.") % {"place": place.name},
                hint=_("Choose other readers, or leave that place out."),
            )


def allowed_places(post: Post, chosen: Iterable[int]) -> list[Elsewhere]:
    """Those of the chosen places where a post that was just said goes: its author's own, and nowhere it may not."""
    places = Elsewhere.objects.filter(pk__in=list(chosen), owner=post.author_id, broken_at=None).order_by("pk")
    return [place for place in places if _may_go(place.kind, Reach(post.reach), post.in_reply_to, stays=False)]


def said_elsewhere(posts: Sequence[Post]) -> dict[int, list[SaidElsewhere]]:
    """Where else each of these posts was chosen to be said, by their ids; for posts that the viewer may read."""
    found: defaultdict[int, list[SaidElsewhere]] = defaultdict(list)
    for said in SAID.all(tuple(post.pk for post in posts)):
        found[said.post_id].append(said)
    return found


def said_in_places(author: Actor, uris: Iterable[str]) -> list[str]:
    """Which of these ids are only copies, in an account elsewhere, of what the author said here."""
    rows = SaidElsewhere.objects.filter(post__author=author, far_uri__in=[uri for uri in uris if uri])
    return list(rows.values_list("far_uri", flat=True))


def pages_elsewhere(post: Post) -> list[str]:
    """The addresses at which a post stands in other places too, for its author."""
    return [said.url for said in SAID.all((post.pk,)) if said.url] if post.is_for_elsewhere else []


def answered_here(uri: str) -> str:
    """The id of the post of ours that was said elsewhere by this id; the id itself where none was."""
    return next((said_here for (said_here,) in SAID_BY.all(uri)), uri) if uri else ""


def _may_go(kind: str, reach: Reach, answered: Post | None, *, stays: bool) -> bool:
    narrower = answered is not None and answered.reach not in OPEN
    return may_go(kind, reach, answers_narrower=narrower or (stays and answered is None))
