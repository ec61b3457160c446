"""What is owed arrives: signed, in order, tried again, given up; and servers in trouble are left alone."""

import asyncio
import datetime as dt
import threading

import pytest
from django_tasks_db.models import DBTaskResult

from speak.federation.delivery import loop
from speak.federation.delivery.choosing import PER_SERVER, Load
from speak.federation.delivery.claiming import CLAIM, claim, let_go, take_back_from_the_dead
from speak.federation.delivery.loop import deliver_owed, deliver_until
from speak.federation.delivery.rules import DAYS_TO_REST, FAILURES_TO_OPEN, REST, Verdict
from speak.federation.delivery.servers import hear_from
from speak.federation.housekeeping import forget_what_is_old
from speak.federation.models import Activity, Delivery, Server
from speak.federation.signatures import Message, check, read_claim
from speak.identity.models import Actor, Key, KeyKind
from speak.kernel import clock
from speak.kernel.keys import read_public
from speak.kernel.outbound import AddressRefused, Answer, Call, TimedOut
from speak.voice.actions import Words, edit_post, withdraw_post
from speak.voice.models import Post
from tests import makers
from tests.fakes import FakeOutbound
from tests.federation.delivery.owed import FAR, TAKEN, all_has_arrived, answering, deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(alice: Actor, dora: Actor) -> Post:
    """Alice has said something, which dora at far.example is owed and nobody else."""
    makers.follows(dora, alice)
    all_has_arrived()
    return makers.post(alice)


def signer_of(call: Call) -> str:
    """The address of the key that signed a call, after checking the signature as a receiver does."""
    headers = {**call.headers, "host": "far.example"}
    claimed = read_claim(Message(call.method, call.url, headers, call.body))
    check(claimed, public_key=read_public(Key.objects.get(key_uri=claimed.key_uri).public_pem), now=clock.now())
    return claimed.key_uri


def make_all_due() -> None:
    """As if the pauses had passed."""
    Delivery.objects.update(due_at=clock.now())
    Server.objects.update(open_until=None)


def the_row() -> Delivery:
    """The one copy that is owed."""
    return Delivery.objects.get()


def test_a_copy_arrives_signed_by_its_author_and_is_forgotten(said: Post, alice: Actor) -> None:
    body = Activity.objects.get(kind="Create").body
    far = answering(202)
    deliver(far)
    (call,) = far.calls
    assert (call.method, call.url, call.body.decode()) == ("POST", FAR, body)
    assert call.headers["content-type"] == "application/activity+json"
    assert signer_of(call) == f"{alice.uri}#main-key"
    assert not Delivery.objects.exists()
    assert not Server.objects.exists(), "a server without trouble needs no row"


def test_nothing_is_taken_up_twice(said: Post) -> None:
    assert len(claim(10, load=Load({}))) == 1
    assert claim(10, load=Load({})) == []


def test_what_a_worker_held_elsewhere_is_free_again_after_a_while(said: Post) -> None:
    claim(10, load=Load({}))
    Delivery.objects.update(claimed_until=clock.now() - dt.timedelta(seconds=1))
    assert len(claim(10, load=Load({}))) == 1


def test_what_a_killed_worker_of_this_machine_held_is_free_at_once(said: Post) -> None:
    claim(10, load=Load({}))
    assert take_back_from_the_dead() == 0, "this process lives"
    host = the_row().claimed_by.split(":")[0]
    Delivery.objects.update(claimed_by=f"{host}:4194999:1")
    assert take_back_from_the_dead() == 1
    assert len(claim(10, load=Load({}))) == 1
    Delivery.objects.update(claimed_by="another-machine:1:1", claimed_until=clock.now() + CLAIM)
    assert take_back_from_the_dead() == 0, "of other machines nothing is known"


def test_what_was_let_go_of_is_free_at_once(said: Post) -> None:
    (parcel,) = claim(10, load=Load({}))
    let_go([parcel.delivery_id])
    assert len(claim(10, load=Load({}))) == 1


def test_a_failing_copy_is_tried_again_later_and_its_failure_kept(said: Post) -> None:
    before = clock.now()
    deliver(answering(500))
    row = the_row()
    assert (row.attempts, row.last_failure, row.given_up_at) == (1, "answered 500", None)
    assert dt.timedelta(seconds=45) < row.due_at - before < dt.timedelta(seconds=90)
    assert claim(10, load=Load({})) == []
    make_all_due()
    deliver(answering(202))
    assert not Delivery.objects.exists()


def test_a_server_that_is_not_there_is_tried_again(said: Post) -> None:
    deliver(FakeOutbound({FAR: TimedOut("POST far.example: timed out")}))
    assert the_row().last_failure == "POST far.example: timed out"
    assert the_row().given_up_at is None


def test_after_three_days_a_copy_is_given_up(said: Post) -> None:
    Activity.objects.update(created_at=clock.now() - dt.timedelta(days=3))
    deliver(answering(500))
    assert the_row().given_up_at is not None
    make_all_due()
    assert claim(10, load=Load({})) == []


@pytest.mark.parametrize("answer", [Answer(400), Answer(403), AddressRefused("POST: a private address")])
def test_what_can_never_arrive_is_given_up_at_once(said: Post, answer: Answer | Exception) -> None:
    deliver(FakeOutbound({FAR: answer}))
    assert the_row().given_up_at is not None
    assert not Server.objects.exists(), "the server is not in trouble"


def test_an_address_that_cannot_be_signed_does_not_end_the_round(said: Post) -> None:
    Delivery.objects.update(inbox_url="https://far.example/in box\r\n")
    (outcome,) = deliver(FakeOutbound())
    assert outcome.judgement.verdict == Verdict.NEVER
    assert the_row().given_up_at is not None


@pytest.mark.parametrize("status", [404, 410])
def test_when_an_inbox_is_gone_its_server_is_asked_after_its_owner(said: Post, dora: Actor, status: int) -> None:
    deliver(answering(status))
    assert the_row().given_up_at is not None
    task = DBTaskResult.objects.get()
    assert task.task_path == "speak.federation.tasks.fetch_actor"
    assert task.args_kwargs["kwargs"] == {"uri": dora.uri}


# --- Which signature ------------------------------------------------------------------------------


class Picky(FakeOutbound):
    """A server that knows RFC 9421 only."""

    async def send(self, call: Call, **options: object) -> Answer:
        await super().send(call, **options)  # type: ignore[arg-type]
        return Answer(202 if "signature-input" in self.calls[-1].headers else 401)


def test_where_one_way_of_signing_is_refused_the_other_is_tried_and_remembered(said: Post, alice: Actor) -> None:
    far = Picky({FAR: TAKEN})
    deliver(far)
    assert ["signature-input" in call.headers for call in far.calls] == [False, True]
    assert [signer_of(call) for call in far.calls] == [f"{alice.uri}#main-key"] * 2
    assert not Delivery.objects.exists()
    assert Server.objects.get(host="far.example").scheme == "rfc9421"
    makers.post(alice)
    far.calls.clear()
    deliver(far)
    assert ["signature-input" in call.headers for call in far.calls] == [True]


class Wishful(FakeOutbound):
    """A server that takes only what covers its authority under its tag, and says so; with a nonce if it gives one."""

    wish = 'theirs=("@method" "@authority");created;tag="ours"'
    nonce = ""

    async def send(self, call: Call, **options: object) -> Answer:
        await super().send(call, **options)  # type: ignore[arg-type]
        said = self.calls[-1].headers.get("signature-input", "")
        if '"@authority"' in said and 'tag="ours"' in said and f'nonce="{self.nonce}"' in said + 'nonce=""':
            return TAKEN
        return Answer(401, headers={"accept-signature": f'{self.wish};nonce="{self.nonce}"'})


def test_what_an_inbox_wishes_to_be_signed_is_signed_and_remembered(said: Post, alice: Actor) -> None:
    far = Wishful({FAR: TAKEN})
    deliver(far)
    assert ["signature-input" in call.headers for call in far.calls] == [False, True]
    assert signer_of(far.calls[-1]) == f"{alice.uri}#main-key"
    assert not Delivery.objects.exists()
    server = Server.objects.get(host="far.example")
    assert (server.scheme, server.wish) == ("rfc9421", 'theirs=("@method" "@authority");tag="ours"')
    makers.post(alice)
    far.calls.clear()
    deliver(far)
    (call,) = far.calls
    assert call.headers["signature-input"].startswith("theirs=(")


def test_a_nonce_is_given_back_once_and_not_remembered(said: Post, alice: Actor) -> None:
    far = Wishful({FAR: TAKEN})
    far.nonce = "first"
    deliver(far)
    assert not Delivery.objects.exists()
    assert "first" not in Server.objects.get(host="far.example").wish
    far.nonce = "second"
    makers.post(alice)
    far.calls.clear()
    deliver(far)
    assert ['nonce="second"' in call.headers["signature-input"] for call in far.calls] == [False, True]
    assert not Delivery.objects.exists()


def test_a_wish_that_was_met_and_refused_all_the_same_is_not_tried_again(said: Post) -> None:
    wish = 'sig=("@authority")'
    Server.objects.create(host="far.example", scheme="rfc9421", wish=wish)
    far = answering(401, headers={"accept-signature": wish})
    deliver(far)
    assert ["signature-input" in call.headers for call in far.calls] == [True, False]
    assert Server.objects.get(host="far.example").wish == wish


def test_where_both_are_refused_it_is_tried_again_later(said: Post) -> None:
    deliver(answering(401))
    row = the_row()
    assert (row.given_up_at, row.last_failure) == (None, "answered 401")
    assert not Server.objects.filter(failures__gt=0).exists()


# --- Order -----------------------------------------------------------------------------------------


def test_a_later_copy_about_the_same_thing_waits_for_the_earlier(said: Post, alice: Actor) -> None:
    edit_post(alice, post=said, words=Words("Good evening."))
    other = makers.post(alice, "Something else.")
    first = deliver(answering(500))
    assert len(first) == 2, "the Create and the other post; not the Update"
    Server.objects.all().delete()
    Delivery.objects.filter(activity__kind="Update").update(due_at=clock.now() - dt.timedelta(hours=1))
    assert claim(10, load=Load({})) == []
    make_all_due()
    far = answering(202)
    deliver(far)
    deliver(far)
    sent = [call.body.decode() for call in far.calls]
    about = [body for body in sent if said.uri in body]
    assert ['"Create"' in body for body in about] == [True, False]
    assert any(other.uri in body for body in sent)


def test_one_that_was_given_up_does_not_hold_up_the_next(said: Post, alice: Actor) -> None:
    edit_post(alice, post=said, words=Words("Good evening."))
    deliver(answering(400))
    assert [parcel.body for parcel in claim(10, load=Load({}))] == [Activity.objects.get(kind="Update").body.encode()]


def test_words_withdrawn_while_they_were_on_their_way_are_not_sent_again(said: Post, alice: Actor) -> None:
    (parcel,) = claim(10, load=Load({}))
    withdraw_post(alice, post=said)
    assert Delivery.objects.count() == 2, "the Create is on its way and cannot be stopped; the Delete follows"
    let_go([parcel.delivery_id])
    assert claim(10, load=Load({})) == []
    far = answering(202)
    deliver(far)
    assert ['"Delete"' in call.body.decode() for call in far.calls] == [True]


# --- Servers in trouble ---------------------------------------------------------------------------


def fail(times: int) -> None:
    """The server fails so often, each time once the pause is over."""
    for _ in range(times):
        make_all_due()
        deliver(answering(500))


def test_a_server_that_keeps_failing_is_left_alone_then_probed_with_one_copy(said: Post, alice: Actor) -> None:
    fail(FAILURES_TO_OPEN)
    server = Server.objects.get()
    assert (server.host, server.failures, server.failing_days) == ("far.example", FAILURES_TO_OPEN, 1)
    assert server.open_until is not None
    assert server.open_until > clock.now()
    for _ in range(3):
        makers.post(alice)
    Delivery.objects.update(due_at=clock.now())
    assert claim(10, load=Load({})) == []
    Server.objects.update(open_until=clock.now() - dt.timedelta(seconds=1))
    probe = claim(10, load=Load({}))
    assert len(probe) == 1
    assert claim(10, load=Load({"far.example": 1})) == [], "one probe at a time"


def test_a_server_that_answers_again_gets_what_waited(said: Post, alice: Actor) -> None:
    fail(FAILURES_TO_OPEN)
    for _ in range(3):
        makers.post(alice)
    Delivery.objects.update(due_at=clock.now() + dt.timedelta(hours=6))
    Server.objects.update(open_until=None)
    Delivery.objects.filter(pk=Delivery.objects.order_by("pk")[0].pk).update(due_at=clock.now())
    deliver(answering(202))
    server = Server.objects.get()
    assert (server.failures, server.failing_days, server.open_until) == (0, 0, None)
    assert len(claim(10, load=Load({}))) == 3


def test_a_wish_to_be_left_alone_holds_for_the_whole_server(said: Post, alice: Actor) -> None:
    before = clock.now()
    deliver(answering(429, headers={"retry-after": "1800"}))
    makers.post(alice)
    assert claim(10, load=Load({})) == []
    server = Server.objects.get()
    assert server.open_until is not None
    assert server.open_until - before >= dt.timedelta(minutes=30)
    assert Delivery.objects.order_by("pk")[0].due_at - before >= dt.timedelta(minutes=30)


def test_a_server_that_fails_on_seven_days_is_probed_weekly_until_it_speaks(said: Post, dora: Actor) -> None:
    Server.objects.create(host="far.example", failing_days=DAYS_TO_REST - 1, failures=40)
    fail(1)
    server = Server.objects.get()
    assert server.failing_days == DAYS_TO_REST
    assert server.open_until is not None
    assert server.open_until - clock.now() > REST - dt.timedelta(minutes=1)
    hear_from(dora)
    server = Server.objects.get()
    assert (server.failures, server.failing_days, server.open_until) == (0, 0, None)
    assert server.last_heard_at is not None
    assert len(claim(10, load=Load({}))) == 1


def test_several_failures_on_one_day_count_as_one_day(said: Post) -> None:
    fail(3)
    assert Server.objects.get().failing_days == 1


def test_a_busy_server_does_not_get_more_at_once_and_does_not_hold_up_others(alice: Actor) -> None:
    for name in ("ann", "ben"):
        makers.follows(makers.far_person(name, domain=f"{name}.example"), alice)
    all_has_arrived()
    for _ in range(PER_SERVER + 2):
        makers.post(alice)
    claimed = claim(100, load=Load({"ann.example": PER_SERVER - 1}))
    hosts = [parcel.host for parcel in claimed]
    assert (hosts.count("ann.example"), hosts.count("ben.example")) == (1, PER_SERVER)
    assert claim(100, load=Load({"ann.example": PER_SERVER, "ben.example": PER_SERVER})) == []


# --- What else may be in the way --------------------------------------------------------------------


def test_a_copy_whose_author_has_no_key_is_given_up_and_the_rest_goes(said: Post, alice: Actor, bob: Actor) -> None:
    makers.follows(makers.far_person("ann", domain="ann.example"), bob)
    makers.post(bob)
    Key.objects.filter(actor=alice, kind=KeyKind.RSA).delete()
    parcels = claim(10, load=Load({}))
    assert {parcel.host for parcel in parcels} == {"ann.example"}
    assert Delivery.objects.get(host="far.example").last_failure == "its author has no key here"


def test_old_things_are_forgotten_and_what_is_owed_stays(said: Post) -> None:
    forget_what_is_old()
    assert Delivery.objects.count() == 1
    Activity.objects.update(created_at=clock.now() - dt.timedelta(days=11))
    forget_what_is_old()
    assert the_row().given_up_at is not None
    Delivery.objects.update(given_up_at=clock.now() - dt.timedelta(days=31))
    Activity.objects.update(created_at=clock.now() - dt.timedelta(days=42))
    forget_what_is_old()
    assert not Delivery.objects.exists()
    assert not Activity.objects.exists()


class Faulty(FakeOutbound):
    """A fault of ours while sending to one server."""

    async def send(self, call: Call, **options: object) -> Answer:
        if "ann.example" in call.url:
            raise ZeroDivisionError
        return await super().send(call, **options)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_the_loop_delivers_everything_and_a_fault_of_ours_stops_nothing_else(
    alice: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(30):
        makers.follows(makers.far_person(f"p{number}", domain=f"s{number}.example"), alice)
    makers.follows(makers.far_person("ann", domain="ann.example"), alice)
    all_has_arrived()
    makers.post(alice)
    far = Faulty({f"https://s{number}.example/inbox": TAKEN for number in range(30)})
    asyncio.run(deliver_owed(outbound=far))
    assert {call.url for call in far.calls} == {f"https://s{number}.example/inbox" for number in range(30)}
    assert (the_row().host, the_row().given_up_at) == ("ann.example", None)
    assert "went wrong here" in the_row().last_failure
    assert "went wrong here" in caplog.text


class Silent(FakeOutbound):
    """A server that takes a call and never answers; once called, the worker is asked to end."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self.stop = stop

    async def send(self, call: Call, **_options: object) -> Answer:
        self.stop.set()
        await asyncio.Event().wait()
        raise AssertionError(call.url)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_asked_to_end_does_not_wait_for_silent_servers_and_loses_nothing(
    alice: Actor, dora: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "SECONDS_TO_FINISH", 0.1)
    makers.follows(dora, alice)
    all_has_arrived()
    makers.post(alice)
    stop = threading.Event()
    asyncio.run(deliver_until(stop, outbound=Silent(stop)))
    assert (the_row().attempts, the_row().given_up_at) == (0, None)
    assert the_row().claimed_until is not None, "it may have left"
    assert len(claim(10, load=Load({}))) == 1
