"""3.1 to 3.3: saying something new."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.clients.micropub.creating import Asked, create
from speak.clients.micropub.entries import Entry, Photo
from speak.federation.models import OwedMention
from speak.identity.models import Actor
from speak.kernel.errors import Invalid
from speak.kernel.outbound import AddressRefused, Answer, TooBig
from speak.voice.actions import say_draft
from speak.voice.models import Boost, Draft, Like, Post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.makers import follows, person, picture, post, room

from .editor import Editor, a_file, editor_of, error_in

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def editor(alice: Actor) -> Editor:
    return editor_of(alice)


def test_3_3_a_form_becomes_a_post(editor: Editor, alice: Actor) -> None:
    said = editor.made(editor.form(h="entry", content="Good morning, héllo ☃."))
    assert (said.author, said.source) == (alice, "Good morning, héllo ☃.")


def test_3_3_h_entry_is_the_default_and_nothing_else_is_said(editor: Editor) -> None:
    assert editor.made(editor.form(content="Without h.")).source == "Without h."
    assert error_in(editor.form(h="event", name="A party")) == (400, "invalid_request")
    assert error_in(editor.json({"type": ["h-event"], "properties": {}})) == (400, "invalid_request")


def test_3_1_1_several_values_come_with_brackets(editor: Editor) -> None:
    said = editor.made(editor.form(h="entry", content="Look.", category__=["cats", "tea time"]))
    assert said.source == "Look.\n\n#cats #teatime"
    assert sorted(tag.name for tag in said.tags.all()) == ["cats", "teatime"]
    one = editor.made(editor.form(h="entry", content="Look again.", category="dogs"))
    assert [tag.name for tag in one.tags.all()] == ["dogs"]


def test_a_category_that_stands_in_the_words_is_not_said_twice(editor: Editor) -> None:
    assert editor.made(editor.form(content="My #cats.", category__=["Cats", "https://far.example/", "42"])).source == (
        "My #cats."
    )


def test_3_3_2_json_becomes_a_post(editor: Editor) -> None:
    said = editor.made(editor.entry(content=["Good morning."], category=["a", "b"]))
    assert said.source == "Good morning.\n\n#a #b"


def test_3_3_2_html_becomes_words(editor: Editor) -> None:
    html = '<p>One <b>two</b></p><p><a href="https://far.example/">three</a></p><script>alert(1)</script>'
    said = editor.made(editor.entry(content=[{"html": html}]))
    assert said.source == "One two\nthree (https://far.example/)"
    assert "<script" not in said.html


def test_3_3_3_an_object_within_stands_for_its_address(editor: Editor, alice: Actor) -> None:
    target = post(alice)
    cite = {"type": ["h-cite"], "properties": {"url": [target.url], "name": ["x"]}}
    assert editor.made(editor.entry(content=["I see."], in_reply_to=[cite])).in_reply_to == target


def test_3_3_4_what_nobody_knows_here_is_let_be(editor: Editor) -> None:
    said = editor.made(
        editor.entry(
            content=["Hello."], syndication=[{"type": ["h-card"]}], mood=[{"x": [1]}], location=["geo:1,2"], x=[None]
        )
    )
    assert said.source == "Hello."


def test_3_2_reserved_properties_and_commands_are_not_said(editor: Editor) -> None:
    said = editor.made(
        Editor().form(access_token=editor.token, content="Hello.", mp_slug="my-slug", mp_syndicate_to__=["x"])
    )
    assert said.source == "Hello."
    assert editor.token not in str(vars(said))
    assert "my-slug" not in said.url


def test_a_name_makes_an_article(editor: Editor) -> None:
    said = editor.made(editor.form(h="entry", name="On boats", content="Long **words**."))
    assert (said.kind, said.title) == ("Article", "On boats")
    assert "<strong>words</strong>" in said.html
    note = editor.made(editor.form(h="entry", name="Short.", content="Short."))
    assert note.kind == "Note"


def test_3_3_1_a_picture_comes_along_in_a_form_of_several_parts(editor: Editor) -> None:
    said = editor.made(editor.form(h="entry", content="Look.", photo=a_file(), mp_photo_alt="A sunset"))
    (media,) = said.media.all()
    assert media.description == "A sunset"
    several = editor.made(editor.form(content="Look.", photo__=[a_file(), a_file()]))
    assert several.media.count() == 2


def test_3_3_2_a_picture_by_its_address_with_words_for_it(editor: Editor) -> None:
    added = editor.form("/micropub/media", file=a_file())["Location"]
    said = editor.made(editor.entry(content=["Look."], photo=[{"value": added, "alt": "A sunset"}]))
    (media,) = said.media.all()
    assert media.description == "A sunset"


def test_a_picture_elsewhere_is_fetched_through_the_one_door(alice: Actor, bob: Actor) -> None:
    url = "https://far.example/a.png"
    outbound = FakeOutbound({url: Answer(200, picture())})
    entry = Entry(content="Look.", photos=(Photo(url),))
    said = Post.objects.get(url=create(Asked(alice, outbound.ask), entry))
    assert said.media.count() == 1
    for answer in (AddressRefused("private"), TooBig("endless"), Answer(404), Answer(200, b"<script>"), Answer(200)):
        outbound.answers[url] = answer
        with pytest.raises(Invalid):
            create(Asked(alice, outbound.ask), entry)
    assert Post.objects.count() == 1


def test_files_that_are_no_pictures_are_refused(editor: Editor) -> None:
    assert error_in(editor.form(content="Look.", video=a_file("a.mp4"))) == (400, "invalid_request")
    assert error_in(editor.entry(content=["x"], photo=["javascript:alert(1)"])) == (400, "invalid_request")
    assert not Post.objects.exists()


def test_an_empty_field_for_a_picture_is_none(editor: Editor) -> None:
    assert not editor.made(editor.form(content="Words.", photo="")).media.exists()


def test_films_and_sounds_elsewhere_are_linked(editor: Editor) -> None:
    said = editor.made(editor.entry(content=["Hear."], audio=["https://far.example/a.mp3"]))
    assert 'href="https://far.example/a.mp3"' in said.html


def test_3_3_5_the_answer_must_be_201_or_202_with_the_address(editor: Editor, browser_of: Browser) -> None:
    got = editor.form(h="entry", content="Hello.", visibility="public")
    assert got.status_code == 201
    assert got.content == b""
    path = got["Location"].removeprefix("https://home.example")
    assert browser_of(None).get(path).status_code == 200


def test_the_same_key_says_it_once(editor: Editor) -> None:
    headers = {**editor.headers, "Idempotency-Key": "one"}
    made = {editor.client.post("/micropub", {"content": "Once."}, headers=headers)["Location"] for _ in range(3)}
    assert len(made) == 1


# --- Who can read it ---


@pytest.mark.parametrize(
    ("asked", "reach"),
    [("public", Reach.PUBLIC), ("unlisted", Reach.QUIET), ("private", Reach.SELF), ("PUBLIC", Reach.PUBLIC)],
)
def test_visibility_is_as_asked(editor: Editor, bob: Actor, asked: str, reach: Reach) -> None:
    assert editor.made(editor.form(content="Hello.", visibility=asked)).reach == reach


def test_a_visibility_nobody_knows_says_nothing(editor: Editor) -> None:
    assert error_in(editor.form(content="Hello.", visibility="friends")) == (400, "invalid_request")
    assert not Post.objects.exists()


def test_without_a_visibility_it_is_what_the_page_preselects(editor: Editor, alice: Actor, browser_of: Browser) -> None:
    assert editor.made(editor.form(content="Alone.")).reach == Reach.FOLLOWERS
    bob = editor_of(person("bob"))
    assert bob.made(bob.form(content="Among others.")).reach == Reach.HERE
    assert 'value="30" selected' in browser_of(alice).get("/compose").content.decode()


def test_an_answer_never_reaches_further_than_what_it_answers(editor: Editor, alice: Actor, bob: Actor) -> None:
    follows(alice, bob)
    where = room(bob, alice)
    for target in (
        post(bob, reach=Reach.FOLLOWERS),
        post(bob, reach=Reach.HERE),
        post(bob, reach=Reach.NAMED, to=(alice,)),
    ):
        for visibility in ("", "public", "unlisted"):
            said = editor.made(editor.form(content="I see.", in_reply_to=target.url, visibility=visibility))
            assert said.in_reply_to == target
            assert said.reach == target.reach
    assert where.pk
    assert editor.made(editor.form(content="x", in_reply_to=post(bob).url)).reach == Reach.QUIET


# --- Answers and the like ---


def test_a_page_of_another_site_is_answered_and_told(editor: Editor) -> None:
    said = editor.made(editor.form(content="I see.", in_reply_to="https://site.example/post"))
    assert (said.in_reply_to_uri, said.in_reply_to, said.reach) == ("https://site.example/post", None, Reach.QUIET)
    assert OwedMention.objects.get().target_url == "https://site.example/post"


@pytest.mark.parametrize("target", ["nonsense", "javascript:alert(1)", "https://home.example/@nobody/1", "mailto:a@b"])
def test_what_is_not_there_is_not_answered(editor: Editor, target: str) -> None:
    assert error_in(editor.form(content="I see.", in_reply_to=target)) == (400, "invalid_request")


def test_what_one_may_not_read_is_not_answered(editor: Editor, bob: Actor) -> None:
    hidden = post(bob, reach=Reach.SELF)
    for name in ("in_reply_to", "like_of", "repost_of"):
        assert error_in(editor.form(content="x", **{name: hidden.url})) == (400, "invalid_request")
    assert not Like.objects.exists()


def test_thanks_and_passing_on(editor: Editor, alice: Actor, bob: Actor) -> None:
    target = post(bob)
    assert editor.form(h="entry", like_of=target.url)["Location"] == target.url
    assert editor.form(h="entry", repost_of=target.url).status_code == 201
    assert Like.objects.get().actor == alice
    assert Boost.objects.get().actor == alice
    narrow = post(bob, reach=Reach.HERE)
    assert editor.form(h="entry", repost_of=narrow.url).status_code in {400, 403}
    assert Boost.objects.count() == 1


def test_a_bookmark_is_a_post_with_the_link(editor: Editor) -> None:
    said = editor.made(editor.form(name="A page", bookmark_of="https://site.example/"))
    assert 'href="https://site.example/"' in said.html


def test_a_draft_is_put_aside_and_its_address_leads_to_it(editor: Editor, alice: Actor, browser_of: Browser) -> None:
    got = editor.form(content="Not yet.", post_status="draft")
    assert got.status_code == 201
    assert Draft.objects.get().author == alice
    assert not Post.objects.exists()
    page = browser_of(alice).get(got["Location"].removeprefix("https://home.example"))
    assert b"Not yet." in page.content
    assert error_in(editor.form(content="x", post_status="private")) == (400, "invalid_request")


def test_a_draft_of_an_answer_to_another_site_still_answers_it_when_it_is_said(editor: Editor, alice: Actor) -> None:
    editor.form(content="Not yet.", post_status="draft", in_reply_to="https://site.example/post")
    assert say_draft(alice, draft=Draft.objects.get()).in_reply_to_uri == "https://site.example/post"


def test_a_token_for_drafts_says_nothing(alice: Actor) -> None:
    drafter = editor_of(alice, "draft")
    assert drafter.form(content="Not yet.").status_code == 201
    assert not Post.objects.exists()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("act", ["like_of", "repost_of"])
def test_without_words_nothing_is_put_aside_and_nothing_is_done_by_who_may_only_put_aside(
    alice: Actor, bob: Actor, act: str
) -> None:
    theirs = post(bob)
    for more in ({}, {"content": "So true."}, {"post_status": "draft"}):
        got = editor_of(alice, "draft").form(**{act: theirs.url}, **more)
        assert error_in(got) == (403, "insufficient_scope")
    assert error_in(editor_of(alice).form(**{act: theirs.url}, post_status="draft")) == (400, "invalid_request")
    assert not any(model.objects.exists() for model in (Like, Boost, Draft))


def test_an_app_thanks_with_the_scope_for_it_and_passes_on_with_the_one_for_saying(alice: Actor, bob: Actor) -> None:
    theirs = post(bob)
    speaker = editor_of(alice, "write:statuses")
    assert error_in(speaker.form(like_of=theirs.url)) == (403, "insufficient_scope")
    assert not Like.objects.exists()
    assert speaker.form(repost_of=theirs.url).status_code == 201
    assert editor_of(alice, "write:statuses", "write:favourites").form(like_of=theirs.url).status_code == 201
    assert Like.objects.exists()
    assert Boost.objects.exists()


@pytest.mark.parametrize("scope", ["draft", "create"])
def test_what_a_picture_shows_that_stands_in_a_post_is_said_by_changing_the_post(alice: Actor, scope: str) -> None:
    shown = editor_of(alice).form("/micropub/media", file=a_file())["Location"]
    said = editor_of(alice).made(editor_of(alice).entry(content=["Look."], photo=[{"value": shown, "alt": "A cat"}]))
    told = editor_of(alice, scope).entry(content=["Look."], photo=[{"value": shown, "alt": "A dog"}])
    assert error_in(told) == (400, "invalid_request")
    assert [media.description for media in said.media.all()] == ["A cat"]
    changed = {"photo": [{"value": shown, "alt": "A sleeping cat"}]}
    assert editor_of(alice).act("update", said, replace=changed).status_code == 204
    assert [media.description for media in said.media.all()] == ["A sleeping cat"]
