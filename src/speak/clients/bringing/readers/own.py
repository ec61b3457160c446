"""An archive of this program: posts.json and home.json (`clients.archive.shape`), with the pictures beside them.

The same file is a Mastodon archive too; what only this program knows is in these two.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from speak.clients.archive.shape import FORMAT, HOME, LUGGAGE, POSTS, File, Home, KeptPost
from speak.clients.bringing.documents import garbled, json_items, json_value
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.ties import Belonging, Tie, TieKind
from speak.kernel.pictures import MAX_BYTES
from speak.kernel.texts import storable
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPicture, BroughtPost
from speak.voice.actions.brought_whole import EarlierWords, EndedPoll, WholeWords
from speak.voice.reach import Reach

MOST_OF_HOME = 256 * 1024 * 1024
REACHES = {reach.name.lower(): reach for reach in Reach}
# In this order: whom one follows before the lists that hold them.
ONE_BY_ONE = (
    "shelf",
    "sites_not_heard",
    "server_blocks",
    "blocks",
    "mutes",
    "follows",
    "lists",
    "notes",
    "endorsed",
    "let_through",
    "filters",
    "followed_tags",
    "shown_tags",
    "kept",
    "thanked",
    "drafts",
    "practices",
    "programmes",
    "markers",
)


def recognizes(container: Container) -> bool:
    """Whether both files are there, and say that they are ours."""
    is_there = HOME in container.sizes and POSTS in container.sizes
    return is_there and FORMAT.rpartition("/")[0].encode() in head(container, HOME)


def read(container: Container, notes: Notes) -> Iterator[BroughtPost | Tie]:
    """What its owner said; then all that was around it.

    Raises:
        Garbled: one of the files breaks off.
    """
    for place, found in json_items(container, POSTS, dict[str, Any], notes=notes):
        try:
            post = msgspec.convert(_clean(found), KeptPost, strict=False)
        except msgspec.ValidationError:
            notes.tell(Why.SHAPE, place)
            continue
        yield _post(post, tuple(_pictures(container, post.media, notes=notes, place=place)))
    try:
        home = msgspec.convert(
            _clean(json_value(container, HOME, dict[str, Any], most=MOST_OF_HOME)), Home, strict=False
        )
    except msgspec.ValidationError as error:
        raise garbled(HOME) from error
    tie = partial(_tie, container)
    yield tie("person", home.person)
    if home.places:
        yield tie("places", home.places)
    if home.notification_policy:
        yield tie("notification_policy", home.notification_policy)
    for section in (*ONE_BY_ONE, *LUGGAGE):
        for what in getattr(home, section):
            yield tie(section, what)


def _tie(container: Container, section: str, what: object) -> Tie:
    read = partial(container.read, most=MAX_BYTES)
    return Tie(TieKind.BELONGING, section, belonging=Belonging(section, what, read))


def _post(post: KeptPost, pictures: tuple[BroughtPicture, ...]) -> BroughtPost:
    kept: dict[str, object] = {
        "audience": post.audience,
        "room": post.room,
        "readers": post.readers,
        "names": post.names,
    }
    kept |= {"quotes": post.quotes, "is_pinned": post.is_pinned, "also_at": post.also_at}
    return BroughtPost(
        key=post.uri,
        said_at=post.said_at,
        was=REACHES.get(post.audience, Reach.SELF),
        html=post.html,
        source=post.source,
        title=post.title,
        summary=post.summary,
        is_sensitive=post.is_sensitive,
        language=post.language,
        answers=post.answers,
        edited_at=post.edited_at,
        tags=post.tags,
        pictures=pictures,
        whole=WholeWords(
            wants=post.wants,
            quoting=post.quoting,
            earlier=[EarlierWords(**msgspec.structs.asdict(each)) for each in post.earlier],
            poll=None
            if post.poll is None
            else EndedPoll(
                answers=[(each.title, each.chosen) for each in post.poll.answers],
                is_multiple=post.poll.is_multiple,
                people=post.poll.people,
                ends_at=post.poll.ends_at,
            ),
            is_pinned=post.is_pinned,
            kept={name: value for name, value in kept.items() if value},
        ),
    )


def _pictures(container: Container, media: list[File], *, notes: Notes, place: str) -> Iterator[BroughtPicture]:
    for item in media:
        if not item.media_type.startswith("image/"):
            notes.tell(Why.NO_PICTURE, place)
        elif item.file not in container.sizes:
            notes.tell(Why.PICTURE_MISSING, place)
        else:
            yield BroughtPicture(item.file, item.description, focus=_bounded(item.focus))


def _clean(found: Any) -> Any:  # noqa: ANN401 - JSON
    """Without what no database keeps: a NUL, half a pair of UTF-16."""
    if isinstance(found, str):
        return storable(found)
    if isinstance(found, list):
        return [_clean(each) for each in found]
    if isinstance(found, dict):
        return {_clean(name): _clean(each) for name, each in found.items()}
    return found


def _bounded(focus: tuple[float, float]) -> tuple[float, float]:
    x, y = (max(-1.0, min(1.0, each)) for each in focus)
    return (x, y)
