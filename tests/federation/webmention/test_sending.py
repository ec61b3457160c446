"""3.1: telling other sites that something said here links to them."""

import datetime as dt
from urllib.parse import parse_qs

import pytest

from speak.federation.models import OwedMention
from speak.federation.webmention.sending import targets_of
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.outbound import AddressRefused, Answer, Unreachable
from speak.safety.models import Limit, LimitKind
from speak.voice.actions import Words, edit_post, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.makers import post

from .site import ENDPOINT, PAGE, SITE, html, owed, told, worker_tells

OTHER = f"{SITE}/other"


@pytest.fixture
def outbound() -> FakeOutbound:
    page = html("<p>Hello.</p>", link=f"<{ENDPOINT}?key=1>; rel=webmention")
    return FakeOutbound({PAGE: page, OTHER: page, f"{ENDPOINT}?key=1": Answer(202)})


def test_3_1_3_it_must_post_source_and_target_as_a_form(alice: Actor, outbound: FakeOutbound) -> None:
    said = post(alice, f"Read {PAGE} all of you.")
    worker_tells(outbound)
    (call,) = [call for call in outbound.calls if call.method == "POST"]
    assert call.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(call.body.decode()) == {"source": [said.url], "target": [PAGE]}
    assert owed() == []


def test_3_1_3_query_parameters_must_stay_in_the_address_and_out_of_the_body(
    alice: Actor, outbound: FakeOutbound
) -> None:
    post(alice, f"Read {PAGE} all of you.")
    worker_tells(outbound)
    ((url, body),) = told(outbound)
    assert url == f"{ENDPOINT}?key=1"
    assert "key" not in body


@pytest.mark.parametrize("status", [200, 201, 202, 204, 226])
def test_3_1_3_any_2xx_must_be_a_success(alice: Actor, outbound: FakeOutbound, status: int) -> None:
    outbound.answers[f"{ENDPOINT}?key=1"] = Answer(status)
    post(alice, f"Read {PAGE}")
    worker_tells(outbound)
    row = OwedMention.objects.get()
    assert row.sent_at is not None
    assert row.due_at is None


def test_every_outside_page_is_told_once_and_nothing_else(alice: Actor, bob: Actor) -> None:
    said = post(
        alice, f"See {PAGE}, {OTHER} and {PAGE} again, @bob, #tags, https://home.example/@bob, mailto:a@b.example"
    )
    assert targets_of(said) == [PAGE, OTHER]
    assert owed() == [PAGE, OTHER]


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS])
def test_of_what_is_not_for_anyone_no_site_is_told(alice: Actor, bob: Actor, reach: Reach) -> None:
    post(alice, f"Read {PAGE}", reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ())
    assert owed() == []


def test_3_1_4_an_edit_is_sent_again_also_to_what_is_no_longer_linked_and_to_what_is_new(
    alice: Actor, outbound: FakeOutbound
) -> None:
    said = post(alice, f"Read {PAGE}")
    worker_tells(outbound)
    edit_post(alice, post=said, words=Words(f"No: {OTHER}"))
    assert owed() == [PAGE, OTHER]
    worker_tells(outbound)
    assert [parse_qs(body)["target"][0] for _, body in told(outbound)] == [PAGE, PAGE, OTHER]


def test_3_1_4_the_endpoint_must_be_discovered_anew(alice: Actor, outbound: FakeOutbound) -> None:
    said = post(alice, f"Read {PAGE}")
    worker_tells(outbound)
    outbound.answers[PAGE] = html("", link=f"<{SITE}/new>; rel=webmention")
    outbound.answers[f"{SITE}/new"] = Answer(200)
    edit_post(alice, post=said, words=Words(f"Do read {PAGE}"))
    worker_tells(outbound)
    assert [url for url, _ in told(outbound)] == [f"{ENDPOINT}?key=1", f"{SITE}/new"]


def test_3_1_4_what_was_never_sent_and_is_no_longer_linked_is_not_sent(alice: Actor, outbound: FakeOutbound) -> None:
    said = post(alice, f"Read {PAGE}")
    edit_post(alice, post=said, words=Words("Never mind."))
    assert owed() == []


def test_3_1_5_what_is_withdrawn_is_sent_again_to_every_site_that_was_told(
    alice: Actor, outbound: FakeOutbound, client: object
) -> None:
    said = post(alice, f"Read {PAGE} and {SITE}/unreachable")
    worker_tells(outbound)
    withdraw_post(alice, post=said)
    assert owed() == [PAGE]
    worker_tells(outbound)
    assert len(told(outbound)) == 2
    assert not OwedMention.objects.exists()


def test_what_fails_for_now_is_tried_again_and_given_up_after_three_days(alice: Actor, outbound: FakeOutbound) -> None:
    post(alice, f"Read {PAGE}")
    outbound.answers[PAGE] = Unreachable("not now")
    worker_tells(outbound)
    row = OwedMention.objects.get()
    assert row.attempts == 1
    assert row.due_at is not None
    assert dt.timedelta(seconds=40) < row.due_at - clock.now() < dt.timedelta(minutes=2)
    with clock.moved(dt.timedelta(days=4)):
        worker_tells(outbound)
    assert owed() == []


@pytest.mark.parametrize(
    "answer", [AddressRefused("127.0.0.1 is not public"), html("", status=404), html("<b>" * 20_000)]
)
def test_what_can_only_fail_is_not_tried_again(
    alice: Actor, outbound: FakeOutbound, answer: Answer | Exception
) -> None:
    """4.3: an endpoint on this very machine, or any private address, is not called: the door refuses it."""
    post(alice, f"Read {PAGE}")
    outbound.answers[PAGE] = answer
    worker_tells(outbound)
    assert owed() == []
    assert OwedMention.objects.get().last_failure


def test_an_edit_while_a_site_is_told_is_told_too(alice: Actor, outbound: FakeOutbound) -> None:
    said = post(alice, f"Read {PAGE}")
    ask = outbound.ask

    def ask_and_edit(call: object, **more: object) -> Answer:
        if getattr(call, "method", "") == "POST":
            edit_post(alice, post=Post.objects.get(pk=said.pk), words=Words(f"Better: {PAGE}"))
        return ask(call)  # type: ignore[arg-type]

    outbound.ask = ask_and_edit  # type: ignore[method-assign]
    worker_tells(outbound)
    assert owed() == [PAGE]


def test_a_site_that_takes_none_is_left_alone(alice: Actor, outbound: FakeOutbound) -> None:
    outbound.answers[PAGE] = html("<p>No endpoint.</p>")
    post(alice, f"Read {PAGE}")
    worker_tells(outbound)
    assert told(outbound) == []
    assert owed() == []


def test_a_suspended_site_is_not_asked(alice: Actor, outbound: FakeOutbound) -> None:
    Limit.objects.create(domain="site.example", kind=LimitKind.SUSPENDED, reason="Spam.")
    post(alice, f"Read {PAGE}")
    worker_tells(outbound)
    assert outbound.calls == []
    assert owed() == []


def test_what_is_rolled_back_owes_nothing(alice: Actor) -> None:
    with pytest.raises(Exception, match="characters"):
        publish_post(alice, words=Words(f"Read {PAGE}" + "w" * 6000), audience=Audience(Reach.PUBLIC))
    assert owed() == []
