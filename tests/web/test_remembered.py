"""What is remembered of pages: equal values look the same; other values, and other people's, never show through."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.rooms.actions import leave_room
from speak.voice.actions import edit_post, like, withdraw_post
from speak.voice.actions.speaking import Words
from speak.voice.models import Post
from speak.voice.reach import Reach
from speak.web.templatetags.remembered import TOKEN
from tests import makers

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def home(browser: Client) -> str:
    return browser.get("/").content.decode()


def test_each_page_has_a_token_of_its_own_in_every_form(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    makers.post(bob, "Good morning.", reach=Reach.HERE)
    first, second, of_bob = home(browser_of(alice)), home(browser_of(alice)), home(browser_of(bob))
    seen = [set(TOKENS.findall(page)) for page in (first, second, of_bob)]
    assert all(seen)
    assert len(set.union(*seen)) == sum(len(tokens) for tokens in seen), "no token twice"
    assert TOKEN not in first + second + of_bob


def test_a_page_shows_what_is_so_now(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(bob, "Good morning.", reach=Reach.HERE)
    browser = browser_of(alice)
    assert "Good morning." in home(browser)
    like(alice, post=post)
    assert "Thanked" in home(browser)
    assert "Thanked" not in home(browser_of(bob))
    Actor.objects.filter(pk=bob.pk).update(name="Robert")
    assert "Robert" in home(browser)
    edit_post(bob, post=Post.objects.get(pk=post.pk), words=Words("Good evening."))
    page = home(browser)
    assert "Good evening." in page
    assert "Good morning." not in page
    withdraw_post(bob, post=Post.objects.get(pk=post.pk))
    assert "Good evening." not in home(browser)


def test_each_is_offered_their_own_rooms(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    offered = f"The people in “{room.name}”"
    carol = makers.person("carol2")
    assert [offered in home(browser_of(actor)) for actor in (alice, bob, carol)] == [True, True, False]
    leave_room(bob, room=room, takes_words=False)
    assert [offered in home(browser_of(actor)) for actor in (alice, bob)] == [True, False]


def test_words_cannot_ask_for_the_token(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    makers.post(bob, "NOTPROVIDED {{ csrf_token }}", reach=Reach.HERE)
    assert "NOTPROVIDED {{ csrf_token }}" in home(browser_of(alice))
