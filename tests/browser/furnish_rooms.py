"""A room with its people, a programme, a story, the organisation and its window, for the pages to be looked at."""

import datetime as dt

from django.utils import timezone

from speak.identity.actions import ProfileWords, keep_finding
from speak.identity.models import Actor, Finding
from speak.rooms.actions import (
    Asked,
    StoryWords,
    agree_to_be_gathered,
    answer_about_words,
    ask_for_week,
    ask_for_words,
    choose_programme,
    choose_words,
    draw_groups,
    found_organisation,
    invite,
    keep_paper,
    keep_programme,
    name_person_elsewhere,
    open_practice,
    open_window,
    set_step,
    speak_at_window,
    tell_story,
    write_story,
)
from speak.rooms.models import Room, StepState
from speak.rooms.programmes import export, shipped
from speak.rooms.telling import digest_of
from speak.safety.actions import Complaint, make_report
from speak.voice.actions import Words
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.meeting import say

WORDS = "I asked because nobody else did."


def gathered(cast: dict[str, Actor]) -> dict[str, str]:
    """All of it; returns the addresses of its pages."""
    ana, bob = (Actor.objects.get(pk=cast[name].pk) for name in ("ana", "bob"))
    room = _room(ana, bob, cast["carol"])
    story, telling, quoted = _stories(ana, bob, room)
    own = keep_programme(ana, text=export(shipped()["twelve-weeks"]))
    report = make_report(bob, reported=cast["dora"], complaint=Complaint("She does not stop."), handler=ana)
    _window(ana, bob)
    return {
        "room": room.path,
        "room_number": str(room.pk),
        "story": story,
        "telling": telling,
        "quoted": quoted,
        "programme": f"/programmes/{own.pk}",
        "report": f"/safety/reports/{report.pk}",
    }


def _room(ana: Actor, bob: Actor, carol: Actor) -> Room:
    room = makers.room(ana, bob, carol, name="The long room above the harbor")
    makers.answer(bob, say(ana, room, "What I have been turning over is why the slip is always full on Mondays."))
    makers.answer(ana, say(bob, room, "Nobody asked the people who launch."), "Shall we, on Friday?")
    say(carol, room, "Is the key still where it was?")
    room = choose_programme(ana, room=room, programme=shipped()["first-room"])
    set_step(ana, practice="first-sentence", state=StepState.TRIED)
    open_practice(ana, room=room, practice="first-sentence")
    draw_groups(ana, room=room, size=2)
    invite(ana, room=room, asked=Asked("Erin Vale", "You see what the rest of us walk past."))
    set_step(ana, practice="look-yourself-up", state=StepState.SET_ASIDE)
    places = (("Mail", 8, 9, False), ("The forum of those who build boats", 9, 2, False), ("A network", 2, 4, True))
    named = [{"name": name, "dwells": x, "works": y, "moves": moves} for name, x, y, moves in places]
    keep_paper(ana, practice="map-where-you-live-online", paper={"places": named})
    opens_at = timezone.now() + dt.timedelta(days=365)
    keep_paper(bob, practice="letter-from-later", paper={"text": "Dear Bob"}, opens_at=opens_at)
    return room


def _stories(ana: Actor, bob: Actor, room: Room) -> tuple[str, str, str]:
    said = say(bob, room, WORDS)
    written = []
    for title in ("How the night shift got its lamp", "How it began"):
        story = write_story(ana, words=StoryWords(title, "On Tuesday somebody asked.", Reach.HERE))
        quotation = choose_words(ana, story=story, post_id=said.pk, excerpt=WORDS)
        story.refresh_from_db()
        ask_for_words(ana, story=story)
        written.append((story, quotation))
    written[0][0].refresh_from_db()
    seen = digest_of(*written[0])
    answer_about_words(bob, quotation=written[0][1], agrees=True, seen=seen)
    told = tell_story(ana, story=written[0][0])
    return f"{ana.path}/{told.pk}", f"/stories/{written[1][0].pk}", str(said.pk)


def _window(ana: Actor, bob: Actor) -> None:
    found_organisation(ana, handle="harbor", words=ProfileWords(name="Harbor Works", aim="We keep boats afloat."))
    shown = name_person_elsewhere(ana, url="https://erin.example/")
    keep_finding(shown.link_id, url=shown.link.url, finding=Finding.POINTS_BACK)
    waits = name_person_elsewhere(ana, url="https://finn.example/about")
    keep_finding(waits.link_id, url=waits.link.url, finding=Finding.SILENT)
    for actor in (ana, bob):
        agree_to_be_gathered(actor, agrees=True)
    makers.post(bob, "The first boat of the year went in, and it floats.")
    window = open_window(ana, name="From the yard", sentence="Each week somebody else tells what they do here.")
    today = timezone.localdate()
    ask_for_week(ana, window=window, actor=ana, week=today)
    ask_for_week(ana, window=window, actor=bob, week=today + dt.timedelta(days=7))
    speak_at_window(ana, words=Words("This week you hear from me: the steam box is warm by seven."))
