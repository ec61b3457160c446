"""A room of many whose last month can be looked at as a whole; archives that were brought, and are being read."""

import datetime as dt
import random
import shutil
import tempfile
from copy import copy
from pathlib import Path

from allauth.account.models import EmailAddress
from django.utils import timezone
from msgspec.structs import replace

from speak.identity.models import Actor
from speak.kernel.ids import new_id
from speak.mirror.bringing import bring
from speak.mirror.brought import Brought, State, keep
from speak.mirror.of_room import month_before
from speak.mirror.tasks import look_at_archive
from speak.rooms.models import Membership
from speak.voice.models import Post
from tests import makers
from tests.mirror.slack import export
from tests.mirror.talk import seeded
from tests.mirror.test_properties import lively
from tests.rooms.meeting import say


def mirrored(cast: dict[str, Actor]) -> dict[str, str]:
    """Twenty people, most of them far away, who opened conversations, and answered each other now and then."""
    ana, bob = (Actor.objects.get(pk=cast[name].pk) for name in ("ana", "bob"))
    others = [makers.far_person(f"member{number}") for number in range(18)]
    room = makers.room(ana, bob, *others, name="The whole yard")
    first, _until = month_before(timezone.now())
    Membership.objects.filter(room=room).update(joined_at=first)
    pattern = say(bob, room, "Who has the long clamps?")
    chance = random.Random(3)  # noqa: S311 - guards nothing
    posts: list[Post] = []
    for number in range(90):
        post, answered = copy(pattern), chance.choice(posts) if posts and chance.random() < 0.6 else None
        post.pk = new_id()
        post.author = chance.choice((ana, bob, *others))
        post.uri, post.thread_id = f"{pattern.uri}/{post.pk}", answered.thread_id if answered else post.pk
        post.in_reply_to_id = answered.pk if answered else None
        post.said_at = first + dt.timedelta(hours=7 * number + chance.randrange(6))
        posts.append(post)
    Post.objects.bulk_create(posts)
    return {"mirrored": room.path, **_brought(ana)}


def _brought(ana: Actor) -> dict[str, str]:
    """One that is read, in which Ana is; one that is being read."""
    EmailAddress.objects.create(user=ana.user, email="p07@marram.example", verified=True)
    letters = "abcdefgh"
    names = {f"p{one:02}": f"R{letters[one // 8] * 2}n {letters[one % 8].upper()}len" for one in range(40)}
    with tempfile.TemporaryDirectory() as folder:
        file = export(Path(folder) / "export.zip", lively(seeded(1)).said, names=names, domain="marram.example")
        brought = bring(ana, called="Marram House", file_name="export.zip", put=lambda path: _copied(file, path))
    look_at_archive.call(token=brought.token)
    reading = Brought("being-read-for-a-while", ana.pk, "The other yard", timezone.now(), [])
    reading.folder.mkdir()
    keep(replace(reading, state=State.READING, percent=40, doing="Reading the archive"))
    return {"archive": f"/mirror/archives/{brought.token}", "reading": f"/mirror/archives/{reading.token}"}


def _copied(file: Path, path: Path) -> None:
    shutil.copy(file, path)
