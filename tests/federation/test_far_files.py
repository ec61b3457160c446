"""Pictures of other servers: seen here, kept for a while and within bounds, and never a way to look around."""

import datetime as dt
import io

import pytest
from PIL import Image
from pytest_django import Settings

from speak.federation.far_files import throw_far_files_away
from speak.federation.models import FarFile
from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.kernel.outbound import Answer, TimedOut
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import FarServer, create, note

pytestmark = pytest.mark.django_db
FACE = "https://pictures.example/dora.png"
SHOWN = "https://far.example/b.png"


@pytest.fixture
def seen(far_and_pages: FarServer, alice: Actor, dora: Actor) -> FarServer:
    """Dora shows her face, and far.example has it."""
    Actor.objects.filter(pk=dora.pk).update(picture_url=FACE)
    far_and_pages.outbound.answers[FACE] = Answer(200, makers.picture(), headers={"content-type": "image/png"})
    makers.follows(alice, dora)
    return far_and_pages


def said_with_picture(far: FarServer, author: Actor, **members: object) -> Post:
    """A post with a picture in it, arrived from elsewhere."""
    attachment = {"type": "Image", "mediaType": "image/png", "url": SHOWN, "name": "Bread"}
    assert far.post(author, create(note(author, attachment=attachment, **members))).status == 202
    return Post.objects.get(uri=note(author)["id"])


def path_of(actor: Actor) -> str:
    """Where a face is seen here."""
    return f"/media/far/faces/{actor.pk}"


def test_a_face_is_fetched_once_and_made_anew(seen: FarServer, dora: Actor) -> None:
    for _ in range(2):
        heard = seen.client.get(path_of(dora))
        assert (heard.status_code, heard["Content-Type"]) == (200, "image/webp")
        with Image.open(io.BytesIO(heard.content)) as shown:
            assert shown.size == (4, 4)
    assert seen.asked == [FACE]
    (call,) = seen.outbound.calls
    assert not {"cookie", "signature", "referer"} & {name.lower() for name in call.headers}


def test_pages_show_nothing_from_elsewhere(seen: FarServer, alice: Actor, dora: Actor) -> None:
    post = said_with_picture(seen, dora)
    seen.outbound.answers[SHOWN] = Answer(200, makers.picture())
    for path in (dora.path, post.path):
        response = seen.client.get(path)
        assert FACE not in response.text
        assert f'src="{SHOWN}"' not in response.text
        assert "img-src 'self' data:" in response["Content-Security-Policy"]
    (media,) = post.media.all()
    assert f'src="/media/far/posts/{media.pk}"' in seen.client.get(post.path).text
    assert seen.client.get(f"/media/far/posts/{media.pk}").status_code == 200


def test_a_picture_is_for_those_who_may_read_the_post(seen: FarServer, dora: Actor) -> None:
    post = said_with_picture(seen, dora, to=[dora.followers_url], cc=[])
    assert post.reach == Reach.FOLLOWERS
    seen.outbound.answers[SHOWN] = Answer(200, makers.picture())
    assert seen.client.get(f"/media/far/posts/{post.media.get().pk}").status_code == 404
    assert SHOWN not in seen.asked


def test_a_film_is_linked_and_not_played_here(seen: FarServer, dora: Actor) -> None:
    film = {"type": "Video", "mediaType": "video/mp4", "url": "https://far.example/1.mp4", "name": "A walk"}
    assert seen.post(dora, create(note(dora, attachment=film))).status == 202
    page = seen.client.get(Post.objects.get(uri=note(dora)["id"]).path).text
    assert "<video" not in page
    assert '<a href="https://far.example/1.mp4"' in page
    assert (
        seen.client.get(f"/media/far/posts/{Post.objects.get(uri=note(dora)['id']).media.get().pk}").status_code == 404
    )


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404, b""),
        Answer(200, b"<svg onload='alert(1)'/>"),
        Answer(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        Answer(200, b""),
        TimedOut("too slow"),
    ],
)
def test_what_is_no_picture_is_not_shown_and_not_asked_for_again_at_once(
    seen: FarServer, dora: Actor, answer: Answer | Exception
) -> None:
    seen.outbound.answers[FACE] = answer
    for _ in range(3):
        assert seen.client.get(path_of(dora)).status_code == 404
    assert seen.asked == [FACE]
    FarFile.objects.update(due_at=clock.now() - dt.timedelta(seconds=1))
    seen.outbound.answers[FACE] = Answer(200, makers.picture())
    assert seen.client.get(path_of(dora)).status_code == 200


def test_only_what_is_known_here_is_fetched(seen: FarServer, alice: Actor, dora: Actor) -> None:
    for path in (path_of(alice), "/media/far/faces/1", "/media/far/posts/1", f"/media/far/banners/{dora.pk}"):
        assert seen.client.get(path).status_code == 404
    assert seen.asked == []


def test_an_old_picture_is_fetched_anew_and_shown_as_it_was_where_that_fails(seen: FarServer, dora: Actor) -> None:
    first = seen.client.get(path_of(dora)).content
    FarFile.objects.update(due_at=clock.now() - dt.timedelta(seconds=1))
    seen.outbound.answers[FACE] = TimedOut("too slow")
    assert seen.client.get(path_of(dora)).content == first
    FarFile.objects.update(due_at=clock.now() - dt.timedelta(seconds=1))
    seen.outbound.answers[FACE] = Answer(200, makers.picture(width=9))
    assert seen.client.get(path_of(dora)).content != first
    assert len(seen.asked) == 3


def test_pictures_take_no_more_room_than_they_may(seen: FarServer, settings: Settings) -> None:
    settings.SPEAK_MEDIA_CACHE_MB = 10
    now = clock.now()
    for number in range(12):
        token = blobs.put(b"x", suffix="webp")
        FarFile.objects.create(
            digest=f"{number:064d}", url="x", token=token, size=2**20, used_at=now - dt.timedelta(hours=number)
        )
    oldest = FarFile.objects.get(digest=f"{11:064d}").token
    assert throw_far_files_away() == 3
    assert set(FarFile.objects.values_list("digest", flat=True)) == {f"{number:064d}" for number in range(9)}
    assert not blobs.path_of(oldest).exists()
    assert throw_far_files_away() == 0


def test_what_nobody_looks_at_for_a_month_is_thrown_away(seen: FarServer, dora: Actor) -> None:
    seen.client.get(path_of(dora))
    token = FarFile.objects.get().token
    FarFile.objects.update(used_at=clock.now() - dt.timedelta(days=31))
    assert throw_far_files_away() == 1
    assert not blobs.path_of(token).exists()
