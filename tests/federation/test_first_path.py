"""The whole path once: found, followed, heard, answered."""

import pytest

from speak.identity.models import Actor, Follow, FollowState
from speak.voice.models import Post
from tests import makers
from tests.federation.far import FarServer, create, does, note

pytestmark = pytest.mark.django_db


def test_somebody_elsewhere_finds_follows_hears_and_answers(far: FarServer, alice: Actor, dora: Actor) -> None:
    found = far.client.get("/.well-known/webfinger?resource=acct:Alice@home.example").json()
    uri = next(link["href"] for link in found["links"] if link["rel"] == "self")
    document = far.read(uri)
    assert (document["id"], document["preferredUsername"]) == (alice.uri, "alice")

    asked = does(dora, "Follow", alice.uri)
    assert far.post(dora, asked, path=f"/actors/{alice.pk}/inbox").status == 202
    assert Follow.objects.get(follower=dora, target=alice, uri=asked["id"]).state == FollowState.ACCEPTED

    said = makers.post(alice, "The harbor plan was never written down.")
    heard = far.read(said.uri, dora)
    assert "harbor plan" in str(heard["content"])

    answer = note(dora, inReplyTo=said.uri, content="<p>It was, on a <b>napkin</b>.<script>x</script></p>")
    assert far.post(dora, create(answer)).status == 202
    kept = Post.objects.get(uri=answer["id"])
    assert (kept.in_reply_to, kept.thread_id, kept.author) == (said, said.thread_id, dora)
    assert kept.html == "<p>It was, on a <b>napkin</b>.</p>"
    assert alice.notifications.filter(kind="reply", about=dora, post_id=kept.pk).exists()
