"""The fakes keep the promises of what they stand in for."""

import asyncio

import pytest

from speak.kernel.outbound import Answer, Ask, Call, Outbound, Purpose, TimedOut, Unreachable

from .fakes import FakeOutbound

INBOX = "https://far.example/inbox"


def test_a_fake_answers_from_its_table_and_remembers() -> None:
    fake = FakeOutbound({INBOX: Answer(202), "https://slow.example/": TimedOut("slow.example: timed out")})
    outbound: Outbound = fake
    question: Ask = fake.ask
    call = Call("POST", INBOX, Purpose.DELIVER, {"Content-Type": "text/plain"}, b"words")

    answer = asyncio.run(
        outbound.send(call, sign=lambda method, url, _headers, _body: {"Signature": f"{method} {url}"})
    )
    assert answer == Answer(202, url=INBOX)
    with pytest.raises(TimedOut):
        question(Call("GET", "https://slow.example/", Purpose.PAGE))
    with pytest.raises(Unreachable):
        question(Call("GET", "https://nobody.example/", Purpose.PAGE))

    assert [made.url for made in fake.calls] == [INBOX, "https://slow.example/", "https://nobody.example/"]
    assert fake.calls[0].headers == {"Content-Type": "text/plain", "Signature": f"POST {INBOX}"}
    assert fake.calls[0].body == b"words"
