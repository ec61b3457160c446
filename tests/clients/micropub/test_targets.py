"""3.7.3 and mp-syndicate-to: what is said by an editor is said elsewhere too, if its person asks for that."""

import pytest

from speak.federation.models import Elsewhere, SaidElsewhere
from speak.identity.models import Actor
from speak.voice.actions import say_draft
from speak.voice.models import Draft, Post
from speak.voice.reach import Reach
from tests.federation.elsewhere.far_mastodon import SERVER, FarMastodon, account
from tests.federation.elsewhere.places import channel, worker_says

from .editor import Editor, editor_of, error_in


@pytest.fixture
def editor(alice: Actor) -> Editor:
    return editor_of(alice)


@pytest.fixture
def place(alice: Actor) -> Elsewhere:
    return account(alice)


def uid(place: Elsewhere) -> str:
    return f"https://home.example/elsewhere/{place.pk}"


def test_3_7_3_each_target_says_who_can_read_there(editor: Editor, place: Elsewhere, bob: Actor) -> None:
    wanted = {
        "uid": uid(place),
        "name": "Also on @alice@mastodon.example: anyone can read it there.",
        "service": {"name": "@alice@mastodon.example"},
    }
    assert editor.ask("syndicate-to") == {"syndicate-to": [wanted]}
    assert editor.ask("config")["syndicate-to"] == [wanted]
    assert editor_of(bob).ask("syndicate-to") == {"syndicate-to": []}


def test_what_is_asked_for_goes_there_and_nothing_else(editor: Editor, place: Elsewhere, alice: Actor) -> None:
    channel(alice)
    editor.made(editor.form(content="Only here.", visibility="public"))
    said = editor.made(editor.form(content="There too.", visibility="public", mp_syndicate_to__=[uid(place), "x"]))
    assert [row.post for row in SaidElsewhere.objects.all()] == [said]
    worker_says(FarMastodon())
    source = editor.ask("source", url=said.url)
    assert source["properties"]["syndication"] == [f"{SERVER}/@alice/100"]
    editor.json({"action": "update", "url": said.url, "add": {"mp-syndicate-to": [uid(channel(alice, name="two"))]}})
    assert SaidElsewhere.objects.count() == 1


@pytest.mark.parametrize("visibility", ["", "private"])
def test_it_goes_nowhere_while_fewer_can_read_it_here(
    editor: Editor, place: Elsewhere, bob: Actor, visibility: str
) -> None:
    given = {"visibility": visibility} if visibility else {}
    refused = editor.form(content="Between us.", mp_syndicate_to=uid(place), **given)
    assert error_in(refused) == (400, "invalid_request")
    assert "fewer people than read at @alice@mastodon.example" in refused.json()["error_description"]
    assert not Post.objects.exists()


def test_nobody_chooses_the_place_of_another(bob: Actor, place: Elsewhere) -> None:
    editor_of(bob).form(content="Good morning.", visibility="public", mp_syndicate_to=uid(place))
    assert not SaidElsewhere.objects.exists()


def test_a_draft_keeps_what_was_asked_for(editor: Editor, place: Elsewhere, alice: Actor) -> None:
    given = {"post_status": "draft", "visibility": "public", "mp_syndicate_to": uid(place)}
    editor.form(content="Not yet.", **given)
    assert not SaidElsewhere.objects.exists()
    said = say_draft(alice, draft=Draft.objects.get())
    assert (said.reach, SaidElsewhere.objects.get().post) == (Reach.PUBLIC, said)
