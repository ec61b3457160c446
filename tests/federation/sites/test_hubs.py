"""W3C WebSub as a subscriber: each section that demands or advises something of one, and its name."""

import datetime as dt
import hashlib
import hmac
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django_tasks_db.models import DBTaskResult

from speak.federation.models import Distributed, HubState, HubSubscription, Site
from speak.federation.sites import callbacks, hubs, polling
from speak.identity.actions import follow, unfollow
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.outbound import Answer, Call, Sign
from speak.safety.models import Limit, LimitKind
from tests.fakes import FakeOutbound
from tests.federation.sites.feeds import BLOG, FEED, at_home, atom, entry, found, page, served

HUB, OTHER_HUB = "https://hub.example/", "https://other.example/hub"
TOPIC = f"{BLOG}/topic.xml"
IN_FEED = f'<link rel="hub" href="{HUB}"/><link rel="self" href="{TOPIC}"/>'
IN_HEADER = f'<{HUB}>; rel="hub", <{TOPIC}>; rel="self"'
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
LEASE = 10 * 24 * 3600


class Hub(FakeOutbound):
    """A site with a hub, which takes what it is asked for."""

    def __init__(self, feed: Answer) -> None:
        taken = Answer(202)
        super().__init__({FEED: feed, HUB: taken, OTHER_HUB: taken})
        self.asked: list[tuple[str, dict[str, str], Call]] = []

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        if call.method == "POST":
            form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
            self.asked.append((call.url, form, call))
        return super().ask(call, sign=sign)

    @property
    def form(self) -> dict[str, str]:
        """What it was asked last."""
        return self.asked[-1][1]


@pytest.fixture
def outbound() -> Hub:
    return Hub(served(atom(entry(2), entry(1), more=IN_FEED)))


@pytest.fixture
def site(alice: Actor, outbound: Hub) -> Actor:
    """Alice follows it, and the hub has been asked."""
    actor = found(alice, outbound, FEED)
    follow(alice, target=actor)
    works(outbound)
    return actor


def works(outbound: Hub, *, after: dt.timedelta = dt.timedelta(0)) -> None:
    """The worker does all that is due, once so much time has passed."""
    with clock.moved(after):
        for _ in range(2):
            for subscription_id in hubs.take_up_due():
                hubs.request(subscription_id, ask=outbound.ask)
            for site_id in polling.take_up_due():
                polling.read(site_id, ask=outbound.ask)


def row() -> HubSubscription:
    return HubSubscription.objects.latest("pk")


def asks_back(
    outbound: Hub, *, mode: str = "subscribe", challenge: str = "xyz", callback: str = "", **given: str
) -> HttpResponse:
    """The hub asks at the callback whether it was meant."""
    said = {"hub.mode": mode, "hub.topic": TOPIC, "hub.challenge": challenge, "hub.lease_seconds": str(LEASE)}
    said |= {f"hub.{name}": value for name, value in given.items()}
    path = urlsplit(callback or outbound.form["hub.callback"]).path
    return cast("HttpResponse", Client().get(path, said))


def sends(outbound: Hub, body: str, *, secret: str | None = None, method: str = "sha256", **headers: str) -> int:
    """The hub distributes content to the last callback; the status it gets. The worker reads it."""
    signed = hmac.new((secret or row().secret).encode(), body.encode(), method).hexdigest()
    headers = {"x-hub-signature": f"{method}={signed}", "link": IN_HEADER, **headers}
    path = urlsplit(outbound.form["hub.callback"]).path
    response = Client().post(path, body, content_type="application/atom+xml", headers=headers)
    for waiting in Distributed.objects.all():
        callbacks.read(waiting.pk)
    return int(response.status_code)


# --- 4 Discovery ---


@pytest.mark.parametrize(
    "document",
    [
        served(atom(entry(1)), link=IN_HEADER),
        served(atom(entry(1), more=IN_FEED)),
        served(
            f'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>A</title>'
            f'<a:link rel="hub" href="{HUB}"/><a:link rel="self" href="{TOPIC}"/></channel></rss>'
        ),
        page(f'<link rel="hub" href="{HUB}"><link rel="self" href="{TOPIC}">', '<p class="h-entry">Hello.</p>'),
        served(
            f'{{"version": "https://jsonfeed.org/version/1.1", "title": "A", "feed_url": "{TOPIC}", "items": [],'
            f'"hubs": [{{"type": "WebSub", "url": "{HUB}"}}]}}'
        ),
    ],
    ids=["header", "atom", "rss", "html", "json"],
)
def test_4_each_way_of_discovery_must_be_supported(alice: Actor, document: Answer) -> None:
    outbound = Hub(document)
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert [(url, form["hub.topic"]) for url, form, _ in outbound.asked] == [(HUB, TOPIC)]


def test_4_link_headers_must_be_looked_at_first(alice: Actor) -> None:
    header = f'<{OTHER_HUB}>; rel="hub", <{BLOG}/other.xml>; rel="self"'
    outbound = Hub(served(atom(entry(1), more=IN_FEED), link=header))
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert (outbound.asked[0][0], outbound.form["hub.topic"]) == (OTHER_HUB, f"{BLOG}/other.xml")


def test_8_1_links_in_the_body_of_a_page_are_no_discovery(alice: Actor) -> None:
    body = f'<p class="h-entry">Hello. <link rel="hub" href="{HUB}"><link rel="self" href="{TOPIC}"></p>'
    outbound = Hub(page(body=body))
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert outbound.asked == []


@pytest.mark.parametrize("more", ["", f'<link rel="hub" href="{HUB}"/>', f'<link rel="self" href="{TOPIC}"/>'])
def test_4_without_a_hub_and_a_topic_nothing_is_asked(alice: Actor, more: str) -> None:
    outbound = Hub(served(atom(entry(1), more=more)))
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert outbound.asked == []


# --- 5.1 Subscriber Sends Subscription Request ---


def test_5_1_a_request_must_be_a_form_with_callback_mode_and_topic(site: Actor, outbound: Hub) -> None:
    url, form, call = outbound.asked[0]
    assert (url, call.method) == (HUB, "POST")
    assert call.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert (form["hub.mode"], form["hub.topic"], form["hub.lease_seconds"]) == ("subscribe", TOPIC, str(LEASE))
    assert form["hub.callback"].startswith("https://home.example/sites/told/")


def test_5_1_the_topic_must_be_the_self_address_found(site: Actor, outbound: Hub) -> None:
    assert outbound.form["hub.topic"] != FEED


def test_5_1_the_callback_should_be_unguessable_and_of_one_subscription(
    alice: Actor, site: Actor, outbound: Hub
) -> None:
    outbound.answers[f"{BLOG}/two.xml"] = outbound.answers[FEED]
    follow(alice, target=found(alice, outbound, f"{BLOG}/two.xml"))
    works(outbound)
    works(outbound)
    one, other = (form["hub.callback"].rpartition("/")[2] for _, form, _ in outbound.asked)
    assert one != other
    assert len(one) >= 43


def test_5_1_the_secret_must_be_shorter_than_200_bytes_and_is_random(site: Actor, outbound: Hub) -> None:
    assert 32 <= len(outbound.form["hub.secret"]) < 200


def test_5_1_a_secret_should_only_travel_over_https(alice: Actor) -> None:
    hub = "http://hub.example:8080/"
    outbound = Hub(served(atom(entry(1), more=IN_FEED.replace(HUB, hub))))
    outbound.answers[hub] = Answer(202)
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert (outbound.asked[0][0], "hub.secret" in outbound.form) == (hub, False)


def test_8_2_a_hub_should_be_asked_over_https_even_if_it_is_named_without(alice: Actor) -> None:
    outbound = Hub(served(atom(entry(1), more=IN_FEED.replace(HUB, "http://hub.example/"))))
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert outbound.asked[0][0] == HUB


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_5_1_2_a_hub_that_leads_to_another_is_followed(alice: Actor, status: int) -> None:
    outbound = Hub(served(atom(entry(1), more=IN_FEED)))
    outbound.answers[HUB] = Answer(status, headers={"location": OTHER_HUB})
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert [url for url, _, _ in outbound.asked] == [HUB, OTHER_HUB]
    assert outbound.asked[0][1] == outbound.asked[1][1]


@pytest.mark.parametrize("led", [HUB, "http://plain.example/", "https://home.example/websub", "ftp://x.example/"])
def test_5_1_2_but_not_in_circles_nor_where_it_may_not_go(alice: Actor, led: str) -> None:
    outbound = Hub(served(atom(entry(1), more=IN_FEED)))
    outbound.answers[HUB] = Answer(307, headers={"location": led})
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    assert len(outbound.asked) <= 4
    assert {url for url, _, _ in outbound.asked} == {HUB}


@pytest.mark.parametrize("answer", [Answer(400, b"no"), Answer(503), None])
def test_5_1_2_what_a_hub_does_not_take_is_asked_again_later_and_ever_more_rarely(
    site: Actor, outbound: Hub, answer: Answer | None
) -> None:
    if answer is None:
        del outbound.answers[HUB]
    else:
        outbound.answers[HUB] = answer
    works(outbound)
    assert len(outbound.asked) == 1
    works(outbound, after=2 * HOUR)
    works(outbound, after=3 * HOUR)
    assert len(outbound.asked) == 2
    assert at_home(Actor.objects.get(handle="alice"))


# --- 5.2 Subscription Validation ---


def test_5_2_denied_it_should_be_considered_impossible(site: Actor, outbound: Hub) -> None:
    assert asks_back(outbound).status_code == 200
    denied = asks_back(outbound, mode="denied", challenge="", reason="No.")
    assert denied.status_code == 200
    works(outbound, after=DAY)
    works(outbound, after=2 * DAY)
    assert [form["hub.mode"] for _, form, _ in outbound.asked] == ["subscribe"]
    assert sends(outbound, atom(entry(3))) == 410
    assert not hubs.has_live_hub(Site.objects.get())


def test_5_2_another_hub_is_asked_where_one_has_denied_it(alice: Actor) -> None:
    both = IN_FEED + f'<link rel="hub" href="{OTHER_HUB}"/>'
    outbound = Hub(served(atom(entry(1), more=both)))
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    asks_back(outbound, mode="denied")
    works(outbound)
    works(outbound)
    assert [url for url, _, _ in outbound.asked] == [HUB, OTHER_HUB]


# --- 5.3 Hub Verifies Intent of the Subscriber ---


def test_5_3_1_what_was_asked_for_must_be_confirmed_with_the_challenge(site: Actor, outbound: Hub) -> None:
    response = asks_back(outbound, challenge="A-challenge_0~")
    assert (response.status_code, response.content) == (200, b"A-challenge_0~")
    lease = row().lease_until
    assert lease is not None
    assert abs(lease - clock.now() - dt.timedelta(seconds=LEASE)) < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "given",
    [
        {"topic": f"{BLOG}/other"},
        {"topic": ""},
        {"mode": "unsubscribe"},
        {"mode": "publish"},
        {"mode": "denied", "topic": f"{BLOG}/other"},
        {"callback": "https://home.example/sites/told/" + "x" * 43},
    ],
)
def test_5_3_1_what_was_not_must_be_answered_with_404(site: Actor, outbound: Hub, given: dict[str, str]) -> None:
    assert asks_back(outbound, **given).status_code == 404
    assert row().state == HubState.ASKED


def test_5_3_1_the_answer_must_be_of_a_safe_media_type(site: Actor, outbound: Hub) -> None:
    response = asks_back(outbound, challenge="<script>alert(1)</script>")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"  # 8.2


@pytest.mark.parametrize("challenge", ["", "x" * 513, "\x00\x01", "a b", "ü"])
def test_8_2_a_challenge_should_be_bounded_and_plain(site: Actor, outbound: Hub, challenge: str) -> None:
    assert asks_back(outbound, challenge=challenge).status_code == 404


def test_5_3_1_a_subscription_must_be_asked_for_anew_before_its_lease_is_over(site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    works(outbound, after=7 * DAY)
    assert len(outbound.asked) == 1
    works(outbound, after=8 * DAY)
    assert [form["hub.mode"] for _, form, _ in outbound.asked] == ["subscribe", "subscribe"]


def test_5_1_1_the_callback_should_change_when_it_is_renewed_and_the_old_one_holds_till_then(
    site: Actor, outbound: Hub
) -> None:
    asks_back(outbound)
    old = outbound.form["hub.callback"]
    works(outbound, after=8 * DAY)
    new = outbound.form["hub.callback"]
    assert new != old
    with clock.moved(8 * DAY):
        assert callbacks.is_taken_by(old.rpartition("/")[2])
        asks_back(outbound)
    works(outbound, after=8 * DAY)
    assert (outbound.form["hub.mode"], outbound.form["hub.callback"]) == ("unsubscribe", old)
    assert asks_back(outbound, mode="unsubscribe").status_code == 200
    assert HubSubscription.objects.get().token == new.rpartition("/")[2]


def test_6_1_the_topic_is_read_before_renewing_and_a_new_hub_takes_the_place_of_the_old(
    site: Actor, outbound: Hub
) -> None:
    asks_back(outbound)
    moved = IN_FEED.replace(HUB, OTHER_HUB).replace("topic.xml", "moved.xml")
    outbound.answers[FEED] = served(atom(entry(2), entry(1), more=moved))
    works(outbound, after=8 * DAY)
    subscribing = [(url, form["hub.topic"]) for url, form, _ in outbound.asked if form["hub.mode"] == "subscribe"]
    assert subscribing == [(HUB, TOPIC), (OTHER_HUB, f"{BLOG}/moved.xml")]


@pytest.mark.parametrize("lease", ["", "abc", "-1", "0", "1", "9" * 30])
def test_5_3_an_odd_lease_is_no_trouble(site: Actor, outbound: Hub, lease: str) -> None:
    assert asks_back(outbound, lease_seconds=lease).status_code == 200
    until = row().lease_until
    assert until is not None
    assert dt.timedelta(minutes=4) < until - clock.now() <= dt.timedelta(days=365)


def test_5_unsubscribing_when_nobody_follows_any_more(alice: Actor, site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    unfollow(alice, target=site)
    works(outbound)
    assert (outbound.form["hub.mode"], outbound.form["hub.topic"]) == ("unsubscribe", TOPIC)
    assert "hub.secret" not in outbound.form
    assert asks_back(outbound, mode="subscribe").status_code == 404
    assert asks_back(outbound, mode="unsubscribe", lease_seconds="x").content == b"xyz"
    assert not HubSubscription.objects.exists()


def test_5_a_hub_that_does_not_hear_that_one_leaves_is_forgotten(alice: Actor, site: Actor, outbound: Hub) -> None:
    unfollow(alice, target=site)
    for day in range(8):
        works(outbound, after=day * 8 * DAY)
    assert not HubSubscription.objects.exists()


# --- 7 Content Distribution ---


def test_7_content_must_be_acknowledged_with_2xx_and_what_is_new_stands_at_home(
    alice: Actor, site: Actor, outbound: Hub
) -> None:
    asks_back(outbound)
    outbound.calls.clear()
    assert sends(outbound, atom(entry(3), entry(2))) == 202
    assert [post.title for post in at_home(alice)] == ["Entry 3", "Entry 2", "Entry 1"]
    assert outbound.calls == []


def test_7_it_should_be_answered_quickly_and_is_read_by_the_worker(site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    sends(outbound, atom(entry(3)))
    assert DBTaskResult.objects.filter(task_path__endswith="read_distributed").count() == 1


def test_7_entries_that_are_left_out_stay_and_earlier_ones_do_not_come_back(alice: Actor, outbound: Hub) -> None:
    many = [entry(number) for number in range(15, 0, -1)]
    outbound.answers[FEED] = served(atom(*many, more=IN_FEED))
    follow(alice, target=found(alice, outbound, FEED))
    works(outbound)
    asks_back(outbound)
    sends(outbound, atom(entry(16)))
    sends(outbound, atom(entry(17), *many))
    assert len(at_home(alice)) == 12


def test_7_the_subscription_must_not_be_told_by_link_headers(alice: Actor, site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    assert sends(outbound, atom(entry(3)), link='<https://x.example/>; rel="self"') == 202
    assert at_home(alice)[0].author == site


def test_7_what_holds_no_more_is_answered_with_410(alice: Actor, site: Actor, outbound: Hub) -> None:
    assert sends(outbound, atom(entry(3))) == 410
    asks_back(outbound)
    with clock.moved(11 * DAY):
        assert sends(outbound, atom(entry(3))) == 410
    assert Client().post("/sites/told/nobody", b"", content_type="text/xml").status_code == 410
    assert len(at_home(alice)) == 2


def test_polling_stays_as_a_slow_safety_net(site: Actor, outbound: Hub) -> None:
    before = Site.objects.get().due_at
    asks_back(outbound)
    works(outbound, after=2 * HOUR)
    after = Site.objects.get().due_at
    assert before is not None
    assert after is not None
    assert before - clock.now() < 2 * HOUR
    assert after - clock.now() > 20 * HOUR


@pytest.mark.parametrize("body", ["<rss", "", "<html><p>Under repair</p></html>", '<!DOCTYPE x [<!ENTITY a "a">]><x/>'])
def test_content_that_cannot_be_read_has_the_site_read(site: Actor, outbound: Hub, body: str) -> None:
    asks_back(outbound)
    assert sends(outbound, body) == 202
    due_at = Site.objects.get().due_at
    assert due_at is not None
    assert due_at <= clock.now()
    assert not Distributed.objects.exists()


def test_content_without_end_is_refused(site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    assert sends(outbound, "x" * (callbacks.MAX_BODY + 1)) == 413


def test_nothing_is_taken_of_a_server_that_is_refused(alice: Actor, site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    Limit.objects.create(domain="blog.example", kind=LimitKind.SUSPENDED, reason="spam")
    sends(outbound, atom(entry(3)))
    assert len(at_home(alice)) == 2


# --- 7.1 Authenticated Content Distribution ---


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_7_1_1_each_recognized_algorithm_is_known(alice: Actor, site: Actor, outbound: Hub, method: str) -> None:
    asks_back(outbound)
    assert sends(outbound, atom(entry(3)), method=method) == 202
    assert len(at_home(alice)) == 3


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "md5=" + hashlib.md5(b"", usedforsecurity=False).hexdigest(),
        "sha256",
        "=x",
        "sha256=\u00fc",
        "none=",
    ],
)
def test_7_1_2_a_signature_that_does_not_match_must_have_the_message_ignored(
    alice: Actor, site: Actor, outbound: Hub, signature: str
) -> None:
    asks_back(outbound)
    assert sends(outbound, atom(entry(3)), **{"x-hub-signature": signature}) == 202
    assert len(at_home(alice)) == 2
    assert not DBTaskResult.objects.filter(task_path__endswith="read_distributed").exists()


def test_7_1_2_nor_does_one_with_the_secret_of_another(alice: Actor, site: Actor, outbound: Hub) -> None:
    asks_back(outbound)
    assert sends(outbound, atom(entry(3)), secret="another") == 202
    assert len(at_home(alice)) == 2
