"""What an editor sends, in any of the three forms of Micropub (3.1, 3.3), as typed values."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.kernel.errors import Invalid, TooMuch
from speak.voice.sanitize import plain_text, sanitize

MOST_BYTES, MOST_VALUES, MAX_WORDS = 1024 * 1024, 100, 100_000
RESERVED = frozenset({"h", "action", "url", "access_token"})
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
Properties = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture by its address, or as a file that came along; and what it shows in words."""

    url: str = ""
    file: UploadedFile[bytes] | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An h-entry to be said. What is not known here is not in it (3.3.4)."""

    content: str = ""
    name: str = ""
    categories: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    linked: tuple[str, ...] = ()  # films and sounds, which stand in the words as links
    in_reply_to: str = ""
    like_of: str = ""
    repost_of: str = ""
    bookmark_of: str = ""
    visibility: str = ""
    status: str = ""
    syndicate_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a post (3.4): values to replace, to add, to delete; and whole properties to delete."""

    replace: Properties = field(default_factory=dict)
    add: Properties = field(default_factory=dict)
    delete: Properties = field(default_factory=dict)
    delete_whole: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Every property it is about."""
        return {*self.replace, *self.add, *self.delete, *self.delete_whole}


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: an action on the post at `url`, or without one something new."""

    action: str = ""
    url: str = ""
    entry: Entry = field(default_factory=Entry)
    change: Change = field(default_factory=Change)


def read(request: HttpRequest) -> Sent:
    """A request as typed values.

    Raises:
        Invalid: it is not what Micropub says.
        TooMuch: larger than 1 MiB of JSON, or more than a hundred values of a property.
    """
    if request.content_type == "application/json":
        return _of_json(request)
    form = {name.removesuffix("[]"): values for name, values in request.POST.lists() if name not in RESERVED}
    files = {name.removesuffix("[]"): values for name, values in request.FILES.lists()}
    action, url = request.POST.get("action", ""), request.POST.get("url", "")
    if action:
        return Sent(action, url)
    if request.POST.get("h", "entry") != "entry":
        raise Invalid(_("Only h=entry is said here."))
    return Sent(entry=_entry(form, files))


def _of_json(request: HttpRequest) -> Sent:
    if len(request.body) > MOST_BYTES:
        raise TooMuch(_("That is larger than anything said here."))
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Invalid(_("That is not JSON.")) from error
    if not isinstance(said, dict):
        raise Invalid(_("A JSON object is expected."))
    action, url = said.get("action", ""), said.get("url", "")
    if not isinstance(action, str) or not isinstance(url, str):
        raise Invalid(_("action and url have to be text."))
    if action:
        return Sent(action, url, change=_change(said))
    if said.get("type", ["h-entry"]) != ["h-entry"]:
        raise Invalid(_("Only h-entry is said here."))
    properties = said.get("properties", {})
    if not isinstance(properties, dict):
        raise Invalid(_("properties has to be an object."))
    return Sent(entry=_entry({name: _listed(value) for name, value in properties.items()}, {}))


def _change(said: dict[str, Any]) -> Change:
    """Every value has to be in a list (3.4.1)."""
    deleted = said.get("delete", {})
    whole = tuple(deleted) if isinstance(deleted, list) else ()
    if not all(isinstance(name, str) for name in whole):
        raise Invalid(_("delete has to name properties."))
    return Change(
        replace=_lists(said.get("replace", {}), "replace"),
        add=_lists(said.get("add", {}), "add"),
        delete={} if isinstance(deleted, list) else _lists(deleted, "delete"),
        delete_whole=whole,
    )


def _lists(found: object, name: str) -> Properties:
    if not isinstance(found, dict) or not all(isinstance(values, list) for values in found.values()):
        raise Invalid(_("%(name)s has to be an object, and every value in it a list.") % {"name": name})
    return found


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _entry(found: Properties, files: Mapping[str, list[Any]]) -> Entry:
    if any(len(values) > MOST_VALUES for values in found.values()):
        raise TooMuch(
            ngettext("A property has up to %(most)d value.", "A property has up to %(most)d values.", MOST_VALUES)
            % {"most": MOST_VALUES}
        )
    if files.keys() - {"photo"}:
        raise Invalid(_("Of files, only pictures are shown here."), hint=_("Send them as photo."))
    alts = [words_of(value) for value in found.get("mp-photo-alt", [])]
    photos = [photo for photo in map(photo_of, found.get("photo", [])) if photo.url]
    photos += [Photo(file=file) for file in files.get("photo", [])]
    return Entry(
        content=words_of(first(found, "content")),
        name=words_of(first(found, "name")),
        categories=tuple(words_of(value) for value in found.get("category", [])),
        photos=tuple(
            _described(photo, alts[place] if place < len(alts) else None) for place, photo in enumerate(photos)
        ),
        linked=tuple(address_of(value) for kind in ("video", "audio") for value in found.get(kind, [])),
        in_reply_to=address_of(first(found, "in-reply-to")),
        like_of=address_of(first(found, "like-of")),
        repost_of=address_of(first(found, "repost-of")),
        bookmark_of=address_of(first(found, "bookmark-of")),
        visibility=words_of(first(found, "visibility")).lower(),
        status=words_of(first(found, "post-status")).lower(),
        syndicate_to=tuple(uid for uid in map(words_of, found.get("mp-syndicate-to", [])) if uid),
    )


def _described(photo: Photo, words: str | None) -> Photo:
    return photo if words is None or photo.description is not None else Photo(photo.url, photo.file, words)


def first(found: Properties, name: str) -> object:
    """The first value of a property, or nothing."""
    return next(iter(found.get(name, [])), "")


def words_of(value: object) -> str:
    """A value as text; of HTML the words, and where its links lead."""
    if isinstance(value, dict) and isinstance(value.get("html"), str):
        return plain_text(LINK.sub(r"\2 (\1)", sanitize(value["html"])))[:MAX_WORDS]
    if isinstance(value, dict):
        value = value.get("value", "")
    return value.replace("\0", "").replace("\r\n", "\n") if isinstance(value, str) else ""


def address_of(value: object) -> str:
    """A value as an address; of an object of microformats its url (3.3.3)."""
    if isinstance(value, dict) and isinstance(value.get("properties"), dict):
        value = first({"url": _listed(value["properties"].get("url", ""))}, "url")
    return words_of(value).strip()


def photo_of(value: object) -> Photo:
    """A picture by its address, perhaps with its description (3.3.2)."""
    alt = value.get("alt") if isinstance(value, dict) else None
    return Photo(address_of(value), None, alt if isinstance(alt, str) else None)
