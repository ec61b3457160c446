"""What a person shows of themselves."""

import io

import pytest
from PIL import Image

from speak.identity import actions, queries
from speak.identity.actions import ProfileWords
from speak.identity.errors import TooLong
from speak.identity.models import Actor, Link
from speak.kernel import blobs, clock
from speak.kernel.errors import Invalid, NotFound, TooMuch


def picture(side: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, "PNG")
    return out.getvalue()


def test_words_are_kept_without_the_spaces_around_them(alice: Actor) -> None:
    actions.write_profile(alice, words=ProfileWords(" Alice A. ", " Building a boat "))
    alice.refresh_from_db()
    assert (alice.name, alice.aim) == ("Alice A.", "Building a boat")


def test_a_face_is_kept_small(alice: Actor) -> None:
    actions.set_picture(alice, data=picture(2000), description=" Alice, laughing ")
    first = alice.picture
    with Image.open(blobs.path_of(first)) as kept:
        assert kept.size == (800, 800)
    assert alice.picture_url == f"https://home.example/media/{first}"
    actions.set_picture(alice, data=b"", description="Alice")
    assert (alice.picture, alice.picture_description) == (first, "Alice")


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_replaced_or_taken_down_is_thrown_away() -> None:
    alice = actions.make_person("alice", name="Alice", password="")
    actions.set_picture(alice, data=picture())
    first = alice.picture
    actions.set_picture(alice, data=picture())
    second = alice.picture
    assert not blobs.path_of(first).exists()
    actions.take_picture_down(alice)
    alice.refresh_from_db()
    assert (alice.picture, alice.picture_url) == ("", "")
    assert not blobs.path_of(second).exists()


def test_a_banner_comes_and_goes(alice: Actor) -> None:
    actions.set_banner(alice, data=picture())
    assert alice.banner_url
    actions.take_banner_down(alice)
    assert (alice.banner, alice.banner_url) == ("", "")


def test_what_is_no_picture_is_refused(alice: Actor) -> None:
    with pytest.raises(Invalid):
        actions.set_picture(alice, data=b"<svg onload='alert(1)'/>")
    assert alice.picture == ""


def test_a_shelf_holds_twelve_things_in_the_order_they_came(alice: Actor, bob: Actor) -> None:
    for number in range(12):
        actions.put_on_shelf(alice, title=f"Thing {number}", data=picture() if number == 0 else b"")
    with pytest.raises(TooMuch):
        actions.put_on_shelf(alice, title="One too many")
    first = alice.shelf.all()[0]
    with pytest.raises(NotFound):
        actions.take_off_shelf(bob, shelf_id=first.pk)
    actions.take_off_shelf(alice, shelf_id=first.pk)
    assert [thing.title for thing in alice.shelf.all()] == [f"Thing {number}" for number in range(1, 12)]


def test_a_thing_needs_a_name(alice: Actor) -> None:
    with pytest.raises(Invalid):
        actions.put_on_shelf(alice, title="  ")


def test_links_are_replaced_and_those_that_stay_keep_their_verification(alice: Actor) -> None:
    actions.replace_links(alice, links=[("Blog", "https://alice.example/"), ("", "https://work.example/alice")])
    Link.objects.filter(url="https://alice.example/").update(verified_at=clock.now())
    actions.replace_links(alice, links=[("My blog", "https://alice.example/"), ("Code", "http://code.example")])
    assert [(link.label, link.verified_at is not None) for link in alice.links.all()] == [
        ("My blog", True),
        ("Code", False),
    ]


@pytest.mark.parametrize(
    "words", ["javascript:alert(1)", "data:text/html,x", "https://", "toasty.", "http://[x", "https://a@b.example/"]
)
def test_what_is_no_address_on_the_web_is_words_and_leads_nowhere(alice: Actor, words: str) -> None:
    actions.replace_links(alice, links=[("x", words)])
    (link,) = alice.links.all()
    assert (link.words, link.url, link.due_at) == (words, "", None)
    actions.replace_links(alice, links=[("y", words)])
    assert [(again.pk, again.label) for again in alice.links.all()] == [(link.pk, "y")]
    with pytest.raises(NotFound):
        actions.look_at_link(alice, link_id=link.pk)


def test_a_link_says_something(alice: Actor) -> None:
    with pytest.raises(Invalid):
        actions.replace_links(alice, links=[("x", " ")])
    with pytest.raises(TooLong):
        actions.replace_links(alice, links=[("x", "a" * 256)])
    assert not alice.links.exists()


def test_what_is_too_long_is_refused(alice: Actor) -> None:
    with pytest.raises(TooLong):
        actions.write_profile(alice, words=ProfileWords("Alice", "a" * 501))
    with pytest.raises(TooLong):
        actions.put_on_shelf(alice, title="a" * 101)
    with pytest.raises(TooMuch):
        actions.replace_links(alice, links=[("x", f"https://{n}.example") for n in range(11)])


def test_strangers_see_only_those_who_chose_to_be_seen(alice: Actor, bob: Actor, carol: Actor) -> None:
    actions.change_preferences(alice, approves_followers=False, is_listed=True)
    actions.change_preferences(bob, approves_followers=False, is_listed=True)
    actions.block(bob, blocked=carol)
    assert list(queries.people_seen(None)) == [alice, bob]
    assert list(queries.people_seen(carol)) == [alice]


def test_a_language_is_chosen_for_oneself_only(alice: Actor, bob: Actor) -> None:
    actions.choose_language(alice, language="de")
    assert alice.user is not None
    assert bob.user is not None
    alice.user.refresh_from_db()
    bob.user.refresh_from_db()
    assert (alice.user.language, bob.user.language) == ("de", "en")


def test_an_aim_keeps_its_lines_however_a_form_sends_them(alice: Actor) -> None:
    actions.write_profile(alice, words=ProfileWords("Alice", "a\r\n" * 250))
    assert alice.aim == "\n".join("a" * 250)
