"""A room that is about to meet: whoever hosts it has spoken in it, and it has a programme of three steps."""

from speak.identity.actions import ProfileWords, write_profile
from speak.identity.models import Actor
from speak.rooms.actions import begin_meeting, choose_programme, set_step, show_place
from speak.rooms.models import Room, StepState
from speak.rooms.programmes import parse
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers

STEPS = ("a-wary-round", "a-sentence", "answer-somebody")
PROGRAMME = """
title = "Three steps"

[[practice]]
slug = "a-wary-round"
title = "A wary round"
minutes = 10
prompt = "Say what went wrong once."
host_note = "Begin with your own story."
tool = "talk"

[[practice]]
slug = "a-sentence"
title = "A sentence"
minutes = 8
prompt = "Finish the sentence."
opening = "This week I wonder"
tool = "say"

[[practice]]
slug = "answer-somebody"
title = "Answer somebody"
minutes = 1
prompt = "Answer one person."
tool = "answer"
"""


def say(author: Actor, room: Room, words: str = "Here I am.") -> Post:
    """Something said in a room."""
    return publish_post(author, words=Words(words), audience=Audience(Reach.ROOM, room=room.pk))


def prepared(host: Actor, *others: Actor) -> Room:
    """The room, before the meeting."""
    room = makers.room(host, *others)
    write_profile(host, words=ProfileWords(name=host.name, aim="To be heard."))
    say(host, room)
    return choose_programme(host, room=room, programme=parse(PROGRAMME))


def begun(host: Actor, *others: Actor) -> Room:
    """The same, with the meeting going on."""
    return begin_meeting(host, room=prepared(host, *others))


def show(host: Actor, room: Room, place: int) -> None:
    """The host does a step and puts it on the screen."""
    set_step(host, practice=STEPS[place], state=StepState.TRIED)
    show_place(host, room=room, place=place)
