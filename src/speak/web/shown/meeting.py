"""A room's meeting as its shared screen and its phones show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import segno
from django.conf import settings
from django.utils.translation import gettext

from speak.identity.models import Actor
from speak.rooms.models import Room
from speak.rooms.practices import Practice, Tool, Who
from speak.rooms.programmes import Entry
from speak.rooms.queries import (
    entries_of,
    groups_in,
    is_meeting,
    members_of,
    opening_of,
    posts_for_screen,
    step_shown_in,
)
from speak.voice.models import Post
from speak.voice.queries import Window, posts_in_room, unanswered_in_room
from speak.web.shown.audiences import names_in_words
from speak.web.shown.minutes import minutes_in_words
from speak.web.shown.posts import ShownPost, shown_posts
from speak.web.shown.posts import opening_of as opening_words

MOST_ON_PHONE, MOST_UNANSWERED = 100, 12
SAYING, ANSWERING, ALONE, TALKING = "say", "answer", "alone", "talk"
KINDS = {
    Tool.SAY: SAYING,
    Tool.ANSWER: ANSWERING,
    Tool.FIVE: ANSWERING,
    Tool.TALK: TALKING,
    Tool.DRAW: TALKING,
}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A practice on the screen. `kind`: say, answer, talk (nothing is typed), or alone, on a page of its own."""

    slug: str
    title: str
    time: str
    prompt: list[str]
    host_note: list[str]
    kind: str


@dataclass(frozen=True, slots=True)
class ShownWords:
    """Something said, large: plain words. `answered` is the name of whom it answers."""

    id: int
    name: str
    words: str
    language: str
    answered: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """How somebody with a phone comes in: what to type, what to say aloud, and a picture of both for a camera."""

    address: str
    spoken: str
    code: str
    qr: str


@dataclass(frozen=True, slots=True)
class ShownTalk:
    """Something that began a conversation in the room, and what was answered; `waits` for an answer.

    `typed` is an answer that the viewer has begun and not given.
    """

    post: ShownPost
    waits: bool
    answers: list[ShownPost] = field(default_factory=list)
    typed: str = ""


def shown_step(entry: Entry) -> ShownStep:
    """A step, with its time in words."""
    practice = entry.practice
    return ShownStep(
        slug=practice.slug,
        title=practice.title,
        time=minutes_in_words(entry.takes),
        prompt=_paragraphs(practice.prompt),
        host_note=_paragraphs(practice.host_note),
        kind=kind_of(practice),
    )


def kind_of(practice: Practice) -> str:
    """How a practice is done in a meeting; see ShownStep. What is for a room is never done by oneself."""
    return KINDS.get(practice.tool, TALKING if practice.who == Who.ROOM else ALONE)


def way_in(room: Room) -> WayIn | None:
    """The way into a meeting that goes on; none where none does."""
    if not is_meeting(room):
        return None
    picture = segno.make(f"{settings.SPEAK_URL}/here/{room.code}", error="m")
    return WayIn(
        address=f"{settings.SPEAK_DOMAIN}/here",
        spoken=room.code.replace("-", " "),
        code=room.code,
        qr=picture.svg_data_uri(border=2, light="#ffffff", dark="#000000", omitsize=True),
    )


def words_on_screen(viewer: Actor, room: Room) -> list[ShownWords]:
    """What was said since the step on the screen was opened, by those who agreed to be shown; the latest first.

    Where the room has no programme, everything; before the first step, nothing.
    """
    entry = step_shown_in(room)
    opening = opening_of(room, entry.practice.slug) if entry else None
    if opening is None and entries_of(room):
        return []
    since = opening.opened_at if opening else room.opened_at
    posts = [post for post in posts_for_screen(viewer, room, after=0) if post.said_at >= since]
    return [_large(post) for post in reversed(posts)]


def groups_in_words(room: Room, *, practice: str, without: Actor | None = None) -> list[str]:
    """Each pair or three as names; with `without`, only the one they are in, and the names of the others in it."""
    drawn = groups_in(room, practice=practice)
    if without is not None:
        drawn = [[each for each in group if each.pk != without.pk] for group in drawn if without in group]
    return [names_in_words([actor.called for actor in group]) for group in drawn if group]


def names_of(actors: Iterable[Actor], *, viewer: Actor | None = None) -> str:
    """Ana, Bob and Carol; the viewer among them is “you”."""
    others = sorted(actor.called for actor in actors if viewer is None or actor.pk != viewer.pk)
    return names_in_words(others if viewer is None else [gettext("you"), *others])


def readers_in_words(viewer: Actor, room: Room) -> str:
    """Who reads what is said in a room now, as a sentence (promise 5)."""
    return gettext("Only %(names)s can read this.") % {"names": names_of(members_of(room), viewer=viewer)}


def shown_talks(viewer: Actor, room: Room) -> list[ShownTalk]:
    """What was said in a room: first who waits for an answer, then the latest first."""
    posts = posts_in_room(viewer, room.pk, Window(limit=MOST_ON_PHONE))
    waiting = {post.pk: post for post in unanswered_in_room(viewer, room.pk, limit=MOST_UNANSWERED)}
    posts += [post for post in waiting.values() if post not in posts]
    shown = {post.id: post for post in shown_posts(viewer, sorted(posts, key=lambda post: post.pk))}
    talks: dict[int, ShownTalk] = {}
    for post in sorted(posts, key=lambda post: post.pk):
        if post.thread_id in talks:
            talks[post.thread_id].answers.append(shown[post.pk])
        else:
            talks[post.thread_id] = ShownTalk(shown[post.pk], post.pk in waiting)
    in_time = list(talks.values())
    return [talk for talk in in_time if talk.waits] + [talk for talk in reversed(in_time) if not talk.waits]


def _large(post: Post) -> ShownWords:
    return ShownWords(
        id=post.pk,
        name=post.author.called,
        words=opening_words(post),
        language=post.language,
        answered=post.answered.called if post.answered else "",
    )


def _paragraphs(text: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]
