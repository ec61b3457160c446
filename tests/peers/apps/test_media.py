"""Mastodon.py adds pictures, describes them, and says something with them."""

import io

import pytest

from tests.makers import picture
from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("media_post", "media", "media_update", "status_post", "decode_blurhash")
def test_a_picture_is_described_and_shown_where_it_is_said(cast: Cast) -> None:
    added = cast.alice.media_post(
        io.BytesIO(picture(width=40, height=30)), mime_type="image/png", description="A teal tile", focus=(0.5, -0.5)
    )
    assert (added.type, added.description) == ("image", "A teal tile")
    assert (added.meta.focus.x, added.meta.focus.y) == (0.5, -0.5)
    assert (added.meta.original.width, added.meta.original.height) == (40, 30)
    colors = cast.alice.decode_blurhash(added, out_size=(4, 4), size_per_component=False, return_linear=False)
    assert all(abs(seen - real) < 12 for seen, real in zip(colors[2][2], (0, 128, 128), strict=True))
    better = cast.alice.media_update(added, description="A teal tile on a wall", focus=(0, 0))
    assert cast.alice.media(added).description == better.description == "A teal tile on a wall"

    said = cast.alice.status_post("Look.", media_ids=[added], visibility="public")
    shown = cast.bob.status(said).media_attachments
    assert [each.description for each in shown] == ["A teal tile on a wall"]
    seen = cast.session.get(shown[0].url, timeout=20)
    assert (seen.status_code, seen.headers["Content-Type"].partition("/")[0]) == (200, "image")


@calls("media_post", "status_post", "status_update", "generate_media_edit_attributes")
def test_a_description_is_said_better_with_the_post_that_shows_the_picture(cast: Cast) -> None:
    added = cast.alice.media_post(io.BytesIO(picture(width=40, height=30)), mime_type="image/png", description="Sand")
    said = cast.alice.status_post("A beach.", media_ids=[added], visibility="public")
    words = cast.alice.generate_media_edit_attributes(added, description="Sand at low tide", focus=(0.25, 0.25))
    cast.alice.status_update(said, "A beach.", media_attributes=[words])
    (shown,) = cast.bob.status(said).media_attachments
    assert shown.description == "Sand at low tide"
    assert (shown.meta.focus.x, shown.meta.focus.y) == (0.25, 0.25)


@calls("media_post", "status_post", "status_delete")
def test_what_is_taken_back_to_be_said_anew_brings_its_picture_along(cast: Cast) -> None:
    added = cast.alice.media_post(io.BytesIO(picture()), mime_type="image/png", description="Sand")
    gone = cast.alice.status_delete(cast.alice.status_post("A baech.", media_ids=[added], visibility="public"))
    again = cast.alice.status_post("A beach.", media_ids=gone.media_attachments, visibility="public")
    assert [media.description for media in cast.bob.status(again).media_attachments] == ["Sand"]


@calls("account_update_credentials", "account_delete_avatar", "account_delete_header")
def test_a_face_and_a_banner_are_shown_and_taken_down(cast: Cast) -> None:
    bare = cast.erin.me()
    shown = cast.erin.account_update_credentials(
        avatar=io.BytesIO(picture(width=40, height=30)),
        avatar_mime_type="image/png",
        header=io.BytesIO(picture(width=40, height=30)),
        header_mime_type="image/png",
        avatar_description="Gold",
    )
    assert (shown.avatar != bare.avatar, shown.header != bare.header) == (True, True)
    assert shown.avatar_description == "Gold"
    assert cast.session.get(shown.avatar, timeout=20).status_code == 200
    assert cast.erin.account_delete_avatar().avatar == bare.avatar
    assert cast.erin.account_delete_header().header == bare.header
