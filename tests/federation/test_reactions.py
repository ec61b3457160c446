"""Thanks with an emoji, and what authors elsewhere let others do."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.voice.actions import boost
from speak.voice.models import Like, Post
from speak.voice.policies import leave_to
from speak.voice.rules import Leave
from tests import makers
from tests.federation.far import PUBLIC, Document, FarServer, create, does, note

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]


@pytest.fixture
def far(far_and_pages: FarServer) -> FarServer:
    """Another server, where pages are opened too."""
    return far_and_pages


REACTIONS: list[tuple[str, dict[str, object], str]] = [
    ("EmojiReact", {"content": "\N{PARTY POPPER}"}, "\N{PARTY POPPER}"),
    ("Like", {"content": "\N{PARTY POPPER}"}, "\N{PARTY POPPER}"),
    ("Like", {"_misskey_reaction": ":blobcat@far.example:", "tag": [{"type": "Emoji"}]}, ":blobcat:"),
    ("EmojiReact", {"content": ":blobcat:"}, ":blobcat:"),
    ("Like", {"content": "\N{HEAVY BLACK HEART}"}, ""),
    ("Like", {"content": "<script>alert(1)</script>"}, ""),
    ("Like", {"content": "buy my things"}, ""),
    ("Like", {"content": ["\N{PARTY POPPER}"]}, "\N{PARTY POPPER}"),
    ("Like", {"content": 7}, ""),
    ("Like", {"content": "\N{PARTY POPPER}" * 100}, ""),
]


@pytest.mark.parametrize(("kind", "members", "emoji"), REACTIONS)
def test_thanks_may_come_with_an_emoji(
    far: FarServer, alice: Actor, dora: Actor, kind: str, members: dict[str, object], emoji: str
) -> None:
    said = makers.post(alice)
    assert far.post(dora, {**does(dora, kind, said.uri), **members}).status == 202
    assert Like.objects.get().emoji == emoji


def test_the_author_sees_with_what_they_are_thanked_and_nobody_else_does(
    far: FarServer, alice: Actor, bob: Actor, dora: Actor, browser_of: Browser
) -> None:
    said = makers.post(alice)
    for name, emoji in (("1", "\N{PARTY POPPER}"), ("2", ":blobcat:")):
        assert far.post(dora, does(dora, "EmojiReact", said.uri, name=name, content=emoji)).status == 202
    page = browser_of(alice).get("/notifications").text
    assert "thanks you" in page
    assert "\N{PARTY POPPER} :blobcat:" in page
    for viewer in (bob, None):
        assert ":blobcat:" not in browser_of(viewer).get(said.path).text


def test_each_emoji_is_taken_back_by_itself(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    for name, emoji in (("1", "\N{PARTY POPPER}"), ("2", ":blobcat:")):
        far.post(dora, does(dora, "EmojiReact", said.uri, name=name, content=emoji))
    assert far.post(dora, does(dora, "Undo", "https://far.example/1", name="u1")).status == 202
    assert [like.emoji for like in Like.objects.all()] == [":blobcat:"]
    assert alice.notifications.filter(kind="like").exists()
    assert far.post(dora, does(dora, "Undo", "https://far.example/2", name="u2")).status == 202
    assert not alice.notifications.filter(kind="like").exists()


def test_nobody_thanks_in_more_than_a_few_ways(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    answers = [
        far.post(dora, does(dora, "EmojiReact", said.uri, name=f"{number}", content=f":e{number}:")).status
        for number in range(8)
    ]
    assert answers == [202] * 5 + [429] * 3
    assert Like.objects.count() == 5


# --- What authors elsewhere let others do ----------------------------------------------------

FOLLOWERS = "https://far.example/people/dora/followers"
POLICIES: list[tuple[object, bool, tuple[Leave, Leave, Leave]]] = [
    (None, False, (Leave.NOW, Leave.NOW, Leave.ASK)),
    ("nonsense", False, (Leave.NOW, Leave.NOW, Leave.ASK)),
    ({"canQuote": {"automaticApproval": [PUBLIC]}}, False, (Leave.NOW, Leave.NOW, Leave.NOW)),
    ({"canQuote": {"automaticApproval": [FOLLOWERS], "manualApproval": "as:Public"}}, True, (Leave.NOW,) * 3),
    (
        {"canQuote": {"automaticApproval": [FOLLOWERS], "manualApproval": "as:Public"}},
        False,
        (Leave.NOW, Leave.NOW, Leave.ASK),
    ),
    (
        {
            "canReply": {"always": ["https://far.example/people/dora"], "approvalRequired": [PUBLIC]},
            "canAnnounce": {"automaticApproval": FOLLOWERS},
            "canQuote": {"automaticApproval": ["https://far.example/people/dora"]},
        },
        False,
        (Leave.ASK, Leave.NO, Leave.NO),
    ),
    ({"canReply": {"automaticApproval": []}, "canAnnounce": []}, True, (Leave.NO, Leave.NOW, Leave.ASK)),
]


@pytest.mark.parametrize(("policy", "follows", "leaves"), POLICIES)
def test_a_policy_is_read(
    far: FarServer,
    alice: Actor,
    bob: Actor,
    dora: Actor,
    policy: object,
    follows: bool,  # noqa: FBT001
    leaves: tuple[Leave, ...],
) -> None:
    makers.follows(bob, dora)
    if follows:
        makers.follows(alice, dora)
    said = note(dora, interactionPolicy=policy)
    assert far.post(dora, create(said)).status == 202
    found = leave_to(alice, Post.objects.get(uri=said["id"]))
    assert (found.answer, found.boost, found.quote) == leaves


@pytest.mark.parametrize(
    ("members", "leave"),
    [
        ({}, Leave.NO),
        ({"updated": "2026-03-01T10:00:00Z"}, Leave.NO),
        ({"updated": "2026-02-01T10:00:00Z"}, Leave.NOW),
        ({"updated": "2026-04-01T10:00:00Z", "content": "<p>Anew.</p>"}, Leave.NO),
        ({"type": "Question", "oneOf": [{"name": "Ebb"}, {"name": "Flood"}]}, Leave.NO),
    ],
)
def test_a_policy_that_changes_without_the_words_is_taken_over(
    far: FarServer, alice: Actor, dora: Actor, members: Document, leave: Leave
) -> None:
    makers.follows(alice, dora)
    anyone, nobody = ({"canQuote": {"automaticApproval": [who]}} for who in (PUBLIC, dora.uri))
    kind = {name: members[name] for name in ("type", "oneOf") if name in members}
    said = note(dora, interactionPolicy=anyone, published="2026-01-01T10:00:00Z", **kind)
    if not kind:
        said["updated"] = "2026-03-01T10:00:00Z"
    assert far.post(dora, create(said)).status == 202
    changed = {**said, "interactionPolicy": nobody, **members}
    assert far.post(dora, does(dora, "Update", changed, name="u")).status == 202
    assert leave_to(alice, Post.objects.get(uri=said["id"])).quote == leave


def test_what_an_author_does_not_want_is_neither_offered_nor_done(
    far: FarServer, alice: Actor, dora: Actor, browser_of: Browser
) -> None:
    makers.follows(alice, dora)
    own = {"automaticApproval": [dora.uri]}
    said = note(dora, interactionPolicy={"canReply": own, "canAnnounce": own, "canQuote": own})
    far.post(dora, create(said))
    post = Post.objects.get(uri=said["id"])
    page = browser_of(alice).get("/").text
    for way in (f"?answers={post.pk}", f"?quotes={post.pk}", 'value="boost"'):
        assert way not in page
    with pytest.raises(Refusal):
        boost(alice, post=post)
    with pytest.raises(Refusal):
        makers.answer(alice, post)
    typed = {"words": "But!", "audience": "60", "quotes": str(post.pk)}
    assert browser_of(alice).post("/compose", typed).status_code == 422


def test_whoever_is_called_by_name_may_always_answer(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = note(
        dora,
        interactionPolicy={"canReply": {"automaticApproval": [dora.uri]}},
        tag=[{"type": "Mention", "href": alice.uri}],
        cc=[alice.uri],
    )
    assert far.post(dora, create(said)).status == 202
    assert leave_to(alice, Post.objects.get(uri=said["id"])).answer == Leave.NOW
