"""An account on another server: said there, changed there, taken back there."""

import datetime as dt

import pytest

from speak.federation.elsewhere import sending
from speak.federation.elsewhere.line import Line
from speak.federation.elsewhere.mastodon import bring
from speak.federation.models import SaidElsewhere
from speak.identity.models import Actor
from speak.kernel.blobs import put
from speak.kernel.outbound import Answer, Call, Sign
from speak.voice.actions import Words, add_picture, edit_post, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Media, Post
from speak.voice.reach import Reach
from tests import makers
from tests.federation.elsewhere.far_mastodon import SERVER, FarMastodon, account
from tests.federation.elsewhere.places import say_at, worker_says


@pytest.fixture
def there() -> FarMastodon:
    return FarMastodon()


def test_it_is_said_there_as_it_was_said_here(alice: Actor, there: FarMastodon) -> None:
    place = account(alice)
    picture = add_picture(alice, data=makers.picture(), description="A plank")
    words = Words("Good morning, @bob@far.example.", summary="boats", language="pt-BR")
    audience = Audience(Reach.QUIET, also_at=(place.pk,))
    said = publish_post(alice, words=words, audience=audience, media=[picture])
    worker_says(there)
    worker_says(there)
    (made,) = there.made("POST")
    assert made == {
        "status": "Good morning, @\u2060bob@far.example.",
        "spoiler_text": "boats",
        "sensitive": True,
        "language": "pt",
        "visibility": "unlisted",
        "media_ids": ["900"],
    }
    assert b'name="description"\r\n\r\nA plank' in there.media["900"]
    row = SaidElsewhere.objects.get(post=said)
    assert (row.far_id, row.url, row.due_at) == ("100", f"{SERVER}/@alice/100", None)
    assert row.far_uri == f"{SERVER}/users/alice/statuses/100"


def test_a_picture_that_is_worked_on_there_is_waited_for(alice: Actor, there: FarMastodon) -> None:
    there.turns_until_ready = 2
    picture = Media(pk=1, token=put(makers.picture(), suffix="png"), description="A plank")
    rests: list[float] = []
    line = Line(account(alice), there.ask, rest=rests.append)
    assert bring(line, picture) == "900"
    assert rests == [1.0, 1.0]


def test_what_is_longer_than_there_is_room_leads_back_here(alice: Actor, there: FarMastodon) -> None:
    said = say_at(alice, account(alice), words="word " * 200)
    article = publish_post(
        alice,
        words=Words("It *is* spring.", title="Spring"),
        audience=Audience(Reach.PUBLIC, also_at=(alice.elsewhere.get().pk,)),
    )
    worker_says(there)
    first, second = (str(made["status"]) for made in there.made("POST"))
    assert first.endswith(f"word …\n\n{said.url}")
    assert second == f"Spring\n\nIt is spring.\n\n{article.url}"


def test_an_edit_is_an_edit_there_and_pictures_are_not_brought_twice(alice: Actor, there: FarMastodon) -> None:
    place = account(alice)
    picture = add_picture(alice, data=makers.picture(), description="A plank")
    audience = Audience(Reach.PUBLIC, also_at=(place.pk,))
    said = publish_post(alice, words=Words("Good morning."), audience=audience, media=[picture])
    worker_says(there)
    edit_post(alice, post=said, words=Words("Good evening."))
    worker_says(there)
    (changed,) = there.made("PUT")
    assert (changed["status"], changed["media_ids"]) == ("Good evening.", ["900"])
    assert changed["media_attributes"] == [{"id": "900", "description": "A plank"}]
    assert list(there.media) == ["900"]
    assert "visibility" not in changed


def test_what_is_withdrawn_is_deleted_there_and_gone_is_well(alice: Actor, there: FarMastodon) -> None:
    place = account(alice)
    first, second = say_at(alice, place), say_at(alice, place, words="Second.")
    worker_says(there)
    there.statuses.pop("101")
    for said in (first, second):
        withdraw_post(alice, post=said)
    worker_says(there)
    assert there.statuses == {}
    assert not SaidElsewhere.objects.exists()


def test_an_edit_never_brings_it_where_it_was_not_chosen_to_go(alice: Actor, there: FarMastodon) -> None:
    account(alice)
    said = makers.post(alice, "Only here.")
    edit_post(alice, post=said, words=Words("Still only here."))
    worker_says(there)
    assert not there.calls


def test_words_changed_or_taken_back_while_they_are_under_way_follow_at_once(alice: Actor) -> None:
    class Slow(FarMastodon):
        """While it takes the first word, its author changes it."""

        def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
            if call.method == "POST" and not self.statuses:
                edit_post(alice, post=Post.objects.get(), words=Words("Good evening."))
            return super().ask(call, sign=sign)

    there = Slow()
    say_at(alice, account(alice))
    worker_says(there)
    worker_says(there)
    assert [made["status"] for made in there.statuses.values()] == ["Good evening."]
    worker_says(there)
    assert len(there.made("PUT")) == 1


def test_said_again_after_a_failure_it_stands_there_once(alice: Actor, there: FarMastodon) -> None:
    said = say_at(alice, account(alice))
    (said_id,) = sending.take_up_due()
    sending.say_there(said_id, ask=there.ask)
    # Killed before it was written down.
    SaidElsewhere.objects.update(said_at=None, far_id="", due_at=said.said_at)
    worker_says(there)
    assert len(there.made("POST")) == 2
    assert len(there.statuses) == 1
    there.down = 503
    edit_post(alice, post=said, words=Words("Good evening."))
    worker_says(there)
    row = SaidElsewhere.objects.get()
    assert row.due_at is not None
    assert row.due_at > row.first_at + dt.timedelta(seconds=40)


def test_a_token_that_was_taken_away_there_ends_it_until_it_is_added_again(alice: Actor, there: FarMastodon) -> None:
    place = account(alice)
    there.down = 401
    say_at(alice, place)
    worker_says(there)
    place.refresh_from_db()
    assert place.broken_at is not None
    there.down = 0
    say_at(alice, place, words="Not offered any more.")
    worker_says(there)
    assert not there.statuses


def test_ones_own_thread_is_a_thread_there(alice: Actor, bob: Actor, there: FarMastodon) -> None:
    place = account(alice)
    first = say_at(alice, place, words="One.")
    worker_says(there)
    audience = Audience(Reach.PUBLIC, also_at=(place.pk,))
    publish_post(alice, words=Words("Two."), audience=audience, in_reply_to=first)
    other = makers.post(bob, "What do you think?")
    third = publish_post(alice, words=Words("I agree."), audience=audience, in_reply_to=other)
    worker_says(there)
    _, second, answer = there.made("POST")
    assert (second["in_reply_to_id"], second["status"]) == ("100", "Two.")
    assert "in_reply_to_id" not in answer
    assert answer["status"] == f"I agree.\n\n{third.url}"
