"""What somebody takes along from one server of ours comes to another whole, and for no more people (promise 9)."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from speak.clients import archive
from speak.clients.bringing import bring_file, undo
from speak.clients.bringing.carrying import take_away
from speak.clients.models import ImportState, Luggage, Marker
from speak.federation.models import Delivery
from speak.identity import actions
from speak.identity.models import Actor, Follow, FollowState, Hearing, Notification
from speak.kernel import clock
from speak.rooms.actions import keep_paper, keep_programme
from speak.voice import actions as voice
from speak.voice.actions import BroughtFor, DraftWords, PollWords, Words
from speak.voice.audience import Audience
from speak.voice.models import Brought, Draft, Post, Wants
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.clients.bringing.elsewhere import ask
from tests.examples import MANY
from tests.rooms.meeting import PROGRAMME

pytestmark = pytest.mark.django_db
AS_IT_WAS = BroughtFor(open_as=Reach.PUBLIC, followers_as=Reach.FOLLOWERS)
# `make test-long` asks for five thousand.
POSTS = max(300, MANY)
# What a home says of itself: another home says it of itself.
OF_ONE_HOME = {"made_at", "made_by", "person", "earlier_homes"}


class GoneAgain(Exception):
    """The first server is not there any more."""


def furnish(alice: Actor) -> None:
    """A home in which everything is that can be taken along."""
    bob, erin = makers.person("bob"), makers.person("erin")
    dora, fay = makers.far_person("dora"), makers.far_person("fay")
    _profile(alice)
    for followed in (bob, dora):
        makers.follows(alice, followed)
    actions.follow(alice, target=dora, shows_boosts=False)
    Follow.objects.filter(follower=alice).update(state=FollowState.ACCEPTED, accepted_at=clock.now())
    makers.follows(erin, alice)
    actions.block(alice, blocked=fay)
    actions.mute(alice, muted=erin)
    actions.block_server(alice, domain="loud.example")
    held = actions.keep_list(alice, title="Near")
    actions.put_into_list(alice, known=held, people=[dora, bob])
    actions.note_about(alice, about=dora, words="Met in Porto.")
    actions.endorse(alice, about=dora)
    actions.let_through(alice, about=dora)
    actions.choose_policy(alice, chosen={"for_not_following": Hearing.FILTER})
    _words(alice, bob, dora)
    _around(alice, dora)


def _profile(alice: Actor) -> None:
    actions.write_profile(alice, words=actions.ProfileWords("Alice Adams", "Building a boat."))
    actions.set_picture(alice, data=makers.picture(), description="Alice in a boat")
    actions.set_banner(alice, data=makers.picture(width=9))
    actions.put_on_shelf(alice, title="A cup", sentence="From Porto.", data=makers.picture(height=7))
    actions.choose_time_zone(alice, time_zone="Asia/Kolkata")
    actions.replace_links(alice, links=[("Site", "https://alice.example/"), ("Born", "in Porto")])


def _words(alice: Actor, bob: Actor, dora: Actor) -> None:
    first = makers.post(alice, "We never ask the night shift. #tides @bob")
    makers.answer(alice, makers.answer(alice, first, "Nor the early one."), "Nor **anybody**.")
    for reach in Reach:
        makers.post(alice, f"For {reach.name}.", reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ())
    makers.answer(alice, makers.far_post(dora), "I think so, too.")
    picture = voice.add_picture(alice, data=makers.picture(width=40, height=30), description="A pump")
    voice.look_at(alice, media=picture, focus=(0.5, -0.25))
    shown = makers.post(alice, "x")
    voice.edit_post(alice, post=shown, words=Words("The pump.", summary="Pumps", language="en"), media=[picture])
    article = Words(
        "# Why\n\nBecause *we* ask.\n\n- one\n- two", title="Why we ask", wants=Wants.QUESTIONS, quoting="nobody"
    )
    voice.pin(alice, post=voice.publish_post(alice, words=article, audience=Audience(Reach.PUBLIC)))
    poll = PollWords(("Six", "Seven"), lasts=archive.KEPT_FOR, is_multiple=True)
    voice.publish_post(alice, words=Words("When?", poll=poll), audience=Audience(Reach.QUIET))
    makers.copies([first, shown], until=POSTS - Post.objects.filter(author=alice).count() + 2)


def _around(alice: Actor, dora: Actor) -> None:
    theirs, own = makers.far_post(dora), makers.post(alice, "Kept by myself.")
    for post in (theirs, own):
        voice.keep(alice, post=post)
        voice.like(alice, post=post)
    voice.boost(alice, post=theirs)
    voice.hush(alice, post=theirs)
    voice.follow_tag(alice, name="tides")
    voice.show_tag(alice, name="Boats")
    made = voice.keep_filter(alice, words=voice.FilterWords("Noise", ["home"]))
    voice.keep_keyword(made, keyword="loud")
    voice.filter_post(made, post=own)
    picture = voice.add_picture(alice, data=makers.picture(width=5), description="A draft of it")
    held = voice.keep_draft(alice, content=DraftWords(Words("Not yet."), Audience(Reach.PUBLIC), media=[picture]))
    voice.hold_draft(alice, draft=held, until=clock.now() + archive.KEPT_FOR)
    keep_paper(alice, practice="letter-from-later", paper={"words": "Dear me"})
    keep_programme(alice, text=PROGRAMME)
    Marker.objects.create(actor=alice, timeline="home", last_read_id=own.pk)


@pytest.fixture(scope="module")
def lies_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it is kept for all these tests."""
    return tmp_path_factory.mktemp("first") / "first.zip"


@pytest.fixture
def first(lies_at: Path, tmp_path: Path, settings: Settings) -> Path:
    """What was taken along from a server that is not there any more; the one that is, knows nothing of it."""
    if not lies_at.exists():
        _make_and_end(lies_at, settings)
    settings.MEDIA_ROOT = tmp_path / "second"
    settings.SPEAK_URL, settings.SPEAK_DOMAIN = "https://new.example", "new.example"
    return lies_at


def _make_and_end(path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = path.with_suffix(".media")

    def live_and_end() -> None:
        with transaction.atomic():
            alice = makers.person("alice")
            furnish(alice)
            archive.make(alice, path)
            raise GoneAgain

    with pytest.raises(GoneAgain):
        live_and_end()
    assert not Actor.objects.exists()


def taken(path: Path) -> dict[str, Any]:
    """All that is in it, but for where it lay; pictures by what they are."""
    assert archive.faults_in(path) == []
    with zipfile.ZipFile(path) as file:
        sums = {name: hashlib.sha256(file.read(name)).hexdigest() for name in file.namelist()}

        def plain(each: Any) -> Any:  # noqa: ANN401 - JSON
            if isinstance(each, dict):
                return {
                    name: plain(value)
                    for name, value in each.items()
                    if name not in {"here", "url"} or "said_at" not in each
                }
            if isinstance(each, list):
                return [plain(value) for value in each]
            return sums.get(each, each) if isinstance(each, str) and each.startswith("media_attachments/") else each

        home: dict[str, Any] = {name: plain(value) for name, value in json.loads(file.read("home.json")).items()}
        posts = plain(json.loads(file.read("posts.json")))
    for name, value in home.items():
        if isinstance(value, list):
            home[name] = sorted(value, key=json.dumps)
    return home | {"posts": sorted(posts, key=lambda post: (post["said_at"], post["uri"]))}


def bring(alice: Actor, path: Path) -> dict[str, int]:
    """Bring it; what could not be put down, and how often."""
    row = bring_file(alice, path=path, chosen=AS_IT_WAS, ask=ask)
    assert (row.state, row.refused, row.format) == (ImportState.DONE, "", "own")
    counts: dict[str, int] = row.report.get("ties", {}).get("counts", {})
    assert row.report["read"]["counts"] == row.report["pictures"]["counts"] == {}
    return counts


def test_nothing_is_lost_nothing_doubled_and_nobody_told(first: Path, tmp_path: Path) -> None:
    alice = makers.person("alice", name="alice")
    bring(alice, first)
    alice.refresh_from_db()
    before, again = taken(first), tmp_path / "again.zip"
    assert len(before["posts"]) == Post.objects.filter(author=alice).count() >= POSTS
    Follow.objects.filter(follower=alice).update(state=FollowState.ACCEPTED, accepted_at=clock.now())
    archive.make(alice, again)
    after = taken(again)
    for section in sorted({*before, *after} - OF_ONE_HOME):
        assert after[section] == before[section], section
    assert after["earlier_homes"] == [before["person"] | {"picture": "", "banner": ""}]
    for same in ("name", "aim", "picture", "picture_description", "banner", "quoting", "language", "time_zone"):
        assert after["person"][same] == before["person"][same], same
    told = set(Delivery.objects.values_list("activity__kind", flat=True))
    assert told <= {"Follow", "Update", "Block"}
    assert not Notification.objects.exists()

    rows = {model: model.objects.count() for model in (Post, Brought, Follow, Draft)}
    waiting = set(Luggage.objects.values_list("section", flat=True))
    bring(alice, first)
    bring(alice, again)
    # Whom one points at and has in lists has let themselves be followed by now.
    assert waiting - set(Luggage.objects.values_list("section", flat=True)) == {"endorsed", "lists"}
    assert {model: model.objects.count() for model in rows} == rows
    archive.make(alice, again)
    assert taken(again) | {"made_at": ""} == after | {"made_at": ""}


def test_brought_back_to_the_server_it_is_from_it_adds_nothing(alice: Actor, tmp_path: Path) -> None:
    makers.answer(alice, makers.post(alice, "The tide is in."), "And out.")
    voice.keep_draft(alice, content=DraftWords(Words("Not yet."), Audience(Reach.PUBLIC)))
    path, again = tmp_path / "one.zip", tmp_path / "two.zip"
    archive.make(alice, path)
    bring(alice, path)
    archive.make(alice, again)
    assert taken(again) | {"made_at": ""} == taken(path) | {"made_at": ""}


def test_no_more_people_read_it_than_there(first: Path, browser_of: Callable[[Actor], Client]) -> None:
    alice, bob = makers.person("alice"), makers.person("bob")
    bring(alice, first)
    seen = set(readable_by(bob).filter(author=alice).values_list("source", flat=True))
    assert {"For PUBLIC.", "For QUIET."} <= seen
    assert not seen & {
        f"For {reach.name}." for reach in (Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS)
    }
    said = Brought.objects.get(post__source="For ROOM.")
    assert (said.post.reach, said.kept["room"], said.kept["audience"]) == (Reach.SELF, "Tuesday table", "room")
    assert "in the room “Tuesday table”" in browser_of(alice).get(said.post.path).text
    draft = alice.drafts.get()
    assert (draft.reach, draft.held_until, draft.kept["audience"]) == (Reach.SELF, None, "public")


def test_whoever_chooses_nothing_brings_it_for_themselves_alone(first: Path) -> None:
    alice, bob = makers.person("alice"), makers.person("bob")
    bring_file(alice, path=first, chosen=BroughtFor(), ask=ask)
    assert not readable_by(bob).filter(author=alice).exists()
    assert set(Brought.objects.values_list("kept__audience", flat=True)) >= {"public", "room"}


def test_all_of_it_can_be_undone(first: Path) -> None:
    alice = makers.person("alice")
    row = bring_file(alice, path=first, chosen=AS_IT_WAS, ask=ask)
    undo(alice, import_id=row.pk)
    take_away(row.pk)
    assert not Luggage.objects.exists()
    assert not alice.drafts.exists()
    assert not Brought.objects.exists()
    assert not alice.posts.filter(withdrawn_at=None).exists()


def test_its_part_for_others_is_a_mastodon_archive(first: Path, tmp_path: Path) -> None:
    """As any server reads it that knows Mastodon's archives and nothing of ours."""
    alice, theirs = makers.person("alice"), tmp_path / "mastodon.zip"
    with zipfile.ZipFile(first) as whole, zipfile.ZipFile(theirs, "w") as part:
        for name in set(whole.namelist()) - {"home.json", "posts.json"}:
            part.writestr(name, whole.read(name))
        said = json.loads(whole.read("posts.json"))
    row = bring_file(alice, path=theirs, chosen=AS_IT_WAS, ask=ask)
    assert (row.state, row.format) == (ImportState.DONE, "mastodon")
    assert set(row.report["read"]["counts"]) == {"passed_on", "poll"}
    brought = {each.key: each.post for each in Brought.objects.select_related("post")}
    assert set(brought) == {each["uri"] for each in said}
    open_to = {"public": Reach.PUBLIC, "quiet": Reach.QUIET, "followers": Reach.FOLLOWERS}
    assert {post["uri"]: open_to.get(post["audience"], Reach.SELF) for post in said} == {
        key: Reach(post.reach) for key, post in brought.items()
    }
    assert sum(post.media.count() for post in brought.values()) == sum(len(post["media"]) for post in said)


NASTY = ["", "\0" + "x" * 30_000, "<script>alert(1)</script>", "https://[", 2**63]


def spoiled(found: Any, *, by: object) -> Any:  # noqa: ANN401 - JSON
    """The same with something else in place of every word and number."""
    if isinstance(found, dict):
        return {name: each if name == "format" else spoiled(each, by=by) for name, each in found.items()}
    if isinstance(found, list):
        return [spoiled(each, by=by) for each in found]
    return by


@pytest.mark.parametrize("by", NASTY, ids=lambda by: repr(by)[:20])
def test_whatever_stands_in_it_is_brought_left_out_or_refused(first: Path, tmp_path: Path, by: object) -> None:
    alice, path = makers.person("alice"), tmp_path / "spoiled.zip"
    with zipfile.ZipFile(first) as whole, zipfile.ZipFile(path, "w") as file:
        home, posts = (json.loads(whole.read(name)) for name in ("home.json", "posts.json"))
        keys = {"uri", "said_at"}
        said = [{**spoiled(each, by=by), **{name: each[name] for name in keys}} for each in posts[:8]]
        file.writestr(
            "home.json",
            json.dumps(
                home | {name: spoiled(each, by=by) for name, each in home.items() if name not in {"format", "person"}}
            ),
        )
        file.writestr("posts.json", json.dumps([*said, spoiled(posts[0], by=by)]))
    row = bring_file(alice, path=path, chosen=AS_IT_WAS, ask=ask)
    assert row.state in {ImportState.DONE, ImportState.REFUSED}
    assert not [post for post in alice.posts.all() if "<script" in post.html]
