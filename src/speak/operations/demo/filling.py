"""Fills an empty server with the invented waterworks, through the same actions as the pages."""

import datetime as dt
import tomllib
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from django.db import transaction

from speak.identity.actions import (
    ProfileWords,
    follow,
    let_run_server,
    make_person,
    put_on_shelf,
    set_picture,
    write_profile,
)
from speak.identity.actions.profile import change_preferences
from speak.identity.models import Actor
from speak.identity.queries import people_here
from speak.kernel import clock
from speak.kernel.errors import NotAllowed
from speak.operations.demo.faces import draw_face
from speak.rooms import actions
from speak.rooms.actions import Asked, RoomWords, StoryWords
from speak.rooms.models import Room, StepState
from speak.rooms.programmes.shipped import shipped
from speak.rooms.telling import digest_of
from speak.voice.actions import DraftWords, Words, ask_about, hold_draft, keep_draft, publish_post, show_draft
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach

LEADS, HOSTS = "maria", "tom"
# Who is asked into which room by whoever has just said the words of that key.
ASKED_IN = {
    "maria-first": ("room", ("tom", "ines", "paul", "lena", "yusuf", "greta")),
    "circle-first": ("circle", ("yusuf", "jana")),
    "bridge": ("before", ("lena", "tom")),
}
# What the host of the first room has tried and opened by now, and how many days ago.
OPENED = {
    **{entry.practice.slug: 16.2 for entry in shipped()["first-room"].entries},
    "read-for-a-week": 10.0,
    "shelf-profile": 9.8,
    "five-a-day": 2.9,
    "be-the-first-answer": 2.8,
}


@dataclass(slots=True)
class _Made:
    """What has been made so far, by the names the file gives it."""

    people: dict[str, Actor] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)


@transaction.atomic
def fill() -> None:
    """Make the people, and let them say everything in its time: all of it, or nothing.

    Raises:
        NotAllowed: people live here already.
    """
    if people_here().exists():
        raise NotAllowed("People live here already; nothing has been changed.")
    wanted = tomllib.loads(files("speak.operations.demo").joinpath("waterworks.toml").read_text("utf-8"))
    made = _Made()
    with _days_ago(16.6):
        _make_people(made, wanted)
        _open_first_room(made, wanted)
    with _days_ago(12):
        _gather(made, wanted)
    _speak(made, wanted)
    _practise(made)
    _tell(made, wanted["story"])
    _leave_waiting(made, wanted)


def _days_ago(days: float) -> AbstractContextManager[None]:
    return clock.moved(-dt.timedelta(days=days))


def _make_people(made: _Made, wanted: dict[str, Any]) -> None:
    for person in wanted["people"]:
        actor = make_person(person["handle"], name=person["name"], password="")  # nobody signs in but by link
        write_profile(actor, words=ProfileWords(person["name"], person["aim"]))
        change_preferences(actor, approves_followers=False, is_listed=True)
        set_picture(actor, data=draw_face(*person["face"]), description=person["shows"])
        put_on_shelf(actor, title=person["shelf"])
        made.people[person["handle"]] = actor
    leader = made.people[LEADS]
    let_run_server(leader)
    for actor in made.people.values():
        if actor != leader:
            follow(actor, target=leader)
            follow(leader, target=actor)


def _open_first_room(made: _Made, wanted: dict[str, Any]) -> None:
    made.rooms["room"] = actions.open_room(made.people[LEADS], words=RoomWords(**wanted["room"]))


def _gather(made: _Made, wanted: dict[str, Any]) -> None:
    leader = made.people[LEADS]
    page = wanted["organisation"]
    words = ProfileWords(page["name"], page["aim"])
    actions.found_organisation(leader, handle=page["handle"], words=words)
    for handle in ("ines", "yusuf", "tom"):
        actions.agree_to_be_gathered(made.people[handle], agrees=True)


def _speak(made: _Made, wanted: dict[str, Any]) -> None:
    for each in sorted(wanted["said"], key=lambda each: -each["days"]):
        with _days_ago(each["days"]):
            if each.get("ends"):
                _say_farewell(made, each)
            else:
                made.posts[each.get("key", "")] = _say(made, wanted, each)
            if each.get("key") in ASKED_IN:
                room, handles = ASKED_IN[each["key"]]
                _ask_in(made, room, by=each["by"], who=handles)


def _say(made: _Made, wanted: dict[str, Any], each: dict[str, Any]) -> Post:
    answered = made.posts[each["answers"]] if "answers" in each else None
    audience = _audience(made, wanted, each)
    return publish_post(made.people[each["by"]], words=Words(each["text"]), audience=audience, in_reply_to=answered)


def _say_farewell(made: _Made, each: dict[str, Any]) -> None:
    room = made.rooms[each["room"]]
    actions.begin_hand_over(room.host, room=room)
    audience = Audience(Reach.ROOM, room=room.pk)
    publish_post(made.people[each["by"]], words=Words(each["text"]), audience=audience)
    actions.close_room(room.host, room=room)


def _audience(made: _Made, wanted: dict[str, Any], each: dict[str, Any]) -> Audience:
    if "answers" in each:
        return Audience(Reach.QUIET, stays_in_thread=True)
    if "reach" in each:
        return Audience(Reach[each["reach"]])
    name = each.get("room", "room")
    if name not in made.rooms:
        made.rooms[name] = actions.open_room(made.people[each["by"]], words=RoomWords(**wanted[name]), cap=5)
    return Audience(Reach.ROOM, room=made.rooms[name].pk)


def _ask_in(made: _Made, room: str, *, by: str, who: tuple[str, ...]) -> None:
    inviter = made.people[by]
    for handle in who:
        actor = made.people[handle]
        asked = Asked(actor.called, "I would like to hear what you think, in your own words.", actor)
        invitation, _ = actions.invite(inviter, room=made.rooms[room], asked=asked)
        actions.accept_invitation(actor, invitation=invitation)
    for handle in (by, *who):
        actions.open_earlier(made.people[handle], room=made.rooms[room], agrees=True)


def _practise(made: _Made) -> None:
    leader, host, room = made.people[LEADS], made.people[HOSTS], made.rooms["room"]
    with _days_ago(16.25):
        actions.choose_programme(leader, room=room, programme=shipped()["twelve-weeks"])
    for slug, days in OPENED.items():
        with _days_ago(days):
            for actor in (leader, host):
                actions.set_step(actor, practice=slug, state=StepState.TRIED)
            actions.open_practice(leader, room=room, practice=slug)
    with _days_ago(2.5):
        actions.ask_to_host(leader, room=room, member=host)
        actions.accept_hosting(host, room=room)


def _tell(made: _Made, wanted: dict[str, Any]) -> None:
    teller, quoted = made.people[wanted["teller"]], made.posts[wanted["quotes"]]
    with _days_ago(wanted["days"]):
        words = StoryWords(wanted["title"], wanted["source"], Reach.PUBLIC)
        story = actions.write_story(teller, words=words)
        quotation = actions.choose_words(teller, story=story, post_id=quoted.pk, excerpt=wanted["excerpt"])
        actions.ask_for_words(teller, story=story)
        story.refresh_from_db()
        seen = digest_of(story, quotation)
        actions.answer_about_words(quoted.author, quotation=quotation, agrees=True, seen=seen)
        actions.tell_story(teller, story=story)


def _leave_waiting(made: _Made, wanted: dict[str, Any]) -> None:
    asked, letter, draft = wanted["asked"], wanted["invitation"], wanted["draft"]
    circle, host = made.rooms["circle"], made.people[HOSTS]
    actions.invite(host, room=circle, asked=Asked("", asked["reason"], made.people[asked["actor"]]))
    actions.invite(host, room=circle, asked=Asked(letter["name"], letter["reason"]))
    _show_a_draft(made, wanted["shown"])
    author = made.people[draft["by"]]
    kept = keep_draft(author, content=DraftWords(Words(draft["text"]), Audience(Reach.HERE)))
    hold_draft(author, draft=kept, until=clock.now() + dt.timedelta(hours=20))
    window = actions.open_window(made.people[LEADS], **wanted["window"])
    turn = actions.ask_for_week(made.people[LEADS], window=window, actor=made.people["ines"], week=clock.now().date())
    actions.answer_about_week(made.people["ines"], turn=turn, accepts=True)


def _show_a_draft(made: _Made, wanted: dict[str, Any]) -> None:
    author, reader = made.people[wanted["by"]], made.people[wanted["to"]]
    draft = keep_draft(author, content=DraftWords(Words(wanted["text"]), Audience(Reach.HERE)))
    look = show_draft(author, draft=draft, reader=reader, wish=wanted["wish"])
    ask_about(reader, look=look, words=wanted["question"])
