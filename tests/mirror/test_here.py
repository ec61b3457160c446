"""This server's own posts, live: what everybody here may read, and no more."""

from pathlib import Path

from speak.identity.models import Actor
from speak.mirror.archives.here import read_here
from speak.voice.actions import Words, like, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers

from .readings import Read, numbered


def here(into: Path) -> Read:
    """What a reading of this server says."""
    ids = [str(pk) for pk in Post.objects.values_list("pk", flat=True)]
    return Read(read_here(into=into), lambda: numbered(ids))


def test_answers_thanks_and_names_stand_in_the_tables(alice: Actor, bob: Actor, tmp_path: Path) -> None:
    said = makers.post(alice, "Who brings tea, @bob?")
    answered = makers.answer(bob, said, "I do.")
    own = makers.answer(alice, said, "And cups?")
    like(bob, post=said)
    found = here(tmp_path)
    assert found.messages("person", "parent_id", "parent_kind", "visibility") == {
        str(said.pk): (alice.address, None, "none", "public"),
        str(answered.pk): (bob.address, str(said.pk), "reply", "public"),
        str(own.pk): (alice.address, None, "none", "public"),
    }
    assert found.one("message", "thread_id") == {str(said.pk)}
    assert ("mention", alice.address, bob.address) in found.rows("response", "kind", "from_person", "to_person")
    assert ("reaction", bob.address, alice.address) in found.rows("response", "kind", "from_person", "to_person")


def test_everybody_here_is_on_the_list_whether_they_spoke_or_not(alice: Actor, bob: Actor, tmp_path: Path) -> None:
    makers.post(alice)
    assert here(tmp_path).one("person", "raw") == {alice.address, bob.address}


def test_what_is_said_to_fewer_than_everybody_here_is_not_read(alice: Actor, bob: Actor, tmp_path: Path) -> None:
    room = makers.room(alice, bob)
    publish_post(alice, words=Words("Among us."), audience=Audience(Reach.ROOM, room=room.pk))
    makers.post(alice, "Only you.", reach=Reach.NAMED, to=(bob,))
    makers.post(alice, "My followers.", reach=Reach.FOLLOWERS)
    makers.post(alice, "Only me.", reach=Reach.SELF)
    withdraw_post(alice, post=makers.post(alice, "Oh, never mind."))
    all_here = makers.post(alice, "Everyone here.", reach=Reach.HERE)
    assert here(tmp_path).one("message", "msg_id") == {str(all_here.pk)}


def test_of_other_servers_only_conversations_with_somebody_from_here_are_read(
    alice: Actor, dora: Actor, tmp_path: Path
) -> None:
    makers.far_post(dora, "<p>To nobody here.</p>")
    said = makers.far_post(dora, "<p>To whom it may concern.</p>")
    answered = makers.answer(alice, said)
    found = here(tmp_path)
    assert found.one("message", "msg_id") == {str(said.pk), str(answered.pk)}
    assert found.one("person", "raw", "is_outside") == {(alice.address, False), (dora.address, True)}
