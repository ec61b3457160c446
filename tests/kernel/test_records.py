"""What names say in TXT records, asked of a resolver on this machine."""

import socket
import threading
from collections.abc import Iterator

import pytest
from dns import flags, message, rcode, rrset
from dns.resolver import Resolver
from pytest_django import Settings

from speak.kernel.outbound import Unreachable, texts_at
from speak.kernel.outbound.records import _resolver

KNOWN = {"_speak.annas.garden.": ('"speak-for-yourself=" "12"', '"something else"'), "broken.example.": ()}


@pytest.fixture(scope="module")
def resolver() -> Iterator[Resolver]:
    """Knows one name, fails at another, and has never heard of the rest."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        answering = threading.Thread(target=_answer, args=(line,), daemon=True)
        answering.start()
        found = Resolver(configure=False)
        found.nameservers, found.port = ["127.0.0.1"], line.getsockname()[1]
        yield found
        line.sendto(b"", line.getsockname())
        answering.join()


def _answer(line: socket.socket) -> None:
    while asked := (found := line.recvfrom(4096))[0]:
        answer = message.make_response(message.from_wire(asked))
        answer.flags |= flags.RA
        name = answer.question[0].name.to_text()
        texts = KNOWN.get(name)
        if texts:
            answer.answer.append(rrset.from_text(name, 60, "IN", "TXT", *texts))
        else:
            answer.set_rcode(rcode.NXDOMAIN if texts is None else rcode.SERVFAIL)
        line.sendto(answer.to_wire(), found[1])


def test_a_name_says_its_texts_with_their_pieces_put_together(resolver: Resolver) -> None:
    assert sorted(texts_at("_speak.annas.garden", resolver=resolver)) == ["something else", "speak-for-yourself=12"]


def test_a_name_that_is_not_there_says_nothing(resolver: Resolver) -> None:
    assert texts_at("_speak.nobody.example", resolver=resolver) == []


def test_who_does_not_answer_is_not_taken_to_say_nothing(resolver: Resolver) -> None:
    with pytest.raises(Unreachable):
        texts_at("broken.example", resolver=resolver)


def test_an_invented_place_asks_nobody(settings: Settings) -> None:
    settings.SPEAK_DEMO = True
    with pytest.raises(Unreachable):
        texts_at("_speak.annas.garden")


def test_the_resolver_is_the_one_of_this_machine() -> None:
    assert _resolver().nameservers
