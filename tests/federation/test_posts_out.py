"""Posts as other servers read them; and that no document shows anything to those it is not for."""

import datetime as dt
import io
import itertools
import json

import pytest
from PIL import Image

from speak.federation.models import Activity, Delivery
from speak.federation.render import activities
from speak.federation.render import post as post_documents
from speak.identity.actions import block
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed
from speak.voice.actions import Words, add_picture, boost, edit_post, look_at, publish_post, unboost, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import OPEN, Reach
from tests import makers
from tests.federation.far import HOST, PUBLIC, FarServer, Forged, create, note

pytestmark = pytest.mark.django_db
SECRET = "the blue heron"


def path(uri: str) -> str:
    """The part of one of our addresses after the host."""
    return uri.removeprefix(f"https://{HOST}")


def test_a_note_as_others_read_it(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    picture = add_picture(alice, data=drawn.getvalue(), description="A teal wall")
    look_at(alice, media=picture, focus=(0.25, -0.5))
    asked = makers.post(bob, "Who has seen the plan?")
    said = publish_post(
        alice,
        words=Words("I have, @dora@far.example. #Harbor", summary="old plans", language="en"),
        audience=Audience(Reach.PUBLIC),
        in_reply_to=asked,
        media=[picture],
    )
    found = far.read(said.uri)
    assert (found["id"], found["type"], found["attributedTo"]) == (said.uri, "Note", alice.uri)
    assert found["to"] == [PUBLIC]
    assert found["cc"] == [alice.followers_url, dora.uri, bob.uri]
    assert found["inReplyTo"] == asked.uri
    assert (found["summary"], found["sensitive"]) == ("old plans", True)
    assert found["contentMap"] == {"en": said.html}
    assert found["source"] == {"content": said.source, "mediaType": "text/plain"}
    assert found["url"] == f"https://{HOST}/@alice/{said.pk}"
    assert found["replies"] == f"{said.uri}/replies"
    assert found["tag"] == [
        {"type": "Mention", "href": dora.uri, "name": "@dora@far.example"},
        {"type": "Mention", "href": bob.uri, "name": f"@bob@{HOST}"},
        {"type": "Hashtag", "href": f"https://{HOST}/tags/harbor", "name": "#harbor"},
    ]
    assert found["attachment"] == [
        {
            "type": "Image",
            "mediaType": "image/webp",
            "url": f"https://{HOST}/media/{picture.token}",
            "name": "A teal wall",
            "summary": "A teal wall",
            "width": 40,
            "height": 30,
            "blurhash": picture.blurhash,
            "focalPoint": [0.25, -0.5],
        }
    ]
    assert found["interactionPolicy"] == {"canQuote": {"automaticApproval": [alice.uri], "manualApproval": [PUBLIC]}}
    assert "updated" not in found
    edit_post(alice, post=said, words=Words("I have not."))
    assert str(far.read(said.uri)["updated"]).endswith("Z")


def test_an_article_comes_with_its_title_its_beginning_and_a_note_to_show(far: FarServer, alice: Actor) -> None:
    words = Words("The *first* words.\n\n" + "More. " * 200, title="On <harbors>")
    said = publish_post(alice, words=words, audience=Audience(Reach.PUBLIC))
    found = far.read(said.uri)
    assert (found["type"], found["name"]) == ("Article", "On <harbors>")
    assert str(found["summary"]).startswith("The first words.")
    assert len(str(found["summary"])) <= 400
    assert found["source"] == {"content": said.source, "mediaType": "text/markdown"}
    preview = found["preview"]
    assert isinstance(preview, dict)
    assert preview["type"] == "Note"
    assert preview["content"].startswith("<p>On &lt;harbors&gt;</p><p>The first words.</p>")


@pytest.mark.parametrize(
    ("reach", "to", "cc"),
    [
        (Reach.PUBLIC, [PUBLIC], ["FOLLOWERS", "DORA"]),
        (Reach.QUIET, ["FOLLOWERS"], [PUBLIC, "DORA"]),
        (Reach.FOLLOWERS, ["FOLLOWERS"], ["DORA"]),
        (Reach.NAMED, ["DORA"], []),
    ],
)
def test_a_post_is_addressed_to_those_it_is_for(
    alice: Actor, dora: Actor, reach: Reach, to: list[str], cc: list[str]
) -> None:
    said = makers.post(alice, "Hello @dora@far.example", reach=reach, to=(dora,))
    names = {"FOLLOWERS": alice.followers_url, "DORA": dora.uri}
    addressing = post_documents.addressing(said)
    assert list(addressing.to) == [names.get(each, each) for each in to]
    assert list(addressing.cc) == [names.get(each, each) for each in cc]


def test_an_answer_that_stays_in_anothers_audience_is_addressed_to_it(
    far: FarServer, alice: Actor, dora: Actor
) -> None:
    makers.follows(alice, dora)
    far.post(dora, create(note(dora, to=[dora.followers_url], cc=[])))
    said = makers.answer(alice, Post.objects.get(author=dora))
    found = post_documents.document(said)
    assert (found["to"], found["cc"]) == ([dora.followers_url], [dora.uri])
    assert found["tag"] == [{"type": "Mention", "href": dora.uri, "name": dora.address}]


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE])
def test_no_document_is_made_of_what_stays_here(alice: Actor, reach: Reach) -> None:
    said = makers.post(alice, reach=reach)
    for make in (post_documents.addressing, post_documents.document, activities.create):
        with pytest.raises(NotAllowed):
            make(said)


# --- Who may read what (promise 4) ------------------------------------------------------------


@pytest.fixture
def viewers(alice: Actor, dora: Actor) -> dict[str, Actor | None]:
    """A stranger, a server nobody knows, a follower, one who is named, one who is blocked."""
    follower = makers.far_person("fred")
    makers.follows(follower, alice)
    blocked = makers.far_person("eve", domain="evil.example")
    makers.follows(blocked, alice)
    block(alice, blocked=blocked)
    return {
        "nobody": None,
        "stranger": makers.far_person("zoe"),
        "follower": follower,
        "named": dora,
        "blocked": blocked,
    }


MAY_READ = {
    Reach.SELF: set(),
    Reach.NAMED: {"named"},
    Reach.HERE: set(),
    Reach.FOLLOWERS: {"follower"},
    Reach.QUIET: {"nobody", "stranger", "follower", "named"},
    Reach.PUBLIC: {"nobody", "stranger", "follower", "named"},
}


@pytest.mark.parametrize("reach", list(MAY_READ))
def test_no_document_or_collection_shows_a_post_to_those_it_is_not_for(
    far: FarServer, alice: Actor, dora: Actor, viewers: dict[str, Actor | None], reach: Reach
) -> None:
    begun = makers.post(alice, "Something for everybody.")
    said = makers.answer(alice, begun, SECRET, audience=Audience(reach, people=(dora,)))
    places = [
        said.uri,
        begun.uri,
        f"{begun.uri}/replies",
        f"{begun.uri}/replies?page=true",
        f"{said.uri}/replies",
        f"{said.uri}/replies?page=true",
        alice.outbox_url,
        f"{alice.outbox_url}?page=true",
        f"{alice.outbox_url}?page=true&before={said.pk + 1}",
        alice.featured_url,
        alice.followers_url,
        alice.uri,
    ]
    for name, viewer in viewers.items():
        for place in places:
            heard = far.get(path(place), viewer)
            told = SECRET.encode() in heard.body or (said.uri.encode() in heard.body and heard.status == 200)
            assert not told or name in MAY_READ[reach], (name, place, heard)
        expected = 200 if name in MAY_READ[reach] else 404
        assert far.get(path(said.uri), viewer).status == expected, name
        listed = far.get(f"{path(begun.uri)}/replies?page=true", viewer)
        assert (said.uri.encode() in listed.body) == (name in MAY_READ[reach]), name
        outbox = far.get(f"{path(alice.outbox_url)}?page=true", viewer)
        assert (SECRET.encode() in outbox.body) == (name in MAY_READ[reach]), name


@pytest.mark.parametrize("reach", list(MAY_READ))
def test_only_those_who_could_read_it_learn_that_a_post_was_taken_back(
    far: FarServer, alice: Actor, dora: Actor, viewers: dict[str, Actor | None], reach: Reach
) -> None:
    said = makers.post(alice, SECRET, reach=reach, to=(dora,))
    withdraw_post(alice, post=said)
    for name, viewer in viewers.items():
        heard = far.get(path(said.uri), viewer)
        if name in MAY_READ[reach]:
            assert heard.status == 410
            assert (heard.json()["type"], heard.json()["id"]) == ("Tombstone", said.uri)
            assert SECRET.encode() not in heard.body
        else:
            assert heard.status == 404, name


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE, Reach.FOLLOWERS])
def test_keys_of_our_own_people_open_nothing_here(far: FarServer, alice: Actor, bob: Actor, reach: Reach) -> None:
    """Somebody who got hold of a key of ours from outside is a stranger like any other."""
    key = alice.keys.get(kind="rsa")
    said = makers.post(alice, SECRET, reach=reach)
    assert far.get(path(said.uri), alice, forged=Forged(private_pem=key.private_pem)).status == 404


def test_what_is_shaped_by_who_asks_is_kept_by_nobody_in_between(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    assert far.get(path(said.uri)).headers["Cache-Control"] == "public, max-age=60"
    for place in (said.uri, f"{said.uri}/replies", alice.outbox_url):
        heard = far.get(path(place), dora)
        assert heard.headers["Cache-Control"] == "private, no-store"
        assert {"Accept", "Signature"} <= {each.strip() for each in heard.headers["Vary"].split(",")}


def test_a_signature_that_does_not_hold_is_refused_even_for_what_anyone_may_read(
    far: FarServer, alice: Actor, dora: Actor
) -> None:
    said = makers.post(alice)
    long_ago = Forged(date="Wed, 01 Jan 2020 00:00:00 GMT")
    for place in (said.uri, f"{said.uri}/replies", alice.outbox_url):
        assert far.get(path(place), dora).status == 200
        assert far.get(path(place), dora, forged=long_ago).status == 401
        assert far.get(path(place), dora, forged=Forged(host="other.example")).status == 401
        assert far.get(path(place), forged=Forged(headers={"signature": "nonsense"})).status == 401
    assert far.get(path(alice.uri), dora, forged=long_ago).status == 200, "the same for everybody"


def test_posts_from_elsewhere_are_not_served_as_ours(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    far.post(dora, create(note(dora)))
    assert far.get(f"/posts/{Post.objects.get(author=dora).pk}").status == 404
    assert far.get("/posts/1").status == 404
    assert far.get("/posts/99999999999999999999999").status == 404


def test_a_browser_is_led_to_the_page_if_there_is_one_for_it(far: FarServer, alice: Actor) -> None:
    page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    said, secret = makers.post(alice), makers.post(alice, reach=Reach.SELF)
    response = far.client.get(path(said.uri), headers={"accept": page})
    assert (response.status_code, response["Location"]) == (302, said.url)
    assert far.client.get(path(secret.uri), headers={"accept": page}).status_code == 404
    assert alice.user is not None
    far.client.force_login(alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert far.client.get(path(secret.uri), headers={"accept": page}).status_code == 302
    assert far.get(path(secret.uri)).status == 404, "signed in or not, no document of it leaves"


# --- Collections -------------------------------------------------------------------------------


def pages(far: FarServer, first: object, *, most: int = 10) -> list[object]:
    """The items of all pages."""
    found: list[object] = []
    for _ in range(most):
        page = far.read(str(first))
        items = page.get("orderedItems", page.get("items"))
        assert isinstance(items, list)
        found += items
        first = page.get("next")
        if not first:
            return found
    raise AssertionError("the pages do not end")


def test_an_outbox_holds_what_was_said_and_passed_on_page_by_page(far: FarServer, alice: Actor, bob: Actor) -> None:
    passed_on = makers.post(bob, "Worth hearing.")
    said = [makers.post(alice, f"Number {number}.") for number in range(23)]
    row = boost(alice, post=passed_on)
    makers.post(alice, "Only here.", reach=Reach.HERE)
    outbox = far.read(alice.outbox_url)
    assert (outbox["type"], outbox["totalItems"]) == ("OrderedCollection", 24)
    found = pages(far, outbox["first"])
    assert [each["type"] for each in found if isinstance(each, dict)] == ["Announce", *["Create"] * 23]
    announced, *created = [each for each in found if isinstance(each, dict)]
    assert (announced["id"], announced["object"]) == (row.uri, passed_on.uri)
    assert [each["object"]["id"] for each in created] == [post.uri for post in reversed(said)]


def test_answers_are_listed_page_by_page(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    answers = [makers.answer(bob, said, f"Number {number}.") for number in range(23)]
    makers.follows(alice, dora)
    far.post(dora, create(note(dora, inReplyTo=said.uri)))
    replies = far.read(f"{said.uri}/replies")
    assert replies["type"] == "Collection"
    found = pages(far, replies["first"])
    assert set(map(str, found)) == {*(answer.uri for answer in answers), str(note(dora)["id"])}


def test_numbers_in_addresses_that_are_none_do_no_harm(far: FarServer, alice: Actor) -> None:
    said = makers.post(alice)
    for bad in ("x", "-1", "9" * 30, "\uff11", ""):
        assert far.get(f"{path(said.uri)}/replies?page=true&after={bad}").status == 200
        assert far.get(f"{path(alice.outbox_url)}?page=true&before={bad}").status == 200


@pytest.mark.parametrize("name", ["followers", "following"])
def test_lists_of_people_are_there_but_show_neither_who_nor_how_many(
    far: FarServer, alice: Actor, dora: Actor, name: str
) -> None:
    makers.follows(dora, alice)
    makers.follows(alice, dora)
    for viewer in (None, dora):
        assert far.read(f"{alice.uri}/{name}", viewer) == {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{alice.uri}/{name}",
            "type": "OrderedCollection",
        }


def test_every_document_says_who_it_is_and_is_json(far: FarServer, alice: Actor) -> None:
    said = makers.post(alice)
    for place in (alice.uri, said.uri, alice.outbox_url, f"{said.uri}/replies", alice.featured_url):
        found = far.read(place)
        assert found["id"] == place
        assert "@context" in found
        json.dumps(found)


def test_an_activity_may_be_fetched_while_it_holds_and_was_for_anyone(
    far: FarServer, alice: Actor, bob: Actor, dora: Actor
) -> None:
    makers.follows(dora, alice)
    said = makers.post(alice, SECRET)
    edit_post(alice, post=said, words=Words(f"{SECRET}, again"))
    row = boost(alice, post=makers.post(bob))
    create, update, announce = (Activity.objects.get(kind=kind).uri for kind in ("Create", "Update", "Announce"))
    assert SECRET in json.dumps(far.read(update))
    assert far.read(create)["object"] == {k: v for k, v in far.read(said.uri).items() if k != "@context"}
    Delivery.objects.all().delete()  # all has arrived
    assert far.read(announce)["id"] == announce == row.uri
    unboost(alice, post=row.post)
    withdraw_post(alice, post=said)
    assert [far.get(path(uri)).status for uri in (create, update, announce)] == [404, 404, 404]
    delete = Activity.objects.get(kind="Delete").uri
    assert far.read(delete)["type"] == "Delete"

    for_some = makers.post(alice, SECRET, reach=Reach.FOLLOWERS)
    edit_post(alice, post=for_some, words=Words(f"{SECRET}, for some"))
    uris = Activity.objects.filter(about_uri=for_some.uri, kind="Update").values_list("uri", flat=True)
    assert [far.get(path(uri), dora).status for uri in uris] == [404]


def test_times_are_whole_seconds_in_utc(far: FarServer, alice: Actor) -> None:
    said = makers.post(alice)
    published = str(far.read(said.uri)["published"])
    assert dt.datetime.strptime(published, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC) == said.said_at.replace(
        microsecond=0
    )


def test_open_reaches_are_the_ones_anyone_may_read() -> None:
    assert {reach for reach, who in MAY_READ.items() if "nobody" in who} == set(OPEN)
    assert not list(itertools.chain(*(MAY_READ[reach] for reach in (Reach.SELF, Reach.HERE))))
