"""This server's own posts, live: what the viewer may read, and no more."""

from pathlib import Path

from speak.identity.models import Actor
from speak.mirror.archives.here import read_here
from speak.voice.actions import Words, like, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers

from .readings import Read, numbered


def here(viewer: Actor, into: Path, *, room: int | None = None) -> Read:
    """What a viewer's reading says."""
    ids = [str(pk) for pk in Post.objects.values_list("pk", flat=True)]
    return Read(read_here(viewer, into=into, room=room), lambda: numbered(ids))


def test_answers_thanks_and_names_stand_in_the_tables(alice: Actor, bob: Actor, tmp_path: Path) -> None:
    said = makers.post(alice, "Who brings tea, @bob?")
    answered = makers.answer(bob, said, "I do.")
    own = makers.answer(alice, said, "And cups?")
    like(bob, post=said)
    found = here(alice, tmp_path)
    assert found.messages("person", "parent_id", "parent_kind", "visibility") == {
        str(said.pk): (alice.uri, None, "none", "public"),
        str(answered.pk): (bob.uri, str(said.pk), "reply", "public"),
        str(own.pk): (alice.uri, None, "none", "public"),
    }
    assert found.one("message", "thread_id") == {str(said.pk)}
    assert ("mention", alice.uri, bob.uri) in found.rows("response", "kind", "from_person", "to_person")
    assert ("reaction", bob.uri, alice.uri) in found.rows("response", "kind", "from_person", "to_person")


def test_a_room_is_read_by_who_is_in_it(alice: Actor, bob: Actor, carol: Actor, tmp_path: Path) -> None:
    room = makers.room(alice, bob)
    said = publish_post(alice, words=Words("Among us."), audience=Audience(Reach.ROOM, room=room.pk))
    makers.post(alice, "In the open.")
    assert here(bob, tmp_path / "b", room=room.pk).one("message", "msg_id") == {str(said.pk)}
    assert here(carol, tmp_path / "c", room=room.pk).reading.messages == 0
    assert str(said.pk) not in here(carol, tmp_path / "d").one("message", "msg_id")


def test_what_was_said_to_a_few_is_withheld_and_what_was_taken_back_is_gone(
    alice: Actor, bob: Actor, tmp_path: Path
) -> None:
    makers.post(alice, "Only you.", reach=Reach.NAMED, to=(bob,))
    makers.post(alice, "My followers.", reach=Reach.FOLLOWERS)
    withdraw_post(alice, post=makers.post(alice, "Oh, never mind."))
    found = here(alice, tmp_path)
    assert found.reading.messages == 0
    assert found.reading.withheld == 2
