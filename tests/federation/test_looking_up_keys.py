"""Whoever signs names a server to be asked: one that never answers holds up few requests here, and briefly."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from speak.federation import asking_now
from speak.identity.models import Actor, Follow
from speak.kernel import clock
from speak.kernel.outbound import LIMITS, Answer, Call, Purpose, Sign, TimedOut
from tests.fakes import FakeOutbound
from tests.federation.far import Addresses, FarServer, Heard, does

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]


class Slow(FakeOutbound):
    """Other servers, while whose answer is awaited the next of these things happens."""

    def __init__(self) -> None:
        """`meanwhile` may be changed at any time."""
        super().__init__()
        self.meanwhile: Iterator[Callable[[], object]] = iter(())

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Let the next thing happen, then answer from the table."""
        next(self.meanwhile, lambda: None)()
        return super().ask(call, sign=sign)


@pytest.fixture
def slow(db: None, settings: Settings) -> Slow:
    """What this server asks the others through."""
    outbound = Slow()
    settings.ROOT_URLCONF = Addresses(outbound)
    return outbound


@pytest.fixture
def far(slow: Slow, browser_of: Browser) -> FarServer:
    """Another server."""
    return FarServer(browser_of(None), slow)


def stranger(number: int) -> str:
    """Somebody of whom nothing is known here, each on a server of their own."""
    return f"https://s{number}.example/people/x"


def asks(far: FarServer, uri: str, alice: Actor) -> Heard:
    """A stranger would follow somebody here."""
    follow = {"id": f"{uri}/follow", "type": "Follow", "actor": uri, "object": alice.uri}
    return far.post(f"{uri}#main-key", follow)


def test_more_look_ups_than_few_are_refused_and_everything_else_goes_on(
    slow: Slow, far: FarServer, alice: Actor, dora: Actor
) -> None:
    most = settings.SPEAK_WEB_THREADS // 4
    heard: dict[int, Heard] = {}
    others: list[int] = []

    def come(number: int) -> Callable[[], object]:
        def coming() -> None:
            heard[number] = asks(far, stranger(number), alice)

        return coming

    def go_on() -> None:
        come(most)()
        others.append(far.get(alice.uri).status)
        others.append(far.post(dora, does(dora, "Follow", alice.uri)).status)

    slow.meanwhile = iter([*map(come, range(1, most)), go_on])
    come(0)()
    assert (heard[most].status, heard[most].headers["Retry-After"]) == (503, "60")
    assert others == [200, 202]
    assert Follow.objects.filter(follower=dora, target=alice).exists()
    assert far.asked == [stranger(number) for number in reversed(range(most))], "the last was not even asked for"

    far.serves_actor(stranger(most), "x")
    assert asks(far, stranger(most), alice).status == 202, "sent again, it is heard"


def test_a_server_that_was_silent_is_left_alone_whatever_key_is_named(far: FarServer, alice: Actor) -> None:
    silent = "https://silent.example/people"
    far.outbound.answers[f"{silent}/1"] = TimedOut("never")
    assert asks(far, f"{silent}/1", alice).status == 503
    again = asks(far, f"{silent}/2", alice)
    assert (again.status, again.headers["Retry-After"]) == (503, "60")
    assert far.asked == [f"{silent}/1"]
    far.serves_actor(stranger(1), "x")
    assert asks(far, stranger(1), alice).status == 202


def test_a_server_with_a_fault_is_no_silent_one(far: FarServer, alice: Actor) -> None:
    there = "https://there.example/people"
    far.outbound.answers[f"{there}/1"] = Answer(500)
    far.serves_actor(f"{there}/2", "second")
    assert asks(far, f"{there}/1", alice).status == 503
    assert asks(far, f"{there}/2", alice).status == 202


def test_of_a_look_up_that_takes_long_nothing_more_is_asked(slow: Slow) -> None:
    call = Call("GET", "https://far.example/1", Purpose.DOCUMENT)
    slow.answers[call.url] = Answer(200)
    with asking_now.asking_now("far.example", ask=slow.ask) as ask:
        assert ask(call).status == 200
        later = asking_now.PATIENCE + dt.timedelta(seconds=1)
        with clock.moved(later), pytest.raises(TimedOut):
            ask(call)
    limits = LIMITS[slow.calls[0].purpose]
    assert limits.seconds + (limits.turn or limits.seconds) <= asking_now.PATIENCE.total_seconds()
