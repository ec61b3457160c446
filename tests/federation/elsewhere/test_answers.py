"""What is publicly answered there stands below the words here."""

import datetime as dt
import json

import pytest

from speak.clients.archive.everything import posts as posts_of
from speak.federation.elsewhere import answers
from speak.federation.elsewhere.choosing import said_in_places
from speak.federation.elsewhere.rules import next_look
from speak.federation.models import SaidElsewhere
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.outbound import Answer, Call, Sign
from speak.voice.actions import withdraw_post
from speak.voice.models import Post
from tests import makers
from tests.federation.elsewhere.far_mastodon import HOST, SERVER, FarMastodon, account
from tests.federation.elsewhere.places import say_at, worker_says
from tests.federation.far import PUBLIC, Document, FarServer, create

FAY = "https://new.example/users/fay"
NOTE = "https://new.example/notes/1"


class Both(FarMastodon):
    """mastodon.example and new.example."""

    far: FarServer

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Whoever is asked answers."""
        if call.url.startswith(f"{SERVER}/"):
            return super().ask(call, sign=sign)
        return self.far.outbound.ask(call, sign=sign)


@pytest.fixture
def there(far: FarServer) -> Both:
    made = Both()
    made.far = far
    far.serves_actor(FAY, "fay")
    return made


@pytest.fixture
def said(alice: Actor, there: Both) -> Post:
    """Something of alice's that stands there too."""
    made = say_at(alice, account(alice))
    worker_says(there)
    return made


def answer(name: str = "1", **members: object) -> Document:
    """Fay's answer to what stands there."""
    return {
        "id": f"https://new.example/notes/{name}",
        "type": "Note",
        "attributedTo": FAY,
        "content": "<p>I agree.</p>",
        "to": PUBLIC,
        "inReplyTo": f"{SERVER}/users/alice/statuses/100",
        **members,
    }


def looks(there: Both) -> None:
    """The worker looks there, once it is time."""
    with clock.moved(dt.timedelta(minutes=11)):
        for said_id in answers.take_up_looks():
            answers.look_there(said_id, ask=there.ask)


def test_a_public_answer_there_stands_in_the_thread_here_proven_by_its_own_server(
    alice: Actor, said: Post, there: Both
) -> None:
    there.far.serves(NOTE, answer())
    second = answer("2", inReplyTo=NOTE, content="<p>And more.</p>")
    there.far.serves(str(second["id"]), second)
    there.answers = [
        {"uri": NOTE, "visibility": "public"},
        {"uri": str(second["id"]), "visibility": "unlisted"},
        {"uri": "https://new.example/notes/private", "visibility": "private"},
        {"uri": "https://new.example/notes/gone", "visibility": "public"},
        {"uri": said.uri, "visibility": "public"},
        {"uri": "javascript:alert(1)", "visibility": "public"},
    ]
    looks(there)
    first, then = Post.objects.exclude(author=alice).order_by("pk")
    assert (first.in_reply_to, first.thread_id, first.author.uri) == (said, said.thread_id, FAY)
    assert (then.in_reply_to, then.thread_id) == (first, said.thread_id)
    assert "https://new.example/notes/private" not in there.far.asked
    assert alice.notifications.filter(about=first.author).exists()
    looks(there)
    assert there.far.asked.count(NOTE) == 1


def test_an_answer_to_it_that_arrives_by_itself_finds_its_place_too(said: Post, far: FarServer) -> None:
    dora = makers.far_person("dora")
    uri = f"https://{dora.domain}/notes/1"
    heard = far.post(dora, create(answer(id=uri, attributedTo=dora.uri, to=[PUBLIC])))
    assert heard.status == 202
    assert Post.objects.get(uri=uri).in_reply_to == said


def test_what_is_for_few_there_is_not_led_here(said: Post, far: FarServer) -> None:
    dora = makers.far_person("dora")
    uri = f"https://{dora.domain}/notes/1"
    far.post(dora, create(answer(id=uri, attributedTo=dora.uri, to=[f"https://{HOST}/users/alice"])))
    assert not Post.objects.filter(in_reply_to=said).exists()


def test_what_was_deleted_there_by_hand_is_not_said_to_stand_there(said: Post, there: Both) -> None:
    there.statuses.clear()
    looks_gone = SaidElsewhere.objects.filter(post=said)
    there.down = 404
    looks(there)
    assert not looks_gone.exists()


def test_a_copy_is_not_brought_in_as_something_else_and_is_taken_along(alice: Actor, said: Post) -> None:
    copy = f"{SERVER}/users/alice/statuses/100"
    assert said_in_places(alice, [copy, "https://one.example/1", ""]) == [copy]
    posts = json.loads(b"".join(posts_of(alice)))
    assert [post["also_at"] for post in posts] == [[f"{SERVER}/@alice/100"]]


def test_what_is_taken_back_is_looked_for_no_more(alice: Actor, said: Post, there: Both) -> None:
    withdraw_post(alice, post=said)
    looks(there)
    assert not [call for call in there.calls if call.url.endswith("/context")]


def test_it_is_looked_for_less_and_less_often_and_after_a_week_no_more() -> None:
    now = clock.now()
    pauses = [next_look(looks, said_at=now, now=now) for looks in range(9)]
    minutes = [(due_at - now).total_seconds() / 60 for due_at in pauses if due_at]
    assert minutes == [10, 20, 40, 80, 160, 320, 640, 720, 720]
    assert next_look(20, said_at=now - dt.timedelta(days=7), now=now) is None
