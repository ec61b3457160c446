"""Odd addresses, long forms and large bodies are answered in words; private pages are kept by nobody else."""

import io
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client, override_settings

from speak.identity import queries
from speak.identity.actions import block, rename_handle
from speak.identity.errors import HandleTaken
from speak.identity.models import Actor
from speak.voice.models import Media
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.web.reading import latest, say

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
HUGE = "9" * 30


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%00", "/search?q=a%00b", "/search?q=%ff%fe", "/tags/%00", "/tags/a%00b", "/@alice%00", "/@%00/1",
        "/media/%00", "/join/%00", "/compose?words=%00&to=%00", "/compose?answers=%00", "/compose?draft=" + HUGE,
        "/?before=" + HUGE, "/notifications?after=" + HUGE, "/settings/followers?page=" + HUGE,
        "/said/" + HUGE + "/edit", "/actors/" + HUGE, "/posts/" + HUGE, "/activities/" + HUGE,
        "/actors/" + HUGE + "/outbox?page=true&before=" + HUGE, "/posts/" + HUGE + "/replies",
        "/.well-known/webfinger?resource=%00", "/.well-known/webfinger?resource=https://home.example/%00",
        "/.well-known/webfinger?resource=acct:a%00@home.example", "/@alice/" + "9" * 18, "/@alice/feed.atom",
    ],
)  # fmt: skip
def test_no_address_is_a_fault_of_ours(alice: Actor, browser_of: Browser, path: str) -> None:
    for viewer in (None, alice):
        assert browser_of(viewer).get(path).status_code < 500


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/compose", {"words": "a\0b", "audience": "60", "do": "say"}),
        ("/compose", {"words": "hello", "title": "x" * 400, "audience": "60", "do": "keep"}),
        ("/compose", {"words": "hello", "named": "@\0", "audience": "10", "kept_ids": "\0", "draft": "\0"}),
        ("/compose", {"words": "hello", "audience": "60", "in_reply_to": HUGE, "draft": HUGE, "kept_ids": HUGE}),
        ("/settings/shelf/" + HUGE + "/remove", {}),
        ("/follow", {"address": "\0", "act": "follow"}),
        ("/said/" + HUGE + "/act", {"act": "like"}),
        ("/drafts/" + HUGE, {"do": "say"}),
        ("/account/login/", {"login": "a\0b", "password": "\0"}),
    ],
)
def test_no_form_is_a_fault_of_ours(alice: Actor, browser_of: Browser, path: str, form: dict[str, str]) -> None:
    assert browser_of(alice).post(path, form).status_code < 500


def test_what_a_picture_shows_may_be_written_oddly(alice: Actor, browser_of: Browser) -> None:
    shown = io.BytesIO(makers.picture())
    shown.name = "a\0.png"
    assert say(browser_of(alice), "Look.", picture_0=shown, description_0="a\0" * 1000).status_code == 302
    assert Media.objects.get().description == "a" * 1000


def test_a_body_larger_than_any_form_is_not_read(browser_of: Browser) -> None:
    response = browser_of(None).post("/join", {"name": "x"}, CONTENT_LENGTH=str(500 * 1024 * 1024))
    assert response.status_code == 413


def test_four_pictures_of_sixteen_megabytes_are_read(alice: Actor, browser_of: Browser) -> None:
    pictures = {f"picture_{number}": io.BytesIO(b"x" * (16 * 1024 * 1024)) for number in range(4)}
    for number, picture in enumerate(pictures.values()):
        picture.name = f"{number}.png"
    assert say(browser_of(alice), "Look.", **pictures).status_code == 422


# --- What caches keep ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/@alice", "/notifications", "/drafts", "/compose", "/settings", "/search?q=a"])
def test_a_page_is_kept_by_nobody_between(alice: Actor, browser_of: Browser, path: str) -> None:
    response = browser_of(alice).get(path)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]


def test_a_private_post_is_kept_by_nobody_between(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    said = makers.post(alice, reach=Reach.NAMED, to=(bob,))
    for path in (said.path, f"{said.path}/earlier"):
        assert browser_of(bob).get(path)["Cache-Control"] == "private, no-cache"
    assert "private" in browser_of(None).get(said.path)["Cache-Control"]


def test_files_and_documents_say_themselves_how_long_they_are_kept(alice: Actor, browser_of: Browser) -> None:
    response = browser_of(None).get(alice.uri, headers={"accept": "application/activity+json"})
    assert response["Cache-Control"] == "public, max-age=60"


def test_who_came_over_tls_comes_over_tls(browser_of: Browser) -> None:
    assert browser_of(None).get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


# --- Two at once, and names that are not ours --------------------------------------------------


def test_a_handle_taken_at_the_same_moment_is_refused_in_words(
    alice: Actor, bob: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "actor_at", lambda _address: None)  # as it was a moment ago
    with pytest.raises(HandleTaken):
        makers.person("alice")
    with pytest.raises(HandleTaken):
        rename_handle(bob, handle="alice")


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_mail_leads_home_whatever_the_request_called_this_place(alice: Actor, browser_of: Browser) -> None:
    assert alice.user is not None
    alice.user.email = "alice@mail.example"
    alice.user.save()
    browser_of(None).post("/account/password/reset/", {"email": "alice@mail.example"}, headers={"host": "localhost"})
    addresses = re.findall(r"https?://[^/\s]+", str(mail.outbox[0].body))
    assert set(addresses) == {"https://home.example"}


# --- Whose audience it is ----------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["thread", str(Reach.HERE.value)])
@pytest.mark.parametrize("reach", [Reach.HERE, Reach.NAMED])
def test_whom_the_first_author_blocks_reads_no_answer_in_their_audience(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser, reach: Reach, audience: str
) -> None:
    said = makers.post(alice, reach=reach, to=(bob, carol) if reach == Reach.NAMED else ())
    assert readable_by(carol).filter(pk=said.pk).exists()
    answer = {"audience": audience, "in_reply_to": str(said.pk)}
    status = say(browser_of(bob), "I see.", **answer).status_code
    if reach == Reach.NAMED and audience != "thread":
        assert status == 422
        return
    assert (status, latest().author) == (302, bob)
    assert readable_by(carol).filter(pk=latest().pk).exists()
    block(alice, blocked=carol)
    assert not readable_by(carol).filter(pk=latest().pk).exists()
    assert browser_of(carol).get(latest().path).status_code == 404
