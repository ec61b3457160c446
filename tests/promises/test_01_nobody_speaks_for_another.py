"""Promise 1: Nobody speaks for another.

No posting on behalf of, no approval queue, no ghost-writing delegate, no suggested or generated words. Every form of
every page, every call an app can make, another server and the command line are told that the words are bob's.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.rooms.models import Story
from speak.voice import rules
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Draft, Post
from speak.voice.reach import Reach
from tests.federation.far import FarServer, create, does, note
from tests.makers import far_person, person, post
from tests.operations.conftest import Speak
from tests.promises.doors import calls, forms_for, kept, undone
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
MARK = "Nobody typed this but me."
BY_ID = ("author", "author_id", "actor_id", "account_id", "user", "user_id", "owner", "teller", "speaker", "sender")
BY_NAME = ("on_behalf_of", "as", "by", "byline", "attributedTo", "username", "acct")
SAYS_OF_ANOTHER = re.compile(r"behalf|delegate|ghost|approv\w*_by|needs_approval|generated|suggest|co_?author|editor")


def claims(whose: Actor) -> dict[str, str]:
    """All the ways in which a form could say whose words they are."""
    return dict.fromkeys(BY_ID, str(whose.pk)) | dict.fromkeys(BY_NAME, whose.handle)


def words_of_others(than: Actor) -> list[tuple[int, str, str, int]]:
    """What everybody else has said so far, word for word."""
    return list(Post.objects.exclude(author=than).order_by("pk").values_list("pk", "source", "html", "reach"))


def speakers() -> Iterator[Actor]:
    """Whose name stands at the marked words, wherever words are kept."""
    for said in Post.objects.filter(source__contains=MARK):
        yield said.author
    for draft in Draft.objects.filter(source__contains=MARK):
        yield draft.author
    for story in Story.objects.filter(source__contains=MARK):
        yield story.teller


@pytest.mark.parametrize("who", ["alice", "olga"])
def test_no_form_of_any_page_takes_words_in_the_name_of_another(house: House, who: str, browser_of: Browser) -> None:
    me: Actor = getattr(house, who)
    browser, before, said = browser_of(me), words_of_others(me), set()
    for address, form, (name, value) in forms_for(browser, house.paths):
        claimed = {claim: whose for claim, whose in claims(house.bob).items() if claim not in form.fields}
        with undone(browser):
            browser.post(address, form.filled(MARK, **claimed, **({name: value} if name else {})))
            spoken = set(speakers())
            assert spoken <= {me}, f"{address} {name}={value}"
            assert words_of_others(me) == before, f"{address} {name}={value}"
        if spoken:
            said.add(address)
    assert "/compose" in said
    assert "/stories/new" in said


def test_no_call_of_an_app_takes_words_in_the_name_of_another(house: House) -> None:
    app = app_of(house.alice)
    before, said = words_of_others(house.alice), set()
    for stands_for in (house.stands_for, house.stands_for | {"api:post_id": house.of_bob.pk}):
        for method, path in calls(stands_for):
            if method == "GET":
                continue
            given: Mapping[str, str] = {"status": MARK, "text": MARK, **claims(house.bob)}
            with undone(app):
                app.generic(method, path, json.dumps(given), content_type="application/json")
                assert set(speakers()) <= {house.alice}, f"{method} {path}"
                assert words_of_others(house.alice) == before, f"{method} {path}"
                said |= {method for _ in speakers()}
    assert said == {"POST", "PUT"}


def test_no_role_changes_the_words_of_another(house: House, browser_of: Browser) -> None:
    said = post(house.bob, "These are mine.")
    for me in (house.alice, house.olga):
        browser, app = browser_of(me), app_of(me)
        browser.post(f"/said/{said.pk}/edit", {"words": MARK})
        browser.post(f"/said/{said.pk}/withdraw")
        path = f"/api/v1/statuses/{said.pk}"
        app.put(path, json.dumps({"status": MARK}), content_type="application/json")
        app.delete(path)
    said.refresh_from_db()
    assert (said.source, said.withdrawn_at, said.edited_at) == ("These are mine.", None, None)


def test_no_other_server_brings_words_of_somebody_here(far: FarServer) -> None:
    bob, dora = person("bob"), far_person("dora")
    mine = post(bob, "These are mine.")
    theirs = {**note(dora), "attributedTo": bob.uri, "content": MARK}
    for number, activity in enumerate(
        (
            {**create(theirs), "actor": dora.uri},
            create(theirs),
            does(dora, "Update", {**theirs, "id": mine.uri, "updated": "2030-01-02T03:04:05Z"}, name="u"),
            does(dora, "Delete", mine.uri, name="d"),
            does(dora, "Announce", theirs, name="b"),
        )
    ):
        far.post(dora, {**activity, "id": f"https://far.example/claims/{number}"})
    assert [said.source for said in Post.objects.filter(author=bob)] == ["These are mine."]
    assert not Post.objects.filter(html__contains=MARK).exists()


def test_no_command_says_anything_in_the_name_of_somebody_who_lives_here(
    speak: Speak, written: Callable[[object], str], bob: Actor
) -> None:
    file = written({"posts": [{"author": "bob", "text": MARK}]})
    done = speak("seed", "--force", file)
    assert done.exit_code == 1
    assert "speaks for themselves" in done.stderr
    assert not Post.objects.filter(author=bob).exists()


@pytest.mark.parametrize("kind", ["Organization", "Group"])
def test_what_is_not_somebody_has_no_words(db: None, kind: str) -> None:
    works = person("works")
    Actor.objects.filter(pk=works.pk).update(kind=kind)
    works.refresh_from_db()
    assert not rules.may_author(kind)
    with pytest.raises(Refusal):
        publish_post(works, words=Words(MARK), audience=Audience(Reach.PUBLIC))


def test_every_post_has_exactly_one_author_and_no_place_for_anybody_elses_hand() -> None:
    author = Post.author.field
    assert (author.null, author.many_to_one) == (False, True)
    assert not [name for name in kept() if SAYS_OF_ANOTHER.search(name)]
