"""Posts as ActivityStreams 2 has them, from an outbox that somebody kept: Create, its Note, who it is addressed to.

What Mastodon, GoToSocial, Pixelfed, Pleroma and this program write (ActivityPub section 5.1; Mastodon's
app/services/backup_service.rb).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from speak.clients.bringing.notes import Notes, Why
from speak.voice.actions import BroughtPicture, BroughtPost
from speak.voice.reach import Reach

PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
SAID = frozenset({"Note", "Article", "Page", "Question", "Image", "Video", "Audio", "Event"})
MOST_TAGS = 100
Texts = list[str] | str | None
NOTHING = msgspec.Raw()
Thing = TypeVar("Thing")
# Where a picture lies in what is read, by the address it is given; nothing if it is not there.
Locate = Callable[[str], str]


class Tag(msgspec.Struct):
    """A hashtag, a mention, or something else."""

    type: str = ""
    name: str | None = None


class Attachment(msgspec.Struct, rename="camel"):
    """A file shown in a post."""

    type: str = ""
    media_type: str | None = None
    url: msgspec.Raw = NOTHING
    name: str | None = None
    focal_point: list[float] | None = None


class Note(msgspec.Struct, rename="camel"):
    """A post."""

    id: str
    type: str = "Note"
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    in_reply_to: str | None = None
    attributed_to: msgspec.Raw = NOTHING
    name: str | None = None
    content: str | None = None
    content_map: dict[str, str | None] | None = None
    summary: str | None = None
    sensitive: bool | None = None
    tag: list[Tag] | Tag | None = None
    attachment: list[Attachment] | Attachment | None = None
    to: Texts = None
    cc: Texts = None


class Activity(msgspec.Struct):
    """What was done, and addressed to whom."""

    type: str
    actor: msgspec.Raw = NOTHING
    to: Texts = None
    cc: Texts = None
    object: msgspec.Raw = NOTHING


class Named(msgspec.Struct):
    """Something given by its id alone, or with it."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one person did, `owner` by their address if it is known; what is not understood is told to `notes`."""

    owner: str
    locate: Locate
    notes: Notes

    def posts(self, activities: Iterable[tuple[str, Activity]]) -> Iterator[BroughtPost]:
        """The owner's own words among what they did, in that order."""
        for place, activity in activities:
            if activity.type == "Announce":
                self.notes.tell(Why.PASSED_ON, place)
            elif activity.type != "Create":
                self.notes.tell(Why.UNKNOWN, place)
            else:
                yield from self._said(activity, place)

    def _said(self, activity: Activity, place: str) -> Iterator[BroughtPost]:
        try:
            note = msgspec.json.decode(activity.object, type=Note, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.notes.tell(Why.SHAPE, place)
            return
        owner = self.owner or id_of(activity.actor)
        if {id_of(note.attributed_to), id_of(activity.actor)} - {"", owner}:
            self.notes.tell(Why.OTHERS, place)
        elif note.type not in SAID:
            self.notes.tell(Why.UNKNOWN, place)
        elif note.published is None:
            self.notes.tell(Why.NO_TIME, place)
        else:
            if note.type == "Question":
                self.notes.tell(Why.POLL, place)
            said_at = _aware(note.published)
            was = _reach(note, activity, owner=owner)
            yield _post(note, said_at=said_at, was=was, pictures=tuple(self._pictures(note, place)))

    def _pictures(self, note: Note, place: str) -> Iterator[BroughtPicture]:
        for item in _all(note.attachment):
            if item.type == "Link":
                continue
            name = self.locate(_address(item.url))
            if not _is_picture(item):
                self.notes.tell(Why.NO_PICTURE, place)
            elif not name:
                self.notes.tell(Why.PICTURE_MISSING, place)
            else:
                x, y = (item.focal_point or [0, 0]) if len(item.focal_point or ()) == 2 else (0, 0)  # noqa: PLR2004
                yield BroughtPicture(name, item.name or "", focus=(max(-1, min(1, x)), max(-1, min(1, y))))


def id_of(raw: msgspec.Raw) -> str:
    """The id of what is given as an id, as an object with one, or as a list that begins with either."""
    try:
        found = msgspec.json.decode(raw, type=str | Named | list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    if isinstance(found, list):
        return id_of(found[0]) if found else ""
    return found if isinstance(found, str) else found.id


def pictures_in(activities: Iterable[msgspec.Raw]) -> Iterator[str]:
    """The addresses of all pictures that stand in posts."""
    for raw in activities:
        try:
            note = msgspec.json.decode(msgspec.json.decode(raw, type=Activity).object, type=Note, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        yield from (_address(item.url) for item in _all(note.attachment) if _is_picture(item))


def _is_picture(item: Attachment) -> bool:
    return item.type != "Link" and (item.type == "Image" or (item.media_type or "").startswith("image/"))


def _post(note: Note, *, said_at: dt.datetime, was: Reach, pictures: tuple[BroughtPicture, ...]) -> BroughtPost:
    language, html = _worded(note)
    has_title = note.type in {"Article", "Page", "Event"}
    return BroughtPost(
        key=note.id,
        said_at=said_at,
        was=was,
        html=html,
        title=note.name or "" if has_title else "",
        summary=note.summary or "" if not has_title else "",  # there it is an excerpt
        is_sensitive=bool(note.sensitive),
        language=language,
        answers=note.in_reply_to or "",
        edited_at=_aware(note.updated) if note.updated else None,
        tags=tuple(tag.name for tag in _all(note.tag)[:MOST_TAGS] if tag.type == "Hashtag" and tag.name),
        pictures=pictures,
    )


class _Link(msgspec.Struct):
    href: str = ""


def _address(raw: msgspec.Raw) -> str:
    """Pixelfed and PeerTube give a link, or several, where Mastodon gives the address."""
    try:
        found = msgspec.json.decode(raw, type=str | _Link | list[str] | None)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    if isinstance(found, list):
        return found[0] if found else ""
    return found.href if isinstance(found, _Link) else found or ""


def _worded(note: Note) -> tuple[str, str]:
    """Language and HTML."""
    texts = {language: text for language, text in (note.content_map or {}).items() if text}
    language = next((language for language, text in texts.items() if text == note.content or not note.content), "")
    return language, note.content or texts.get(language, "")


def _reach(note: Note, activity: Activity, *, owner: str) -> Reach:
    """Who could read it there; whatever is not said plainly was for few."""
    to = {*_list(activity.to), *_list(note.to)}
    cc = {*_list(activity.cc), *_list(note.cc)}
    if to & PUBLIC:
        return Reach.PUBLIC
    if cc & PUBLIC:
        return Reach.QUIET
    if owner and any(each.startswith(owner) and each.endswith("/followers") for each in to | cc):
        return Reach.FOLLOWERS
    return Reach.SELF


def _aware(time: dt.datetime) -> dt.datetime:
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _list(found: Texts) -> list[str]:
    return [found] if isinstance(found, str) else found or []


def _all(found: list[Thing] | Thing | None) -> list[Thing]:
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
