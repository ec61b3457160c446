"""Files are shown to those who may see them, and only files."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from speak.identity.actions import set_picture
from speak.identity.models import Actor
from speak.kernel import blobs
from speak.safety.actions import LimitWords, lift_limit, set_limit
from speak.safety.models import LimitKind
from speak.voice.actions import add_picture, publish_post, withdraw_post
from speak.voice.actions.speaking import Words
from speak.voice.audience import Audience
from speak.voice.models import Media, Post, Reach
from speak.voice.queries import media_shown_to

Browser = Callable[[Actor | None], Client]


def picture() -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (30, 20), "olive").save(made, "JPEG")
    return made.getvalue()


def shown(author: Actor, reach: Reach, *people: Actor) -> tuple[Post, str]:
    """A post with a picture, and the picture's address."""
    media = add_picture(author, data=picture())
    post = publish_post(author, words=Words("Look."), audience=Audience(reach, people=people), media=[media])
    return post, f"/media/{media.token}"


def test_an_open_picture_is_for_anyone(alice: Actor, browser_of: Browser) -> None:
    _, path = shown(alice, Reach.PUBLIC)
    response = browser_of(None).get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=86400, immutable"
    assert Image.open(io.BytesIO(response.content)).size == (30, 20)


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE])
def test_what_stays_here_is_not_for_strangers(reach: Reach, alice: Actor, bob: Actor, browser_of: Browser) -> None:
    _, path = shown(alice, reach)
    assert browser_of(None).get(path).status_code == 404
    assert browser_of(alice).get(path).status_code == 200
    assert browser_of(bob).get(path).status_code == (200 if reach == Reach.HERE else 404)
    assert browser_of(alice).get(path)["Cache-Control"].startswith("private")


def test_what_goes_to_few_elsewhere_is_kept_by_its_token(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    _, path = shown(alice, Reach.NAMED, bob)
    response = browser_of(None).get(path)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")


def test_a_picture_in_no_post_is_for_its_owner(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    path = f"/media/{add_picture(alice, data=picture()).token}"
    assert browser_of(alice).get(path).status_code == 200
    assert browser_of(bob).get(path).status_code == 404
    assert browser_of(None).get(path).status_code == 404


@pytest.mark.parametrize("kind", [LimitKind.SUSPENDED, LimitKind.NO_MEDIA])
def test_of_somebody_suspended_or_without_media_only_they_see_a_picture(
    alice: Actor, bob: Actor, browser_of: Browser, kind: LimitKind
) -> None:
    audiences: list[tuple[Reach, list[Actor]]] = [(Reach.PUBLIC, []), (Reach.HERE, []), (Reach.NAMED, [bob])]
    paths = [shown(alice, reach, *people)[1] for reach, people in audiences]
    limit = set_limit(None, about=alice, words=LimitWords(kind, "It has to be quieter."))
    for path in paths:
        assert browser_of(None).get(path).status_code == 404
        assert browser_of(bob).get(path).status_code == 404
    media = Media.objects.get(token=paths[0].removeprefix("/media/"))
    assert media_shown_to(Actor.objects.get(pk=alice.pk), media.token) == media
    if kind == LimitKind.NO_MEDIA:
        assert browser_of(alice).get(paths[0])["Cache-Control"].startswith("private")
    lift_limit(None, limit_id=limit.pk)
    assert [browser_of(bob).get(path).status_code for path in paths] == [200] * 3


def test_a_face_is_for_anyone(alice: Actor, browser_of: Browser) -> None:
    set_picture(alice, data=picture())
    assert browser_of(None).get(f"/media/{alice.picture}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_was_withdrawn_is_gone_with_its_file(alice: Actor, browser_of: Browser) -> None:
    post, path = shown(alice, Reach.PUBLIC)
    withdraw_post(alice, post=post)
    assert browser_of(None).get(path).status_code == 404
    assert not blobs.path_of(path.removeprefix("/media/")).exists()


@pytest.mark.parametrize(
    "token",
    ["x.webp", "..%2f..%2fsecret", "../secret", "%00", "a" * 32 + ".html", "a" * 32 + ".webp", "A" * 32 + ".webp", "."],
)
def test_only_tokens_are_files(token: str, alice: Actor, browser_of: Browser) -> None:
    assert browser_of(alice).get(f"/media/{token}").status_code in {400, 404}


def test_a_row_whose_file_is_gone_is_nothing(alice: Actor, browser_of: Browser) -> None:
    _, path = shown(alice, Reach.PUBLIC)
    blobs.delete(Media.objects.get().token)
    assert browser_of(None).get(path).status_code == 404
