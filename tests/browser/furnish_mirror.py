"""A room of many whose last month can be looked at as a whole."""

import datetime as dt
import random
from copy import copy

from django.utils import timezone

from speak.identity.models import Actor
from speak.kernel.ids import new_id
from speak.mirror.of_room import month_before
from speak.rooms.models import Membership
from speak.voice.models import Post
from tests import makers
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
    return {"mirrored": room.path}
