"""What the server writes to somebody in its own name."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.models import Actor, ActorKind
from speak.kernel import clock
from speak.kernel.events import emit
from speak.voice import search, text
from speak.voice.actions.speaking import Words, write_down
from speak.voice.audience import FixedAudience
from speak.voice.errors import NotYours, WrongAudience
from speak.voice.events import PostPublished
from speak.voice.models import Post, Reader
from speak.voice.reach import Reach

SERVICES = {ActorKind.APPLICATION, ActorKind.SERVICE}


@transaction.atomic
def write_note(service: Actor, *, words: str, readers: Sequence[Actor], links: Sequence[str] = ()) -> Post:
    """A private note that a service signs, for exactly these readers.

    Its words hold what others chose: their names, the titles they gave. So nothing in them is looked for: who is
    called by name there is not called and reads nothing, and only the addresses in `links` can be followed.

    Raises:
        NotYours: a person says it themselves (promise 1).
        WrongAudience: for nobody.
    """
    if service.kind not in SERVICES:
        raise NotYours(_("A note of the server is signed by the server, not by a person."))
    reader_ids = frozenset(reader.pk for reader in readers) - {service.pk}
    if not reader_ids:
        raise WrongAudience(_("A note is for somebody."))
    fixed = FixedAudience(Reach.NAMED, service.pk, clock.now(), reader_ids)
    html = text.render_plain(words, links=links)
    post = write_down(service, words=Words(words), html=html, fixed=fixed, answered=None)
    Reader.objects.bulk_create(Reader(post=post, actor_id=reader_id) for reader_id in sorted(reader_ids))
    search.index(post)
    emit(PostPublished(post_id=post.pk))
    return post
