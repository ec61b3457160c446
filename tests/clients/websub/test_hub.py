"""Sections 4 to 8: discovery, subscriptions, distribution."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from speak.clients.models import Subscription
from speak.clients.websub import distributing, subscribing
from speak.identity.actions import ProfileWords, let_run_server
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.outbound import AddressRefused, Answer, Call, Sign, TimedOut, Unreachable
from speak.rooms.actions import agree_to_be_gathered, found_organisation
from speak.safety.models import Limit, LimitKind
from speak.voice.actions import Words, edit_post, withdraw_post
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.makers import answer, post

HERE = "https://home.example"
TOPIC = f"{HERE}/@alice/feed.atom"
CALLBACK = "https://reader.example/hook?key=1"


class Reader(FakeOutbound):
    """A feed reader at reader.example: it says yes to what it asked for, and keeps what it is sent."""

    def __init__(self, *, means_it: bool = True, status: int = 200) -> None:
        super().__init__()
        self.means_it, self.status = means_it, status
        self.failing: Exception | None = None

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:  # noqa: ARG002 - nothing is signed for a hub
        self.calls.append(replace(call))
        if self.failing:
            raise self.failing
        challenge = parse_qs(urlsplit(call.url).query).get("hub.challenge", [""])[0]
        return Answer(self.status, challenge.encode() if self.means_it else b"No.", call.url)

    @property
    def asked(self) -> list[dict[str, str]]:
        """What it was asked at its callback."""
        queries = (parse_qs(urlsplit(call.url).query) for call in self.calls if call.method == "GET")
        return [{name: values[0] for name, values in query.items()} for query in queries]

    @property
    def sent(self) -> list[Call]:
        """What it was sent."""
        return [call for call in self.calls if call.method == "POST"]


@pytest.fixture
def reader(alice: Actor) -> Reader:
    return Reader()


def asks(**given: str) -> int:
    """A subscriber asks the hub; the status it gets."""
    named = {"mode": "subscribe", "topic": TOPIC, "callback": CALLBACK, **given}
    return int(Client().post("/websub", {f"hub.{name}": value for name, value in named.items()}).status_code)


def verified(reader: Reader) -> None:
    for row in Subscription.objects.exclude(wish=""):
        subscribing.verify(row.pk, ask=reader.ask)


def subscribed(reader: Reader, **given: str) -> Subscription:
    assert asks(**given) == 202
    verified(reader)
    row = Subscription.objects.get()
    reader.calls.clear()
    return row


def distributed(reader: Reader) -> None:
    for pk in distributing.take_up_due():
        distributing.send(pk, ask=reader.ask)


def links(headers: Mapping[str, str]) -> str:
    return headers["Link"]


# --- 4 Discovery ---


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_4_a_topic_must_name_its_hub_and_itself_in_link_headers(alice: Actor, kind: str) -> None:
    got = Client().get(f"/@alice/feed.{kind}")
    assert f'<{HERE}/websub>; rel="hub"' in got["Link"]
    assert f'<{HERE}/@alice/feed.{kind}>; rel="self"' in got["Link"]
    assert Client().head(f"/@alice/feed.{kind}")["Link"] == got["Link"]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_4_and_in_the_feed_itself(alice: Actor, kind: str) -> None:
    found = feedparser.parse(Client().get(f"/@alice/feed.{kind}").content).feed.links
    named = {link["rel"]: link["href"] for link in found}
    assert (named["hub"], named["self"]) == (f"{HERE}/websub", f"{HERE}/@alice/feed.{kind}")


# --- 5 Subscribing ---


def test_5_1_a_request_must_be_taken_with_202_and_is_verified_later(reader: Reader) -> None:
    assert asks() == 202
    assert Subscription.objects.get().lease_until is None
    assert DBTaskResult.objects.filter(task_path__endswith="verify_subscription").count() == 1
    assert reader.calls == []


@pytest.mark.parametrize(
    "given",
    [
        {"mode": ""},
        {"mode": "publish"},
        {"topic": ""},
        {"topic": f"{HERE}/@nobody/feed.atom"},
        {"topic": f"{HERE}/@alice"},
        {"topic": f"{HERE}/"},
        {"topic": f"{HERE}/settings"},
        {"topic": "https://far.example/feed.atom"},
        {"topic": f"{HERE}/@alice/feed.atom?x=1"},
        {"topic": f"{HERE}.evil.example/@alice/feed.atom"},
        {"callback": ""},
        {"callback": "nonsense"},
        {"callback": "ftp://reader.example/"},
        {"callback": "https://reader.example/" + "x" * 2000},
        {"secret": "s" * 200},
    ],
)
def test_5_1_2_what_is_wrong_is_said_with_4xx(reader: Reader, given: dict[str, str]) -> None:
    assert asks(**given) == 400
    assert not Subscription.objects.exists()


def test_5_1_1_a_secret_must_be_less_than_200_bytes(reader: Reader) -> None:
    assert asks(secret="s" * 199) == 202
    assert asks(secret="ß" * 100) == 400


def test_5_1_what_nobody_knows_must_be_ignored(reader: Reader) -> None:
    assert asks(mood="fine", verify="sync") == 202


def test_5_3_the_callback_must_be_asked_with_all_parameters_and_its_own_query(reader: Reader) -> None:
    asks(lease_seconds="7200")
    verified(reader)
    (asked,) = reader.asked
    assert (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]) == ("subscribe", TOPIC, "7200")
    assert asked["key"] == "1", "what stands in the callback stays"
    assert len(asked["hub.challenge"]) >= 32
    row = Subscription.objects.get()
    assert row.lease_until is not None
    assert dt.timedelta(minutes=119) < row.lease_until - clock.now() <= dt.timedelta(hours=2)


@pytest.mark.parametrize("reader_like", [{"means_it": False}, {"status": 404}, {"status": 500}, {"status": 302}])
def test_5_3_1_whoever_does_not_send_the_challenge_back_is_not_subscribed(
    alice: Actor, reader_like: dict[str, int]
) -> None:
    asks()
    verified(Reader(**reader_like))  # type: ignore[arg-type]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("failure", [Unreachable("x"), TimedOut("x"), AddressRefused("127.0.0.1")])
def test_5_3_1_nor_whoever_cannot_be_asked(reader: Reader, failure: Exception) -> None:
    asks()
    reader.failing = failure
    verified(reader)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("lease", "seconds"),
    [("1", 3600), ("86400", 86400), ("9" * 12, 30 * 86400), ("", 10 * 86400), ("-5", 10 * 86400), ("x", 10 * 86400)],
)
def test_5_1_1_a_lease_is_as_long_as_asked_for_within_bounds(reader: Reader, lease: str, seconds: int) -> None:
    asks(lease_seconds=lease)
    verified(reader)
    assert reader.asked[0]["hub.lease_seconds"] == str(seconds)


def test_5_1_whoever_has_subscribed_may_ask_again_and_keeps_what_they_have_until_then(reader: Reader) -> None:
    subscribed(reader, secret="first")
    asks(secret="second")
    verified(Reader(means_it=False))
    assert Subscription.objects.get().secret == "first", "what holds already goes on"
    asks(secret="second")
    verified(reader)
    assert Subscription.objects.get().secret == "second"


def test_5_unsubscribing_is_verified_too(reader: Reader) -> None:
    subscribed(reader)
    assert asks(mode="unsubscribe") == 202
    verified(Reader(means_it=False))
    assert Subscription.objects.exists(), "nobody ends it for somebody else"
    asks(mode="unsubscribe")
    verified(reader)
    assert reader.asked[0]["hub.mode"] == "unsubscribe"
    assert not Subscription.objects.exists()


def test_5_2_a_feed_that_is_gone_is_denied_at_the_callback(reader: Reader, alice: Actor) -> None:
    asks()
    alice.suspended_at = clock.now()
    Actor.objects.filter(pk=alice.pk).update(user=None)
    verified(reader)
    (asked,) = reader.asked
    assert (asked["hub.mode"], asked["hub.topic"]) == ("denied", TOPIC)
    assert asked["hub.reason"]
    assert not Subscription.objects.exists()


def test_a_lease_ends(reader: Reader, alice: Actor) -> None:
    subscribed(reader, lease_seconds="3600")
    with clock.moved(dt.timedelta(hours=2)):
        post(alice)
        distributed(reader)
        assert reader.sent == []
        assert subscribing.end_leases() == 1
    assert not Subscription.objects.exists()


def test_8_one_place_has_so_many_and_a_suspended_one_none(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "MOST_OF_A_HOST", 2)
    taken = [asks(callback=f"https://reader.example/{number}") for number in range(3)]
    assert taken == [202, 202, 429]
    monkeypatch.setattr(subscribing, "MOST_UNVERIFIED", 2)
    assert asks(callback="https://other.example/") == 429
    Limit.objects.create(domain="evil.example", kind=LimitKind.SUSPENDED, reason="Spam.")
    assert asks(callback="https://evil.example/") == 400


# --- 7 Content distribution ---


def test_7_the_whole_feed_must_be_sent_with_its_type_and_links(reader: Reader, alice: Actor) -> None:
    subscribed(reader)
    said = post(alice, "Good morning.")
    distributed(reader)
    (call,) = reader.sent
    assert call.url == CALLBACK
    assert call.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f'<{HERE}/websub>; rel="hub"' in links(call.headers)
    assert f'<{TOPIC}>; rel="self"' in links(call.headers)
    assert [entry.id for entry in feedparser.parse(call.body).entries] == [said.uri]
    assert call.body == Client().get("/@alice/feed.atom").content
    assert "X-Hub-Signature" not in call.headers


def test_7_1_with_a_secret_it_must_be_signed(reader: Reader, alice: Actor) -> None:
    subscribed(reader, secret="between us")
    post(alice)
    distributed(reader)
    (call,) = reader.sent
    expected = hmac.new(b"between us", call.body, hashlib.sha256).hexdigest()
    assert call.headers["X-Hub-Signature"] == f"sha256={expected}"


def test_7_what_changes_and_what_is_taken_back_is_sent_too(reader: Reader, alice: Actor) -> None:
    said = post(alice, "Good morning.")
    subscribed(reader)
    edit_post(alice, post=said, words=Words("Good evening."))
    distributed(reader)
    withdraw_post(alice, post=Post.objects.get(pk=said.pk))
    distributed(reader)
    assert [len(feedparser.parse(call.body).entries) for call in reader.sent] == [1, 0]


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE, Reach.FOLLOWERS, Reach.QUIET])
def test_7_what_is_not_announced_is_not_sent(reader: Reader, alice: Actor, reach: Reach) -> None:
    subscribed(reader)
    post(alice, "First.")
    distributed(reader)
    reader.calls.clear()
    post(alice, "Between us.", reach=reach)
    distributed(reader)
    assert reader.sent == []


def test_7_tags_and_conversations_are_topics_too(reader: Reader, alice: Actor, bob: Actor) -> None:
    begun = post(alice, "What do you think? #boats")
    for topic in (f"{HERE}/tags/boats/feed.rss", f"{begun.url}/feed.json"):
        assert asks(topic=topic) == 202
    verified(reader)
    reader.calls.clear()
    answer(bob, begun, "I see.")
    distributed(reader)
    kinds = {call.headers["Content-Type"].partition(";")[0]: call.body for call in reader.sent}
    assert b"I see." in kinds["application/feed+json"]
    assert b"I see." not in kinds["application/rss+xml"]
    reader.calls.clear()
    post(bob, "Mine is red. #boats")
    distributed(reader)
    (call,) = reader.sent
    assert b"Mine is red." in call.body


def test_7_the_page_of_the_organisation_is_a_topic_too(reader: Reader, alice: Actor) -> None:
    let_run_server(alice)
    found_organisation(alice, handle="harbor", words=ProfileWords(name="Harbor", aim=""))
    agree_to_be_gathered(alice, agrees=True)
    assert asks(topic=f"{HERE}/organisation/feed.atom") == 202
    verified(reader)
    reader.calls.clear()
    post(alice, "The slipway is free.")
    distributed(reader)
    (call,) = reader.sent
    assert b"The slipway is free." in call.body


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_7_any_2xx_is_a_success(reader: Reader, alice: Actor, status: int) -> None:
    subscribed(reader)
    reader.status = status
    post(alice)
    distributed(reader)
    assert Subscription.objects.get().due_at is None


def test_7_a_failure_should_be_tried_again_and_given_up_in_the_end(reader: Reader, alice: Actor) -> None:
    subscribed(reader)
    reader.status = 503
    post(alice)
    distributed(reader)
    row = Subscription.objects.get()
    assert row.attempts == 1
    assert row.due_at is not None
    with clock.moved(dt.timedelta(days=4)):
        distributed(reader)
    assert Subscription.objects.get().due_at is None, "the subscription stays, and hears of the next change"
    reader.status = 200
    post(alice)
    distributed(reader)
    assert len(reader.sent) == 3


def test_7_gone_ends_the_subscription(reader: Reader, alice: Actor) -> None:
    subscribed(reader)
    reader.status = 410
    post(alice)
    distributed(reader)
    assert not Subscription.objects.exists()


def test_7_what_cannot_be_reached_is_no_fault_of_ours(reader: Reader, alice: Actor) -> None:
    subscribed(reader)
    for failure in (AddressRefused("private"), TimedOut("slow")):
        reader.failing = failure
        post(alice)
        distributed(reader)
    assert Subscription.objects.get().attempts == 1


def test_a_change_while_it_is_sent_is_sent_too(reader: Reader, alice: Actor) -> None:
    subscribed(reader)
    post(alice, "One.")
    ask = reader.ask

    def ask_and_say(call: Call, *, sign: Sign | None = None) -> Answer:
        post(alice, "Two.")
        return ask(call, sign=sign)

    for pk in distributing.take_up_due():
        distributing.send(pk, ask=ask_and_say)
    distributed(reader)
    assert b"Two." in reader.sent[-1].body
    assert len(reader.sent) == 2
