"""A Mastodon archive: one person's own side, in `outbox.json` and `actor.json`. Those who answered are not in it.

Layout as Mastodon writes it (app/services/backup_service.rb); what this server gives people to take along is the same.
It holds direct messages: whatever is not addressed to the public is dropped.
"""

import datetime as dt

import msgspec
from django.utils.translation import gettext as _

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.said import Said, Space, Who, micros
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length_of_html
from speak.mirror.table import ParentKind, Visibility

PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
NOTHING = msgspec.Raw()
OUTBOX, ACTOR = "outbox.json", "actor.json"


class Tag(msgspec.Struct):
    """A mention, or something else."""

    type: str = ""
    href: str | None = None


class Note(msgspec.Struct, rename="camel"):
    """A post."""

    id: str
    published: dt.datetime
    in_reply_to: str | None = None
    content: str | None = None
    updated: dt.datetime | None = None
    tag: list[Tag] | None = None
    attributed_to: str = ""
    conversation: str | None = None


class Activity(msgspec.Struct):
    """What was done: Create, Announce, …; addressed to whom."""

    type: str
    actor: str = ""
    to: list[str] | str = []
    cc: list[str] | str = []
    object: msgspec.Raw = NOTHING


class Actor(msgspec.Struct, rename="camel"):
    """Whose archive it is."""

    id: str
    name: str | None = None
    preferred_username: str = ""


def recognizes(container: Container) -> bool:
    """Whether there is an outbox of ActivityPub."""
    return any(b"orderedItems" in head(container, name) for name in container.named(OUTBOX))


def read(container: Container, sink: Sink) -> None:
    """Read each outbox, with the actor beside it."""
    files = Files(container, sink)
    sink.remark(_("An archive of this kind holds one person's own side: those who answered are not in it."))
    for name in container.named(OUTBOX):
        beside = name.removesuffix(OUTBOX) + ACTOR
        owner = files.whole(beside, Actor) if beside in container.sizes else None
        if owner:
            sink.introduce(Who(owner.id, name=owner.name or owner.preferred_username))
        threads: dict[str, str] = {}
        for place, activity in files.items(name, Activity, key="orderedItems"):
            _read(activity, threads, place=place, sink=sink)


def _read(activity: Activity, threads: dict[str, str], *, place: str, sink: Sink) -> None:
    addressed = set(_list(activity.to)) | set(_list(activity.cc))
    if activity.type == "Announce":
        sink.leave_out("passed on: words of somebody else")
    elif activity.type != "Create" or not bytes(activity.object):
        sink.missed(place, "an activity that is not known here")
    elif not addressed & PUBLIC:
        _read_private(activity, addressed, threads, place=place, sink=sink)
    else:
        space = sink.place(Space("public", "what was said in public"))
        _say(activity, space, threads, place=place, sink=sink)


def _read_private(activity: Activity, addressed: set[str], threads: dict[str, str], *, place: str, sink: Sink) -> None:
    """Kept only if all whom it names agreed; followers cannot."""
    members = frozenset(addressed | {activity.actor})
    space = Space(f"direct/{' '.join(sorted(members))}", visibility=Visibility.DIRECT, members=members)
    if sink.keeps(space):
        _say(activity, sink.place(space), threads, place=place, sink=sink)
    else:
        sink.withhold()


def _say(activity: Activity, space: Space, threads: dict[str, str], *, place: str, sink: Sink) -> None:
    try:
        note = msgspec.json.decode(bytes(activity.object), type=Note)
    except msgspec.DecodeError:
        sink.missed(place, "a post that is not of the expected shape")
        return
    said = Said(
        note.id,
        space.id,
        note.attributed_to or activity.actor,
        micros(note.published),
        len=length_of_html(note.content or ""),
        edited=note.updated is not None and note.updated != note.published,
    )
    answers = note.in_reply_to
    if answers:
        said.thread = threads.get(answers, answers)
        # Going on with one's own words answers nobody.
        if answers not in threads:
            said.parent, said.how = answers, ParentKind.REPLY
    threads[said.id] = said.thread or said.id
    sink.say(said)
    sink.mention(said, [tag.href for tag in note.tag or () if tag.type == "Mention" and tag.href])


def _list(found: list[str] | str) -> list[str]:
    return [found] if isinstance(found, str) else found
