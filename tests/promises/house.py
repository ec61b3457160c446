"""A house in which everything there is exists once, so that every page of it can be opened."""

import datetime as dt
from dataclasses import dataclass

from django.test import Client

from speak.clients.tokens import make_token
from speak.federation.elsewhere.keeping import offer_letters
from speak.federation.elsewhere.subscribers import ask_for_letters
from speak.identity import actions as people
from speak.identity.actions import ProfileWords, let_run_server, make_join_link
from speak.identity.models import Actor, Link, MorningLetter, ShelfObject
from speak.kernel import clock
from speak.rooms import actions as rooms
from speak.rooms.actions import Asked, StoryWords
from speak.rooms.models import Room
from speak.rooms.queries import this_week
from speak.safety.actions import Complaint, LimitWords, accept_handling, make_report, name_handler, set_limit
from speak.safety.models import LimitKind
from speak.voice.actions import DraftWords, Words, add_picture, keep_draft, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.federation.elsewhere.places import channel
from tests.promises.doors import addresses
from tests.rooms.meeting import PROGRAMME, begun, say

SCOPES = ("read", "write", "follow", "push", "profile")


@dataclass
class House:
    """Alice hosts a room and speaks; bob sits in it; carol is a stranger to both; olga runs the place."""

    alice: Actor
    bob: Actor
    carol: Actor
    olga: Actor
    dora: Actor
    room: Room
    open_post: Post
    room_post: Post
    of_bob: Post
    stands_for: dict[str, object]

    @property
    def paths(self) -> dict[str, str]:
        """The address of every page, by its name."""
        return addresses(self.stands_for)

    @property
    def cast(self) -> tuple[Actor, ...]:
        """Everybody who can sign in."""
        return (self.alice, self.bob, self.carol, self.olga)


def token_of(actor: Actor) -> str:
    """An access token with which an app may do everything there is."""
    assert actor.user is not None
    return make_token(actor.user, scopes=SCOPES)


def app_of(actor: Actor) -> Client:
    """An app that shows the token of somebody."""
    return Client(headers={"host": "home.example", "authorization": f"Bearer {token_of(actor)}"})


def furnish() -> House:
    """Make it."""
    alice, bob, carol, olga = (makers.person(handle) for handle in ("alice", "bob", "carol", "olga"))
    dora = makers.far_person("dora")
    let_run_server(olga)
    olga.refresh_from_db()
    for actor in (alice, bob, carol, olga):
        people.change_preferences(actor, approves_followers=False, is_listed=True)
    room = begun(alice, bob)
    room_post = say(alice, room, "Only the room knows of the lighthouse.")
    of_bob = say(bob, room, "Only the room knows of the harbor.")
    makers.answer(alice, of_bob)
    open_post = makers.post(alice, "Good morning, everybody. #tides")
    made = {**_of_voice(alice, open_post), **_of_rooms(alice, carol, olga, room, of_bob), **_of_people(alice)}
    made |= _of_safety(bob, carol, olga)
    return House(alice, bob, carol, olga, dora, room, open_post, room_post, of_bob, made)


def _of_voice(alice: Actor, post: Post) -> dict[str, object]:
    draft = keep_draft(alice, content=DraftWords(Words("Not yet."), Audience(Reach.SELF)))
    picture = add_picture(alice, data=makers.picture(), description="A plank")
    publish_post(alice, words=Words("The plank."), audience=Audience(Reach.PUBLIC), media=[picture])
    return {
        "post_id": post.pk,
        "draft_id": draft.pk,
        "tag:name": "tides",
        "media:token": picture.token,
        "api:post_id": post.pk,
        "api:draft_id": draft.pk,
        "api:actor_id": post.author_id,
        "api:account_id": post.author_id,
        "api:media_id": picture.pk,
    }


def _of_rooms(alice: Actor, carol: Actor, olga: Actor, room: Room, of_bob: Post) -> dict[str, object]:
    invitation, _ = rooms.invite(alice, room=room, asked=Asked("Carol", "You ask.", carol))
    _, link = rooms.invite(alice, room=room, asked=Asked("Erin", "You wonder."))
    programme = rooms.keep_programme(alice, text=PROGRAMME)
    story = rooms.write_story(alice, words=StoryWords("How it began", "On Tuesday.", Reach.HERE))
    quotation = rooms.choose_words(alice, story=story, post_id=of_bob.pk, excerpt="the harbor")
    rooms.found_organisation(olga, handle="harbor", words=ProfileWords("The harbor", "Boats."))
    window = rooms.open_window(olga, name="From the quay", sentence="What we see.")
    rooms.answer_about_week(
        alice, turn=rooms.ask_for_week(olga, window=window, actor=alice, week=this_week()), accepts=True
    )
    return {
        "room_id": room.pk,
        "code": room.code,
        "invitation_id": invitation.pk,
        "invitation_by_link:token": link.rpartition("/")[2],
        "programme_id": programme.pk,
        "shipped_programme:name": "first-room",
        "shipped_programme_file:name": "first-room",
        "slug": "first-sentence",
        "story_id": story.pk,
        "quotation_id": quotation.pk,
        "story_consent:token": "a-token-that-nobody-was-given",
        "guide_chapter:name": "gathering-a-room",
    }


def _of_people(alice: Actor) -> dict[str, object]:
    people.put_on_shelf(alice, title="A spokeshave", sentence="It fits no hand but ours.")
    people.replace_links(alice, links=[("My blog", "https://alice.example/")])
    return {
        "address": "alice",
        "join_by_link:token": make_join_link(alice).rpartition("/")[2],
        "thing_id": ShelfObject.objects.get().pk,
        "link_id": Link.objects.get().pk,
        "place_id": channel(alice).pk,
        **_of_letters(alice),
        "key": "1",
        "pk": 1,
        "uidb36": "1",
    }


def _of_letters(alice: Actor) -> dict[str, object]:
    offer_letters(alice)
    reader = ask_for_letters(alice, address="erin@site.example")
    assert reader is not None
    return {
        "reader_id": reader.pk,
        "letters:handle": "alice",
        "letters_yes:token": reader.token,
        "letters_leave:token": reader.token,
        "mornings_end:token": MorningLetter.objects.create(
            actor=alice, token="in-hand", told_until=0, due_at=clock.now() + dt.timedelta(days=1)
        ).token,
    }


def _of_safety(bob: Actor, carol: Actor, olga: Actor) -> dict[str, object]:
    name_handler(None, actor=olga)
    accept_handling(olga, sentence="At the quay.")
    limit = set_limit(None, about="rude.example", words=LimitWords(LimitKind.SILENCED, "Rude."))
    report = make_report(bob, reported=carol, complaint=Complaint("She shouts."), handler=olga)
    return {"limit_id": limit.pk, "report_id": report.pk}
