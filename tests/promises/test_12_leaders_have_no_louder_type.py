"""Promise 12: Leaders have no louder type.

No flag, no ranking; time order, or unanswered first. Whoever runs the place, whoever hosts the room and somebody who
does neither say the same words, and what pages, apps and other servers are shown of it is laid side by side.
"""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.actions import ProfileWords, replace_links, write_profile
from speak.identity.models import Actor
from speak.rooms.actions import enter
from speak.voice.models import Like, Post
from speak.voice.queries import Window, posts_in_room, unanswered_in_room
from speak.voice.reach import Reach
from tests.federation.far import FarServer
from tests.makers import far_person, post
from tests.promises.doors import kept
from tests.promises.house import House, app_of
from tests.rooms.meeting import say

Browser = Callable[[Actor | None], Client]
WORDS = "The wind has turned. #weather"
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
LOUDER = re.compile(
    r"leader|manager|is_boss|vip|rank|weight|priority|is_featured|highlight|prominen|verified_badge|is_important"
    r"|is_sticky|promoted|hierarchy|level|job_title"
)
OF_ONE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?|\d{6,}|post-\d+|csrfmiddlewaretoken\W+value=\W\w+|\d+:\d\d")
LISTED = re.compile(r"only you, [^<]*")
MADE_AT_JOINING = {"publicKey", "assertionMethod", "proof"}


def without_the_name(shown: str, actor: Actor) -> str:
    """What is left of it when whoever says it might be anybody."""
    shown = OF_ONE.sub("#", LISTED.sub("only NAMES", shown))
    return re.sub(rf"\b({actor.handle}|{actor.name}|{actor.handle[0].upper()})\b", "NAME", shown)


def alike(shown: list[str]) -> bool:
    """Whether all of these are the same."""
    return len(set(shown)) == 1


def articles(page: str, said: list[Post]) -> list[str]:
    """How a page shows each of these, without whose it is."""
    found = [article for article in ARTICLE.findall(page) if "e-content" in article]
    shown = []
    for each in said:
        of_it = [article for article in found if f"/{each.pk}" in article]
        assert of_it, each
        shown.append(without_the_name(of_it[0], each.author))
    return shown


def speakers(house: House) -> tuple[Actor, ...]:
    """Who runs the place, who hosts the room, who does neither; none has written anything about themselves."""
    for actor in (house.olga, house.alice, house.bob):
        write_profile(actor, words=ProfileWords(actor.name))
        replace_links(actor, links=[])
    return (house.olga, house.alice, house.bob)


@pytest.mark.parametrize("path", ["/", "/tags/weather", "/search?q=weather"])
def test_on_a_page_the_words_of_all_look_the_same(house: House, path: str, browser_of: Browser) -> None:
    reach = Reach.HERE if path == "/" else Reach.PUBLIC
    said = [post(actor, WORDS, reach=reach) for actor in speakers(house)]
    assert alike(articles(browser_of(house.carol).get(path).content.decode(), said))


def test_in_a_room_the_words_of_its_host_look_like_all_others(house: House, browser_of: Browser) -> None:
    enter(house.carol, room=house.room, invited_by=house.bob)
    said = [say(actor, house.room, WORDS) for actor in (house.alice, house.bob)]
    assert alike(articles(browser_of(house.carol).get(f"/rooms/{house.room.pk}").content.decode(), said))


def test_an_app_is_shown_the_words_of_all_alike(house: House) -> None:
    said = [post(actor, WORDS) for actor in speakers(house)]
    app = app_of(house.carol)
    for call in ("/api/v1/timelines/home", "/api/v1/timelines/public", "/api/v1/timelines/tag/weather"):
        shown = {status["id"]: status for status in app.get(call).json()}
        if call != "/api/v1/timelines/home":
            assert {str(each.pk) for each in said} <= shown.keys(), call
    statuses = [app.get(f"/api/v1/statuses/{each.pk}").json() for each in said]
    assert alike([without_the_name(_plain(one), each.author) for one, each in zip(statuses, said, strict=True)])


def test_another_server_is_shown_the_words_and_the_names_of_all_alike(house: House, far: FarServer) -> None:
    erin, shown, named = far_person("erin"), [], []
    for actor in speakers(house):
        shown.append(without_the_name(_plain(far.read(f"/posts/{post(actor, WORDS).pk}", erin)), actor))
        document = far.read(f"/actors/{actor.pk}", erin)
        named.append(sorted(name for name in document if name not in MADE_AT_JOINING))
    assert alike(shown)
    assert alike([_plain(names) for names in named])


def test_everything_stands_in_the_order_of_time_whoever_says_it(house: House, browser_of: Browser) -> None:
    said = [
        post(actor, WORDS)
        for actor in (house.olga, house.bob, house.alice, house.bob, house.olga, house.carol, house.alice)
    ]
    Like.objects.bulk_create(
        Like(actor=actor, post=said[0], uri=f"https://home.example/likes/{actor.pk}") for actor in house.cast
    )
    newest_first = [str(each.pk) for each in reversed(said)]
    carol, app = browser_of(house.carol), app_of(house.carol)
    for path in ("/tags/weather", "/search?q=weather"):
        page = carol.get(path).content.decode()
        places = [page.index(f'id="post-{pk}"') for pk in newest_first]
        assert places == sorted(places), path
    for call in ("/api/v1/timelines/public", "/api/v1/timelines/tag/weather"):
        assert [each["id"] for each in app.get(call).json() if each["id"] in newest_first] == newest_first, call


def test_a_room_shows_by_time_and_what_is_unanswered_by_waiting(house: House) -> None:
    enter(house.carol, room=house.room, invited_by=house.bob)
    said = [say(actor, house.room, WORDS) for actor in (house.bob, house.alice, house.bob, house.alice)]
    shown = list(posts_in_room(house.carol, house.room.pk, Window()))
    assert [each for each in shown if each in said] == said[::-1]
    waiting = [each for each in unanswered_in_room(house.carol, house.room.pk) if each in said]
    assert waiting == said


def test_nothing_is_kept_that_could_make_anybody_louder() -> None:
    assert not [name for name in kept() if LOUDER.search(name.lower())]
    assert not [name for name in kept() if name.startswith("voice.Post.") and "staff" in name]


def test_words_of_all_reach_as_many_pages(house: House, browser_of: Browser) -> None:
    stranger = browser_of(None)
    for reach in (Reach.PUBLIC, Reach.QUIET):
        seen = []
        for actor in speakers(house):
            said = post(actor, WORDS, reach=reach)
            paths = ("/", "/search?q=weather", "/tags/weather", actor.path)
            seen.append([path != actor.path and str(said.pk) in stranger.get(path).content.decode() for path in paths])
        assert alike([_plain(each) for each in seen])


def _plain(document: object) -> str:
    return json.dumps(document, sort_keys=True, default=str)
