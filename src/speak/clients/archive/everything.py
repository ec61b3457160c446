"""home.json and posts.json: all that this place knows of somebody and that is theirs; private papers too."""

from collections.abc import Iterator
from typing import Any

import msgspec
from django.conf import settings

from speak.clients.archive.around import beside_posts, file_of
from speak.clients.archive.people import around, person
from speak.clients.archive.posts import batches, first_address
from speak.clients.archive.shape import FORMAT, LUGGAGE, Answer, Home, KeptPoll, KeptPost, Wording
from speak.clients.archive.together import together
from speak.clients.models import Luggage
from speak.federation.elsewhere.choosing import pages_elsewhere
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.queries import rooms_named
from speak.voice.models import Post
from speak.voice.reach import Reach


def home(owner: Actor) -> Iterator[bytes]:
    """Everything but the posts; with what they brought from an earlier home."""
    sections = {**around(owner), **beside_posts(owner), **together(owner)}
    head = Home(format=FORMAT, made_at=clock.now(), made_by=settings.SPEAK_URL, person=person(owner), **sections)
    written = msgspec.to_builtins(head)
    for row in Luggage.objects.filter(owner=owner):
        written[row.section].append(row.what)
    written["lists"] = _joined(written["lists"])
    for section in LUGGAGE:
        written[section] = [each for each in written[section] if each]
    yield msgspec.json.encode(written)


def _joined(lists: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of lists with one title, one: who is not followed here yet waits as luggage for the list of that title."""
    joined: dict[str, dict[str, Any]] = {}
    for each in lists:
        known = joined.setdefault(each["title"], {**each, "people": []})
        known["people"] = [*known["people"], *(who for who in each["people"] if who not in known["people"])]
    return list(joined.values())


def posts(owner: Actor) -> Iterator[bytes]:
    """A JSON array, written as it goes, the oldest first."""
    yield b"["
    is_first = True
    for batch in batches(owner):
        rooms = rooms_named(owner, [post.room for post in batch if post.room])
        for post in batch:
            yield (b"" if is_first else b",\n") + msgspec.json.encode(_post(owner, post, rooms))
            is_first = False
    yield b"]"


def _post(owner: Actor, post: Post, rooms: dict[int, str]) -> dict[str, object]:
    """A post; of one that was brought, what was said of it at first stands over what it became here."""
    brought, poll = getattr(post, "brought", None), getattr(post, "poll", None)
    found = KeptPost(
        uri=first_address(post.uri, brought.key if brought else ""),
        here=post.uri,
        url=post.url,
        title=post.title,
        source=post.source,
        html=post.html,
        summary=post.summary,
        is_sensitive=post.is_sensitive,
        language=post.language,
        wants=post.wants,
        quoting=post.quoting,
        audience=Reach(post.reach).name.lower(),
        room=rooms.get(post.room, ""),
        readers=sorted(reader.actor.address for reader in post.readers.all()),
        answers=_answered(owner, post),
        names=sorted(mention.actor.address for mention in post.mentions.all()),
        tags=sorted(tag.name for tag in post.tags.all()),
        quotes=post.quote.quoted_uri if hasattr(post, "quote") else "",
        poll=None
        if poll is None
        else KeptPoll(
            answers=[Answer(title=option.title, chosen=option.chosen) for option in poll.options.all()],
            is_multiple=poll.is_multiple,
            people=poll.people,
            ends_at=poll.ends_at,
        ),
        said_at=post.said_at,
        edited_at=post.edited_at,
        is_pinned=hasattr(post, "pin"),
        earlier=[
            Wording(said_at=each.said_at, title=each.title, source=each.source, html=each.html, summary=each.summary)
            for each in post.revisions.all()
        ],
        media=[file_of(item) for item in post.media.all()],
        also_at=pages_elsewhere(post),
    )
    if brought is None:
        return dict(msgspec.to_builtins(found))
    names = sorted({*found.names, *brought.kept.get("names", ())})
    return {**msgspec.to_builtins(found), **brought.kept, "names": names}


def _answered(owner: Actor, post: Post) -> str:
    """What it answers, by where that was said first."""
    answered = post.in_reply_to
    brought = getattr(answered, "brought", None) if answered and answered.author_id == owner.pk else None
    return first_address(answered.uri if answered else post.in_reply_to_uri, brought.key if brought else "")
