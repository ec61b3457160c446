"""What is too long, too deep or too odd for a database is refused or cut where it arrives. Run on both databases."""

import json
import time

import pytest

from speak.federation.documents import Node, parse_post
from speak.identity.actions import change_preferences, refuse_follow
from speak.identity.models import Actor, Follow
from speak.voice.models import Media, Post
from speak.voice.queries import Window, posts_found
from speak.voice.sanitize import plain_text, sanitize
from tests import makers
from tests.federation.far import FarServer, actor_document, create, does, note

pytestmark = pytest.mark.django_db

# As many distinct characters as make an index of PostgreSQL too small for their bytes.
WIDE = "".join(chr(0x4E00 + number) for number in range(2000))


@pytest.fixture
def heard(alice: Actor, dora: Actor) -> Actor:
    """Dora, whom Alice follows."""
    makers.follows(alice, dora)
    return dora


@pytest.mark.parametrize("length", [300, 700, 2000])
@pytest.mark.parametrize("kind", ["Follow", "Like", "Announce", "Delete", "Create", "Block", "Undo"])
def test_an_id_is_taken_or_refused_however_long(
    far: FarServer, alice: Actor, heard: Actor, kind: str, length: int
) -> None:
    long = f"https://far.example/{WIDE[:length]}"
    said = makers.post(alice)
    act = {
        "Follow": does(heard, "Follow", alice.uri),
        "Like": does(heard, "Like", said.uri),
        "Announce": does(heard, "Announce", said.uri),
        "Delete": does(heard, "Delete", f"{long}/note"),
        "Create": create({**note(heard), "id": f"{long}/note", "inReplyTo": long, "url": long}),
        "Block": does(heard, "Block", alice.uri),
        "Undo": does(heard, "Undo", f"{long}/follow"),
    }[kind]
    assert far.post(heard, {**act, "id": long}).status == (202 if length == 300 else 400)


def test_whoever_asks_under_a_long_name_can_be_refused(far: FarServer, alice: Actor, dora: Actor) -> None:
    change_preferences(alice, approves_followers=True, is_listed=False)
    inbox = f"{dora.uri}/{WIDE[:320]}"
    assert far.post(dora, does(dora, "Update", actor_document(dora.uri, "dora", inbox=inbox))).status == 202
    dora.refresh_from_db()
    assert dora.inbox_url == inbox
    assert far.post(dora, {**does(dora, "Follow", alice.uri), "id": f"https://far.example/{WIDE[:330]}"}).status == 202
    assert Follow.objects.filter(target=alice).exists()
    refuse_follow(alice, follower=dora)
    assert not Follow.objects.filter(target=alice).exists()


def test_addresses_of_an_actor_that_are_too_long_are_left_out(far: FarServer, dora: Actor) -> None:
    long = f"{dora.uri}/{WIDE}"
    changed = actor_document(dora.uri, "dora", followers=long, outbox=long, endpoints={"sharedInbox": long}, icon=long)
    assert far.post(dora, does(dora, "Update", changed)).status == 202
    dora.refresh_from_db()
    assert (dora.followers_url, dora.outbox_url, dora.shared_inbox_url, dora.picture_url) == ("", "", "", "")


@pytest.mark.parametrize("odd", ["\0", "İ", "😀", "\u202e", "\ufffe"])
def test_words_of_any_length_and_kind_are_cut_and_kept(far: FarServer, heard: Actor, odd: str) -> None:
    words = odd * 5000
    attached = {"type": "Document", "mediaType": f"image/{words}", "url": "https://far.example/1.png", "name": words}
    said = note(
        heard,
        type="Article",
        name=words,
        summary=words,
        content=f"<p>{words}</p>",
        contentMap={"de": f"<p>{words}</p>"},
        tag=[{"type": "Hashtag", "name": f"#{words}"}, {"type": "Hashtag", "name": f"#x{odd}"}],
        attachment=[attached, {**attached, "mediaType": "image/png"}],
    )
    assert far.post(heard, create(said)).status == 202
    profile = actor_document(
        heard.uri,
        "dora",
        name=words,
        summary=words,
        icon={"type": "Image", "url": "https://far.example/1.png", "name": words},
        attachment=[{"type": "PropertyValue", "name": words, "value": words}],
    )
    assert far.post(heard, does(heard, "Update", profile)).status == 202
    assert Post.objects.get(author=heard).media.count() == 2
    assert set(Media.objects.values_list("media_type", flat=True)) <= {"image/png", "image/*"}


@pytest.mark.parametrize(
    "unit", ["<div>", "<blockquote>", "<ul><li>", "<a><b>", "<b><p>", "&", "&lt;", "<", "<br", '<a href="', "<p x='"]
)
def test_no_markup_costs_more_than_a_moment(unit: str) -> None:
    raw = unit * (200_000 // len(unit))
    began = time.process_time()
    plain_text(sanitize(raw))
    author = "https://far.example/people/dora"
    pictures = [{"type": "Image", "url": "https://far.example/1.png", "name": raw}] * 16
    said = {"id": "https://far.example/1", "type": "Article", "attributedTo": author, "attachment": pictures}
    parse_post(Node({**said, "content": raw, "name": raw, "summary": raw}))
    assert time.process_time() - began < 3


def test_what_has_too_much_markup_is_shown_as_its_words() -> None:
    html = sanitize("<div>" * 10_000 + "Bread & <b>butter</b> &lt;script&gt;")
    assert html == "<p>Bread &amp; butter &lt;script&gt;</p>"


@pytest.mark.parametrize("unit", ["\U00020000-", "http://a.example/\U00020000/", "a.b@c.example ", "\U00020000 "])
def test_whatever_can_be_said_can_be_found(far: FarServer, alice: Actor, heard: Actor, unit: str) -> None:
    words = "".join(f"{unit}{chr(0x20000 + number % 40000)}" for number in range(200_000 // (len(unit) + 1)))
    body = json.dumps(create(note(heard, content=f"<p>needle {words}</p>")), ensure_ascii=False).encode()
    assert far.post(heard, body).status == 202
    assert [post.author for post in posts_found(alice, "needle", Window())] == [heard]


@pytest.mark.parametrize("odd", ["_", "²", "ª_1", "1e5", "0x1f", "১", "a_b c_d", "ß", "İ", "́a", "not", "𐐷", "-1"])
def test_no_word_that_is_looked_for_is_a_fault(alice: Actor, odd: str) -> None:
    said = makers.post(alice, f"We said {odd} here.")
    found = posts_found(alice, f"said {odd}", Window())
    assert found in ([], [said])
