"""Promise 5: The audience is said in words, beside every place to write.

Not an icon alone; and the smallest sensible one is preselected. Every page is looked at for places to write and for
things that were said, as whoever hosts, whoever sits in the room, and whoever runs the place.
"""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.makers import post
from tests.promises.doors import Form, forms_on, pages_for, seen_on
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
IN_WORDS = re.compile(
    r"Who can read this\?|Who can read (it|your words)|can read (it|this|what)|will read|reads? (it|this|your)"
    r"|Everyone (here|at)|Anyone, anywhere|Anyone, but not announced|Only (me|you)|People I name|The people in"
)
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
SAID_TO = re.compile(r'<span class="audience">\s*([^<]*?)\s*</span>')


def is_place_to_write(address: str, form: Form) -> bool:
    """Whether words typed into it are said."""
    return form.method == "post" and "words" in form.words and not address.startswith("/report")


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_beside_every_place_to_write_it_says_who_can_read_it(house: House, who: str, browser_of: Browser) -> None:
    paths = {**house.paths, "answer": f"/compose?answers={house.of_bob.pk}", "to": "/compose?to=@bob"}
    met = set()
    for name, page in pages_for(browser_of(getattr(house, who)), paths):
        for form in forms_on(page):
            if is_place_to_write(form.action or paths[name], form):
                met.add(name)
                beside = form.heard if "audience" in form.fields else seen_on(page)
                assert IN_WORDS.search(beside), name
    assert {"home", "compose", "welcome"} <= met
    if who == "alice":
        assert {"room", "room_now", "answer"} <= met


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_what_is_preselected_on_any_page_is_never_wider_than_sensible(
    house: House, who: str, browser_of: Browser
) -> None:
    me: Actor = getattr(house, who)
    paths = {**house.paths, "answer": f"/compose?answers={house.of_bob.pk}", "to": "/compose?to=@bob"}
    chosen = {
        name: form.fields["audience"]
        for name, page in pages_for(browser_of(me), paths)
        for form in forms_on(page)
        if "audience" in form.chosen or ("audience" in form.fields and "words" in form.words)
    }
    here, room = str(Reach.HERE.value), f"room-{house.room.pk}"
    assert chosen["home"] == chosen["compose"] == here
    assert chosen["to"] == str(Reach.NAMED.value)
    if me != house.carol:
        assert chosen["room"] == room
        assert chosen["answer"] == "thread"
    assert str(Reach.PUBLIC.value) not in chosen.values(), "only one's own announced words are answered so"


@pytest.mark.parametrize("who", ["bob", ""])
def test_on_every_page_what_was_said_says_who_can_read_it(house: House, who: str, browser_of: Browser) -> None:
    for reach in (Reach.SELF, Reach.NAMED, Reach.HERE, Reach.FOLLOWERS, Reach.QUIET):
        post(house.alice, f"To {reach.name}.", reach=reach, to=(house.bob,) if reach == Reach.NAMED else ())
    met = set()
    for name, page in pages_for(browser_of(getattr(house, who) if who else None), house.paths):
        for article in ARTICLE.findall(page):
            if "e-content" in article:
                met.add(name)
                assert any(words for words in SAID_TO.findall(article)), (name, article[:300])
    assert {"profile", "post"} <= met


def test_an_app_that_chooses_nothing_announces_nothing_and_reads_the_audience_in_words(house: House) -> None:
    app = app_of(house.bob)
    heard = app.post("/api/v1/statuses", json.dumps({"status": "Hello."}), content_type="application/json").json()
    assert Post.objects.get(pk=heard["id"]).reach <= Reach.FOLLOWERS
    for said in (house.room_post, house.open_post):
        shown = app.get(f"/api/v1/statuses/{said.pk}").json()["audience"]
        assert shown["words"] == Reach(said.reach).label
