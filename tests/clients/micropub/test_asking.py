"""3.6 to 3.8 and 5: the media endpoint, queries, errors, tokens."""

from collections.abc import Callable
from typing import Any

import mf2py
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from speak.clients.tokens import make_token
from speak.identity.models import Actor
from speak.voice.models import Media, Post
from speak.voice.reach import Reach
from tests.clients.indieauth.flow import token_for
from tests.makers import answer, follows, person, post

from .editor import ALL, Editor, a_file, editor_of, error_in

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def editor(alice: Actor) -> Editor:
    return editor_of(alice)


def test_5_3_the_endpoint_is_named_on_ones_page(alice: Actor, browser_of: Browser) -> None:
    got = browser_of(None).get("/@alice")
    assert '<https://home.example/micropub>; rel="micropub"' in got["Link"]
    rels = mf2py.parse(doc=got.content.decode(), url=alice.url)["rels"]
    assert rels["micropub"] == ["https://home.example/micropub"]


def test_a_token_that_indieauth_gave_speaks(alice: Actor, browser_of: Browser) -> None:
    editor = Editor(token_for(browser_of(alice), "create"))
    assert editor.made(editor.form(content="Hello.")).author == alice


def test_3_6_3_the_media_endpoint_takes_a_part_called_file(editor: Editor, browser_of: Browser, alice: Actor) -> None:
    got = editor.form("/micropub/media", file=a_file())
    assert got.status_code == 201, "3.6.4"
    path = got["Location"].removeprefix("https://home.example")
    seen = browser_of(alice).get(path)
    assert seen["Content-Type"] == "image/webp"
    assert browser_of(None).get(path).status_code == 404, "what stands in no post yet is one's own"


def test_3_6_1_the_media_endpoint_is_named_by_q_config(editor: Editor) -> None:
    assert editor.ask("config")["media-endpoint"] == "https://home.example/micropub/media"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"photo": a_file()},
        {"file": "words"},
        {"file": SimpleUploadedFile("a.html", b"<script>alert(1)</script>", content_type="image/png")},
    ],
)
def test_3_6_what_is_no_picture_is_refused(editor: Editor, given: dict[str, Any]) -> None:
    assert error_in(editor.form("/micropub/media", **given)) == (400, "invalid_request")
    assert not Media.objects.exists()


def test_3_7_1_q_config_says_what_can_be_done(editor: Editor) -> None:
    got = editor.ask("config")
    assert got["syndicate-to"] == []
    assert {"note", "article", "photo", "reply", "like", "repost"} <= {kind["type"] for kind in got["post-types"]}
    assert got["visibility"] == ["public", "unlisted", "private"]
    assert set(got["q"]) >= {"config", "source", "syndicate-to", "category", "contact"}


def test_3_7_2_q_source_is_the_post_as_it_was_typed(editor: Editor, alice: Actor) -> None:
    begun = post(alice)
    said = answer(alice, begun, "Some *words*.\n\n#cats")
    got = editor.ask("source", url=said.url)
    assert got["type"] == ["h-entry"]
    properties = got["properties"]
    assert properties["content"] == ["Some *words*."]
    assert properties["category"] == ["cats"]
    assert properties["in-reply-to"] == [begun.url]
    assert properties["url"] == [said.url]
    assert properties["visibility"] == ["public"]
    assert properties["published"] == [said.said_at.isoformat()]


def test_3_7_2_only_the_properties_that_are_asked_for(editor: Editor, alice: Actor) -> None:
    said = post(alice, "Words.\n\n#cats")
    got = editor.ask("source", url=said.url, **{"properties[]": ["content", "category", "mood"]})
    assert got == {"properties": {"content": ["Words."], "category": ["cats"]}}
    assert editor.ask("source", url=said.url, properties="content") == {"properties": {"content": ["Words."]}}


def test_3_7_2_what_comes_out_goes_in_again_unchanged(editor: Editor, alice: Actor) -> None:
    said = post(alice, "Words #here.\n\n#cats #tea")
    properties = editor.ask("source", url=said.url)["properties"]
    editor.act("update", said, replace={name: properties[name] for name in ("content", "category")})
    assert Post.objects.get(pk=said.pk).source == "Words #here.\n\n#cats #tea"


def test_3_7_2_the_source_of_others_is_theirs(editor: Editor, bob: Actor) -> None:
    theirs, hidden = post(bob), post(bob, reach=Reach.SELF)
    for said, expected in ((theirs, (403, "forbidden")), (hidden, (400, "invalid_request"))):
        got = editor.client.get("/micropub", {"q": "source", "url": said.url}, headers=editor.headers)
        assert error_in(got) == expected


def test_ones_newest_posts(editor: Editor, alice: Actor, bob: Actor) -> None:
    said = [post(alice, f"Number {number}").url for number in range(3)]
    post(bob)
    assert [item["properties"]["url"][0] for item in editor.ask("source")["items"]] == said[::-1]
    assert len(editor.ask("source", limit=2)["items"]) == 2


def test_3_7_3_there_is_nowhere_else_to_say_it(editor: Editor) -> None:
    assert editor.ask("syndicate-to") == {"syndicate-to": []}


def test_categories_and_contacts(alice: Actor, bob: Actor, carol: Actor) -> None:
    post(alice, "#cats and #tea")
    post(bob, "#dogs")
    post(alice, "To myself. #secret", reach=Reach.SELF)
    follows(alice, bob)
    editor = editor_of(alice, "create", "read:follows")
    assert editor.ask("category") == {"categories": ["cats", "tea"]}
    assert editor.ask("category", filter="ca") == {"categories": ["cats"]}
    assert editor.ask("contact")["contacts"] == [
        {"name": "Bob", "nickname": "@bob@home.example", "url": "https://home.example/@bob"}
    ]
    assert editor.ask("contact", filter="nobody") == {"contacts": []}


@pytest.mark.parametrize("query", ["", "nonsense"])
def test_3_7_what_cannot_be_asked_is_said(editor: Editor, query: str) -> None:
    got = editor.client.get("/micropub", {"q": query}, headers=editor.headers)
    assert error_in(got) == (400, "invalid_request")


# --- Tokens and errors ---


def test_2_1_3_the_token_is_taken_from_the_header_and_from_a_form(editor: Editor) -> None:
    assert editor.form(content="By the header.").status_code == 201
    assert Editor().form(access_token=editor.token, content="By the form.").status_code == 201


def test_a_token_shown_twice_or_in_an_address_is_none(editor: Editor) -> None:
    assert error_in(editor.form(access_token=editor.token, content="x")) == (400, "invalid_request")
    got = Client().get("/micropub", {"q": "config", "access_token": editor.token})
    assert error_in(got) == (401, "unauthorized")
    assert not Post.objects.exists()


def test_3_8_without_a_token_401(db: None) -> None:
    for token in ("", "nonsense"):
        editor = Editor(token)
        for got in (editor.form(content="x"), editor.form("/micropub/media", file=a_file()), editor.act("delete", "x")):
            assert error_in(got) == (401, "unauthorized")
            assert got["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scopes", [["profile"], ["read"], ["media"], ["update"], ["delete"]])
def test_3_8_without_the_scope_403(alice: Actor, scopes: list[str]) -> None:
    said = post(alice)
    assert alice.user is not None
    editor = Editor(make_token(alice.user, scopes=scopes))
    tried = {
        "create": editor.form(content="x"),
        "update": editor.act("update", said, replace={"content": ["x"]}),
        "delete": editor.act("delete", said),
        "undelete": editor.act("undelete", said),
        "media": editor.form("/micropub/media", file=a_file()),
    }
    for needed, got in tried.items():
        if needed not in scopes:
            assert error_in(got) == (403, "insufficient_scope"), needed
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "opened_by"),
    [
        ("source", {"update", "read:statuses", "read"}),
        ("contact", {"read:follows", "follow", "read"}),
        ("config", {"create", "draft", "update", "delete", "undelete", "media", "write:statuses", "write"}),
    ],
)
def test_promise_16_whoever_may_speak_may_not_read_for_that(alice: Actor, query: str, opened_by: set[str]) -> None:
    said = post(alice, "For me alone.", reach=Reach.SELF)
    follows(alice, person("erin"))
    every = {*ALL, "draft", "write", "write:statuses", "write:media", "read", "read:statuses", "read:follows", "follow"}
    for scope in every:
        editor = editor_of(alice, scope)
        for given in ({}, {"url": said.url}):
            got = editor.client.get("/micropub", {"q": query, **given}, headers=editor.headers)
            if scope in opened_by:
                assert got.status_code == 200, scope
            else:
                assert error_in(got) == (403, "insufficient_scope"), scope


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"[" * 50_000, b'{"type":"h-entry"}', b'{"properties":[]}', b'{"action":[1]}', b"\xff"],
)
def test_3_8_what_is_no_request_is_400(editor: Editor, body: bytes) -> None:
    assert error_in(editor.json(body)) == (400, "invalid_request")
    assert not Post.objects.exists()


def test_3_8_an_empty_entry_is_400(editor: Editor) -> None:
    assert error_in(editor.form(h="entry")) == (400, "invalid_request")
    assert error_in(editor.form(h="entry", content="x" * 6_000)) == (400, "invalid_request")


def test_an_editor_on_another_page_may_ask(editor: Editor) -> None:
    got = Client().options(
        "/micropub", headers={"Origin": "https://editor.example", "Access-Control-Request-Method": "POST"}
    )
    assert got["Access-Control-Allow-Origin"] == "*"
