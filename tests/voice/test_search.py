"""Posts by their words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speak.identity.models import Actor
from speak.voice.actions import Words, edit_post, withdraw_post
from speak.voice.models import Post
from speak.voice.queries import Window, posts_found
from tests import makers


def found(viewer: Actor, text: str) -> list[Post]:
    """What is found."""
    return posts_found(viewer, text, Window())


def test_every_word_has_to_be_there_and_the_last_may_be_begun(alice: Actor) -> None:
    post = makers.post(alice, "The garden is green in spring.")
    assert found(alice, "garden green") == [post]
    assert found(alice, "GREEN spri") == [post]
    assert found(alice, "gard green") == []
    assert found(alice, "garden autumn") == []


def test_newest_first(alice: Actor) -> None:
    first, second = makers.post(alice, "garden one"), makers.post(alice, "garden two")
    assert found(alice, "garden") == [second, first]


def test_words_that_were_changed_or_withdrawn_are_not_found(alice: Actor) -> None:
    post = makers.post(alice, "marmalade")
    edit_post(alice, post=post, words=Words("jam"))
    assert found(alice, "marmalade") == []
    assert found(alice, "jam") == [post]
    withdraw_post(alice, post=post)
    assert found(alice, "jam") == []


def test_markup_is_not_found(alice: Actor) -> None:
    makers.post(alice, "https://a.example/x #garden")
    assert found(alice, "nofollow") == []
    assert found(alice, "hashtag") == []


@pytest.mark.django_db
def test_nothing_is_found_for_nothing(alice: Actor) -> None:
    makers.post(alice, "Something.")
    assert found(alice, "") == []
    assert found(alice, "!?") == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_text_is_trouble(alice: Actor, text: str) -> None:
    assert isinstance(found(alice, text), list)
