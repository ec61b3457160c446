"""Mastodon.py says things, answers, changes and takes back, and answers without words."""

import datetime as dt
import uuid

import pytest
from mastodon import MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("status_post", "status", "statuses", "status_card", "toot")
def test_what_is_said_is_what_is_read(cast: Cast) -> None:
    said = cast.alice.status_post(
        "Who has seen the #heron?", visibility="public", language="en", spoiler_text="Birds", sensitive=True
    )
    read = cast.bob.status(said)
    assert read.id == said.id
    assert read.account.acct == "alice"
    assert "Who has seen the" in read.content
    assert (read.visibility, read.language, read.spoiler_text, read.sensitive) == ("public", "en", "Birds", True)
    assert [tag.name for tag in read.tags] == ["heron"]
    assert cast.bob.status_card(said) is None
    assert dt.datetime.now(dt.UTC) - read.created_at < dt.timedelta(minutes=5)

    second = cast.alice.toot("Nobody yet.")
    assert second.visibility == "private"
    assert {post.id for post in cast.alice.statuses([said, second])} == {said.id, second.id}
    assert {post.id for post in cast.bob.statuses([said, second])} == {said.id}


@calls("status_post")
def test_the_same_key_says_it_once(cast: Cast) -> None:
    key = uuid.uuid4().hex
    first, second = (cast.alice.status_post("Once.", visibility="public", idempotency_key=key) for _ in range(2))
    assert first.id == second.id


@calls("status_reply", "status_context")
def test_an_answer_stands_below_and_reaches_nobody_further(cast: Cast) -> None:
    said = cast.alice.status_post("@bob Only for you.", visibility="direct")
    answer = cast.bob.status_reply(said, "Thank you.", visibility="public")
    assert answer.visibility == "direct"
    assert answer.in_reply_to_id == said.id
    assert [mention.acct for mention in answer.mentions] == ["alice"]
    around = cast.alice.status_context(said)
    assert ([post.id for post in around.ancestors], [post.id for post in around.descendants]) == ([], [answer.id])
    assert [post.id for post in cast.alice.status_context(answer).ancestors] == [said.id]
    with pytest.raises(MastodonNotFoundError):
        cast.carol.status_context(said)


@calls("status_update", "status_source", "status_history")
def test_what_was_said_is_said_better_and_every_wording_is_kept(cast: Cast) -> None:
    said = cast.alice.status_post("A heorn.", visibility="public")
    better = cast.alice.status_update(said, "A heron.", spoiler_text="Birds")
    assert better.id == said.id
    assert better.edited_at is not None
    source = cast.alice.status_source(said)
    assert (source.text, source.spoiler_text) == ("A heron.", "Birds")
    first, second = cast.bob.status_history(said)
    assert ("heorn" in first.content, "heron" in second.content) == (True, True)
    assert first.created_at < second.created_at


@calls("status_delete")
def test_what_is_taken_back_is_gone_and_its_words_are_handed_over(cast: Cast) -> None:
    said = cast.alice.status_post("Too *early*.", visibility="public")
    assert cast.alice.status_delete(said).text == "Too *early*."
    with pytest.raises(MastodonNotFoundError):
        cast.bob.status(said)


@calls("status_favourite", "status_unfavourite", "status_favourited_by", "favourites")
def test_thanks_are_told_to_the_author_alone(cast: Cast) -> None:
    said = cast.alice.status_post("The kettle is on.", visibility="public")
    thanked = cast.bob.status_favourite(said)
    assert (thanked.favourited, thanked.favourites_count) == (True, 0)
    assert said.id in {post.id for post in cast.bob.favourites()}
    assert [who.acct for who in cast.alice.status_favourited_by(said)] == ["bob"]
    assert cast.alice.status(said).favourites_count == 1
    assert cast.carol.status_favourited_by(said) == []
    assert cast.bob.status_unfavourite(said).favourited is False
    assert cast.alice.status_favourited_by(said) == []


@calls("status_reblog", "status_unreblog", "status_reblogged_by")
def test_what_is_for_anyone_is_passed_on_and_nothing_else(cast: Cast) -> None:
    said = cast.alice.status_post("Tell everybody.", visibility="public")
    boost = cast.bob.status_reblog(said)
    assert boost.id != said.id
    assert (boost.reblog.id, boost.account.acct, boost.reblog.reblogged) == (said.id, "bob", True)
    assert cast.bob.status(boost.id).reblog.id == said.id
    assert [who.acct for who in cast.alice.status_reblogged_by(said)] == ["bob"]
    assert cast.bob.status_unreblog(said).reblogged is False
    assert cast.alice.status_reblogged_by(said) == []

    closed = cast.alice.status_post("@bob Tell nobody.", visibility="direct")
    with pytest.raises(MastodonAPIError):
        cast.bob.status_reblog(closed)


@calls("status_bookmark", "status_unbookmark", "bookmarks")
def test_what_is_kept_is_in_the_list_of_what_is_kept(cast: Cast) -> None:
    said = cast.alice.status_post("Worth keeping.", visibility="public")
    assert cast.bob.status_bookmark(said).bookmarked is True
    assert cast.bob.bookmarks()[0].id == said.id
    assert cast.bob.status_unbookmark(said).bookmarked is False
    assert said.id not in {post.id for post in cast.bob.bookmarks()}


@calls("status_pin", "status_unpin", "account_statuses")
def test_ones_own_words_stand_at_the_top_of_ones_profile(cast: Cast) -> None:
    said = cast.erin.status_post("Read this first.", visibility="public")
    assert cast.erin.status_pin(said).pinned is True
    assert [post.id for post in cast.bob.account_statuses(cast.erin.me(), pinned=True)] == [said.id]
    with pytest.raises(MastodonAPIError):
        cast.bob.status_pin(said)
    assert cast.erin.status_unpin(said).pinned is False
    assert cast.bob.account_statuses(cast.erin.me(), pinned=True) == []


@calls("status_post", "scheduled_statuses", "scheduled_status", "scheduled_status_update", "scheduled_status_delete")
def test_what_is_held_waits_moves_and_is_never_said_if_dropped(cast: Cast) -> None:
    soon = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=1)
    held = cast.alice.status_post("Later.", visibility="public", scheduled_at=soon)
    assert (held.scheduled_at, held.params.text, held.params.visibility) == (soon, "Later.", "public")
    assert held.id in {each.id for each in cast.alice.scheduled_statuses()}
    assert cast.bob.scheduled_statuses() == []
    later = soon + dt.timedelta(days=1)
    assert cast.alice.scheduled_status_update(held, later).scheduled_at == later
    assert cast.alice.scheduled_status(held).scheduled_at == later
    cast.alice.scheduled_status_delete(held)
    with pytest.raises(MastodonNotFoundError):
        cast.alice.scheduled_status(held)


@calls("status")
def test_a_stranger_reads_what_is_for_anyone_and_a_wrong_token_nothing(cast: Cast) -> None:
    said = cast.alice.status_post("For anyone.", visibility="public")
    assert cast.stranger().status(said).id == said.id
    wrong = cast.stranger(access_token="nobody-s")
    with pytest.raises(MastodonUnauthorizedError):
        wrong.status(said)
