"""Words shown inside other words, across servers: only with the consent of whoever said them (FEP-044f)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from speak.federation import tasks
from speak.federation.discovery import find_post, look_again_at, quotes
from speak.identity.actions import block, choose_who_may_quote, follow
from speak.identity.models import Actor, Notification
from speak.kernel.errors import Refusal
from speak.kernel.tasks import do_all
from speak.voice.actions import Words, agree_to_quote, publish_post, refuse_quote, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Consent, Post, Quote
from speak.voice.reach import Reach
from tests import makers
from tests.federation.delivery.owed import owed
from tests.federation.far import PUBLIC, Document, FarServer, create, does, note

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
STAMP = "https://far.example/stamps/1"


@pytest.fixture
def far(far_and_pages: FarServer) -> FarServer:
    """Another server, where pages are opened too."""
    return far_and_pages


def quoting(author: Actor, quoted: Post, source: str = "Listen to this.", *, reach: Reach = Reach.PUBLIC) -> Post:
    """Somebody here says something that quotes."""
    return publish_post(author, words=Words(source, quoted=quoted), audience=Audience(reach))


def asks(asker: Actor, quoted: Post, name: str = "q", **members: object) -> Document:
    """The request by which somebody elsewhere asks to quote, with their words."""
    said = note(asker, name, quote=quoted.uri, **members)
    return does(asker, "QuoteRequest", quoted.uri, name=f"ask-{name}", instrument=said)


def asked_about() -> list[int]:
    """The quotes about which other servers are to be asked."""
    waiting = DBTaskResult.objects.filter(task_path=tasks.check_quote.module_path).order_by("enqueued_at")
    return [row.args_kwargs["kwargs"]["quote_id"] for row in waiting]


def stamp(quoting_uri: str, quoted: Post, **members: object) -> Document:
    """The stamp that the server of the quoted shows."""
    return {
        "id": STAMP,
        "type": "QuoteAuthorization",
        "attributedTo": quoted.author.uri,
        "interactingObject": quoting_uri,
        "interactionTarget": quoted.uri,
        **members,
    }


# --- Somebody elsewhere quotes somebody here -------------------------------------------------


def test_whoever_is_quoted_is_asked_and_decides(far: FarServer, alice: Actor, dora: Actor, browser_of: Browser) -> None:
    said = makers.post(alice, "My very words.")
    assert far.post(dora, asks(dora, said)).status == 202
    theirs = Post.objects.get(uri="https://far.example/notes/q")
    assert alice.notifications.filter(kind="quote_asked", post_id=theirs.pk).exists()
    assert (owed("Accept"), owed("Reject")) == ([], [])
    page = browser_of(alice).get(theirs.path).text
    assert "Dora would like to show your words here." in page
    assert "My very words." not in page
    assert "would like to show your words inside theirs" in browser_of(alice).get("/notifications").text

    assert browser_of(alice).post(f"/said/{theirs.pk}/act", {"act": "agree_to_quote"}).status_code == 302
    (accepted,) = owed("Accept")
    assert accepted["object"]["id"] == "https://far.example/ask-q"  # type: ignore[index]
    shown = far.read(str(accepted["result"]))
    assert (shown["type"], shown["attributedTo"]) == ("QuoteAuthorization", alice.uri)
    assert (shown["interactingObject"], shown["interactionTarget"]) == (theirs.uri, said.uri)
    assert "My very words." in browser_of(None).get(theirs.path).text


def test_a_no_is_sent_and_stays_a_no(far: FarServer, alice: Actor, dora: Actor, browser_of: Browser) -> None:
    said = makers.post(alice, "My very words.")
    far.post(dora, asks(dora, said))
    theirs = Post.objects.get(uri="https://far.example/notes/q")
    assert browser_of(alice).post(f"/said/{theirs.pk}/act", {"act": "refuse_quote"}).status_code == 302
    assert [each["object"]["id"] for each in owed("Reject")] == ["https://far.example/ask-q"]  # type: ignore[index]
    again = {**asks(dora, said), "id": "https://far.example/ask-again"}
    assert far.post(dora, again).status == 202
    assert [each["object"]["id"] for each in owed("Reject")][1:] == [again["id"]]  # type: ignore[index]
    assert not Notification.objects.filter(kind="quote_asked").exists()
    assert "My very words." not in browser_of(None).get(theirs.path).text


def test_consent_is_taken_back_at_any_hour(far: FarServer, alice: Actor, dora: Actor, browser_of: Browser) -> None:
    said = makers.post(alice, "My very words.")
    far.post(dora, asks(dora, said))
    theirs = Post.objects.get(uri="https://far.example/notes/q")
    stamp_uri = agree_to_quote(alice, post=theirs).stamp_uri
    refuse_quote(alice, post=theirs)
    assert far.get(stamp_uri.removeprefix("https://home.example")).status == 404
    (deleted,) = owed("Delete")
    assert deleted["object"] == {"id": stamp_uri, "type": "QuoteAuthorization"}
    assert "My very words." not in browser_of(None).get(theirs.path).text


@pytest.mark.parametrize(
    ("preference", "follows", "answer"),
    [
        ("anyone", False, "Accept"),
        ("followers", True, "Accept"),
        ("followers", False, ""),
        ("ask", True, ""),
        ("nobody", True, "Reject"),
    ],
)
def test_a_preference_answers_at_once(
    far: FarServer,
    alice: Actor,
    dora: Actor,
    preference: str,
    follows: bool,  # noqa: FBT001
    answer: str,
) -> None:
    choose_who_may_quote(alice, quoting=preference)
    alice.refresh_from_db()
    if follows:
        makers.follows(dora, alice)
        owed_before = len(owed("Accept"))
    else:
        owed_before = 0
    said = makers.post(alice)
    assert far.post(dora, asks(dora, said)).status == 202
    assert (len(owed("Accept")) - owed_before, len(owed("Reject"))) == (answer == "Accept", answer == "Reject")
    policy = far.read(said.uri)["interactionPolicy"]
    assert isinstance(policy, dict)
    assert (
        policy["canQuote"]
        == {
            "anyone": {"automaticApproval": [PUBLIC]},
            "followers": {"automaticApproval": [alice.uri, alice.followers_url], "manualApproval": [PUBLIC]},
            "ask": {"automaticApproval": [alice.uri], "manualApproval": [PUBLIC]},
            "nobody": {"automaticApproval": [alice.uri]},
        }[preference]
    )


def test_the_post_may_be_named_only_and_is_then_fetched(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    theirs = note(dora, "q", quote=said.uri)
    far.serves(str(theirs["id"]), theirs)
    request = does(dora, "QuoteRequest", said.uri, name="ask-q", instrument=theirs["id"])
    assert far.post(dora, request).status == 202
    quotes.find_quoting(dora, uri=str(theirs["id"]), quoted=said, request_uri=str(request["id"]), ask=far.outbound.ask)
    assert Quote.objects.get().state == Consent.ASKED
    assert Notification.objects.filter(recipient=alice, kind="quote_asked").exists()


@pytest.mark.parametrize("reach", [Reach.FOLLOWERS, Reach.HERE, Reach.NAMED, Reach.SELF])
def test_what_is_not_for_anyone_is_quoted_by_nobody(far: FarServer, alice: Actor, dora: Actor, reach: Reach) -> None:
    makers.follows(dora, alice)
    choose_who_may_quote(alice, quoting="anyone")
    said = makers.post(alice, reach=reach, to=(dora,) if reach == Reach.NAMED else ())
    before = len(owed("Accept"))
    assert far.post(dora, asks(dora, said)).status == 202
    assert len(owed("Accept")) == before
    assert not Quote.objects.filter(state=Consent.AGREED).exists()
    assert not alice.notifications.filter(kind__startswith="quote").exists()


def test_nobody_asks_with_the_words_of_another(far: FarServer, alice: Actor, dora: Actor) -> None:
    said, other = makers.post(alice), makers.post(alice, "Another.")
    eve = makers.far_person("eve", domain="evil.example")
    hers = {**asks(eve, said), "instrument": note(dora, "q", quote=said.uri)}
    assert far.post(eve, hers).status == 403
    assert far.post(dora, {**asks(dora, said), "instrument": note(dora, "q", quote=other.uri)}).status == 403
    assert not Quote.objects.exists()


def test_whom_somebody_blocked_is_not_heard(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    block(alice, blocked=dora)
    assert far.post(dora, asks(dora, said)).status == 202
    assert not Quote.objects.exists()


# --- Somebody here quotes somebody elsewhere -------------------------------------------------


def test_words_from_elsewhere_are_shown_once_their_server_shows_the_stamp(
    far: FarServer, alice: Actor, dora: Actor, browser_of: Browser
) -> None:
    said = makers.far_post(dora, "<p>Her very words.</p>")
    mine = quoting(alice, said)
    (request,) = owed("QuoteRequest")
    assert (request["actor"], request["object"]) == (alice.uri, said.uri)
    assert request["instrument"]["id"] == mine.uri  # type: ignore[index]
    document = far.read(mine.uri)
    assert (document["quote"], "quoteUrl" in document, "quoteAuthorization" in document) == (said.uri, False, False)
    assert str(document["content"]).startswith('<p class="quote-inline">RE: <a href=')
    page = browser_of(alice).get(mine.path).text
    assert "They are being asked; some never answer." in page
    assert "Her very words." not in page

    far.serves(STAMP, stamp(mine.uri, said))
    quote = Quote.objects.get(post=mine)
    assert quotes.read_stamp(quote, stamp_uri=STAMP, ask=far.outbound.ask)
    document = far.read(mine.uri)
    assert (document["quoteUrl"], document["quoteAuthorization"]) == (said.uri, STAMP)
    assert "Her very words." in browser_of(None).get(mine.path).text


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_an_accept_leads_to_the_stamp(far: FarServer, alice: Actor, dora: Actor) -> None:
    mine = quoting(alice, makers.far_post(dora))
    request_uri = Quote.objects.get(post=mine).request_uri
    assert far.post(dora, does(dora, "Accept", request_uri, result="https://evil.example/stamp")).status == 202
    assert do_all() == 0
    embedded = {"id": request_uri, "type": "QuoteRequest", "actor": alice.uri, "object": "https://far.example/x"}
    assert far.post(dora, does(dora, "Accept", embedded, name="2", result=STAMP)).status == 202
    assert do_all() == 1


def test_an_accept_of_a_quote_accepts_no_follow(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    mine = quoting(alice, makers.far_post(dora))
    asked = follow(alice, target=dora)
    request = {"id": Quote.objects.get(post=mine).request_uri, "type": "QuoteRequest", "actor": alice.uri}
    far.post(dora, does(dora, "Accept", request, result=STAMP))
    far.post(dora, does(dora, "Accept", {**request, "id": "https://home.example/x"}, name="2", result=STAMP))
    asked.refresh_from_db()
    assert asked.accepted_at is None


def test_a_reject_ends_it_and_only_the_quoted_may(far: FarServer, alice: Actor, dora: Actor) -> None:
    mine = quoting(alice, makers.far_post(dora))
    quote = Quote.objects.get(post=mine)
    eve = makers.far_person("eve")
    assert far.post(eve, does(eve, "Reject", quote.request_uri)).status == 202
    quote.refresh_from_db()
    assert quote.state == Consent.ASKED
    assert far.post(dora, does(dora, "Reject", quote.request_uri, name="2")).status == 202
    quote.refresh_from_db()
    assert quote.state == Consent.REFUSED
    assert "quote" not in far.read(mine.uri)


def test_a_stamp_that_is_taken_back_is_gone_here(
    far: FarServer, alice: Actor, dora: Actor, browser_of: Browser
) -> None:
    said = makers.far_post(dora, "<p>Her very words.</p>")
    mine = quoting(alice, said)
    far.serves(STAMP, stamp(mine.uri, said))
    quotes.read_stamp(Quote.objects.get(post=mine), stamp_uri=STAMP, ask=far.outbound.ask)
    eve = makers.far_person("eve")
    assert far.post(eve, does(eve, "Delete", STAMP)).status == 202
    assert Quote.objects.get(post=mine).state == Consent.AGREED
    assert far.post(dora, does(dora, "Delete", {"id": STAMP, "type": "QuoteAuthorization"}, name="2")).status == 202
    assert Quote.objects.get(post=mine).state == Consent.TAKEN_BACK
    assert "Her very words." not in browser_of(None).get(mine.path).text
    assert "does not want them shown here any more" in browser_of(alice).get(mine.path).text


SPOILED: list[dict[str, object]] = [
    {"attributedTo": "https://far.example/people/zoe"},
    {"interactingObject": "https://home.example/posts/1"},
    {"interactionTarget": "https://far.example/notes/other"},
    {"type": "Note"},
    {"id": "https://far.example/stamps/2"},
]


@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_stamp_for_something_else_is_no_stamp(
    far: FarServer, alice: Actor, dora: Actor, spoiled: dict[str, object]
) -> None:
    said = makers.far_post(dora)
    mine = quoting(alice, said)
    far.serves(STAMP, stamp(mine.uri, said, **spoiled))
    try:
        holds = quotes.read_stamp(Quote.objects.get(post=mine), stamp_uri=STAMP, ask=far.outbound.ask)
    except Exception as refusal:  # noqa: BLE001 - fetching refuses what names itself otherwise
        assert isinstance(refusal, Refusal) or "nobody there" in str(refusal)  # noqa: PT017
        holds = False
    assert not holds
    assert Quote.objects.get(post=mine).state == Consent.ASKED


# --- Others among themselves -----------------------------------------------------------------


def test_a_quote_among_others_is_shown_when_the_stamp_holds(
    far: FarServer, alice: Actor, dora: Actor, browser_of: Browser
) -> None:
    makers.follows(alice, dora)
    zoe = makers.far_person("zoe", domain="zoo.example")
    theirs = makers.far_post(zoe, "<p>Zoe's words.</p>")
    stamp_uri = "https://zoo.example/stamps/1"
    said = note(dora, quote=theirs.uri, quoteAuthorization=stamp_uri)
    assert far.post(dora, create(said)).status == 202
    post = Post.objects.get(uri=said["id"])
    assert "Zoe&#x27;s words." not in browser_of(None).get(post.path).text
    far.serves(stamp_uri, stamp(post.uri, theirs, id=stamp_uri))
    quotes.check_quote(Quote.objects.get(post=post), ask=far.outbound.ask)
    assert "Zoe&#x27;s words." in browser_of(None).get(post.path).text


def test_nobody_claims_the_consent_of_somebody_here(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    said = makers.post(alice)
    for name, stamp_uri in (("1", "https://home.example/stamps/1"), ("2", STAMP)):
        claimed = note(dora, name, quote=said.uri, quoteAuthorization=stamp_uri)
        assert far.post(dora, create(claimed)).status == 202
    far.serves(STAMP, stamp("https://far.example/notes/2", said))
    for quote in Quote.objects.all():
        quotes.check_quote(quote, ask=far.outbound.ask)
    assert set(Quote.objects.values_list("state", flat=True)) == {Consent.ASKED}


def test_somebody_elsewhere_quotes_themselves_freely(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    first = makers.far_post(dora)
    assert far.post(dora, create(note(dora, quote=first.uri))).status == 202
    assert Quote.objects.get().state == Consent.AGREED


def test_a_fetched_post_brings_what_it_quotes_along_but_shows_nothing_yet(far: FarServer, dora: Actor) -> None:
    said = note(dora, quote="https://zoo.example/1", quoteAuthorization="https://zoo.example/stamps/1")
    far.serves(str(said["id"]), said)
    post = find_post(str(said["id"]), ask=far.outbound.ask)
    assert Quote.objects.get(post=post).state == Consent.ASKED
    assert asked_about() == [Quote.objects.get(post=post).pk]


def test_a_fetched_post_shows_what_it_quotes_once_the_stamp_was_read(
    far: FarServer, dora: Actor, browser_of: Browser
) -> None:
    zoe = makers.far_person("zoe", domain="zoo.example")
    theirs = makers.far_post(zoe, "<p>Zoe's words.</p>")
    stamp_uri = "https://zoo.example/stamps/1"
    said = note(dora, quote=theirs.uri, quoteAuthorization=stamp_uri)
    far.serves(str(said["id"]), said)
    far.serves(stamp_uri, stamp(str(said["id"]), theirs, id=stamp_uri))
    post = find_post(str(said["id"]), ask=far.outbound.ask)
    for quote_id in asked_about():
        quotes.check_quote(Quote.objects.get(pk=quote_id), ask=far.outbound.ask)
    assert "Zoe&#x27;s words." in browser_of(None).get(post.path).text


def test_quotes_that_quote_without_end_are_asked_about_three_deep(far: FarServer, dora: Actor) -> None:
    for number in range(9):
        said = note(dora, str(number), quote=f"https://far.example/notes/{number + 1}")
        far.serves(str(said["id"]), said)
    find_post("https://far.example/notes/0", ask=far.outbound.ask)
    for _ in range(9):
        for quote in Quote.objects.filter(pk__in=asked_about(), state=Consent.ASKED):
            quotes.check_quote(quote, ask=far.outbound.ask)
    assert Quote.objects.count() == 4
    assert len(asked_about()) == 3


def test_a_post_looked_at_again_quotes_what_it_quotes_now(far: FarServer, dora: Actor) -> None:
    said = note(dora, quote="https://zoo.example/1", quoteAuthorization="https://zoo.example/stamps/1")
    far.serves(str(said["id"]), said)
    post = find_post(str(said["id"]), ask=far.outbound.ask)
    far.serves(str(said["id"]), note(dora))
    look_again_at(dora, uri=post.uri, ask=far.outbound.ask)
    assert not Quote.objects.exists()


def test_of_a_post_that_was_said_anew_meanwhile_nothing_older_is_kept(far: FarServer, dora: Actor) -> None:
    said = note(dora, quote="https://far.example/notes/2")
    far.serves(str(said["id"]), said)
    find_post(str(said["id"]), ask=far.outbound.ask)
    far.serves("https://far.example/notes/2", note(dora, "2"))
    before = Quote.objects.get()
    Quote.objects.update(quoted_uri="https://far.example/notes/3")
    with pytest.raises(Refusal):
        quotes.check_quote(before, ask=far.outbound.ask)
    assert Quote.objects.get().quoted is None


# --- People here among themselves ------------------------------------------------------------


def test_people_here_ask_each_other_too(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    said = makers.post(alice, "My very words.")
    page = browser_of(bob).get(f"/compose?quotes={said.pk}").text
    assert "Alice is asked first." in page
    typed = {"words": "Hear, hear.", "audience": "60", "quotes": str(said.pk)}
    assert browser_of(bob).post("/compose", typed).status_code == 302
    theirs = Post.objects.filter(author=bob).latest("pk")
    assert "My very words." not in browser_of(carol).get(theirs.path).text
    assert browser_of(carol).post(f"/said/{theirs.pk}/act", {"act": "agree_to_quote"}).status_code == 403
    assert browser_of(alice).post(f"/said/{theirs.pk}/act", {"act": "agree_to_quote"}).status_code == 302
    assert "My very words." in browser_of(carol).get(theirs.path).text


def test_a_quote_shows_nothing_to_whom_the_words_are_not_shown(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    choose_who_may_quote(alice, quoting="anyone")
    alice.refresh_from_db()
    carol = makers.person("carol")
    said = makers.post(alice, "My very words.")
    theirs = quoting(bob, said)
    block(alice, blocked=carol)
    assert "My very words." in browser_of(None).get(theirs.path).text
    assert "My very words." not in browser_of(carol).get(theirs.path).text
    withdraw_post(alice, post=said)
    assert "My very words." not in browser_of(None).get(theirs.path).text


def test_one_asks_only_with_words_that_the_asked_can_read(alice: Actor, bob: Actor, dora: Actor) -> None:
    hers, said = makers.far_post(dora), makers.post(alice)
    for quoted, reach in ((hers, Reach.HERE), (hers, Reach.SELF), (said, Reach.SELF), (hers, Reach.FOLLOWERS)):
        with pytest.raises(Refusal):
            quoting(bob, quoted, reach=reach)
    assert not Post.objects.filter(author=bob).exists()
    assert quoting(bob, said, reach=Reach.HERE).quote.state == Consent.ASKED


def test_a_draft_keeps_what_it_quotes(alice: Actor, browser_of: Browser) -> None:
    said = makers.post(alice, "My very words.")
    typed = {"words": "Later.", "audience": "60", "quotes": str(said.pk), "do": "keep"}
    assert browser_of(alice).post("/compose", typed).status_code == 302
    draft = alice.drafts.get()
    assert draft.quoted == said
    assert "You are quoting" in browser_of(alice).get(f"/compose?draft={draft.pk}").text
