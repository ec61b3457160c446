"""Second implementations of what the program reaches outside for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from speak.kernel.outbound import Answer, Call, Sign, Unreachable


class SilentMailServer(BaseEmailBackend):
    """A mail server that does not answer; EMAIL_BACKEND is `tests.fakes.SilentMailServer`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """It never does."""
        raise ConnectionRefusedError(email_messages[0].subject)


class FakeOutbound:
    """Other servers, as a table: what each URL answers, or how it fails.

    `calls` holds every call in the order it was made, with the headers its signature added.
    A URL that is not in the table is unreachable. `send` is `Outbound`, `ask` is `Ask`.
    """

    def __init__(self, answers: Mapping[str, Answer | Exception] | None = None) -> None:
        """`answers` may be changed between calls."""
        self.answers = dict(answers or {})
        self.calls: list[Call] = []

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Record the call, and answer from the table."""
        headers = dict(call.headers)
        if sign:
            headers.update(sign(call.method, call.url, call.headers, call.body))
        self.calls.append(replace(call, headers=headers))
        answer = self.answers.get(call.url)
        if answer is None:
            raise Unreachable(f"{call.method} {call.url}: nobody there")
        if isinstance(answer, Exception):
            raise answer
        return answer if answer.url else replace(answer, url=call.url)

    async def send(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Answer the same on an event loop."""
        return self.ask(call, sign=sign)


class FakeNames:
    """What names say in TXT records, as a table: texts, or how asking fails. Names that are not in it say nothing."""

    def __init__(self, texts: Mapping[str, Sequence[str] | Exception] | None = None) -> None:
        """`texts` may be changed between look-ups."""
        self.texts = dict(texts or {})

    def __call__(self, name: str, /) -> Sequence[str]:
        """Is `LookUpTexts`."""
        found = self.texts.get(name, ())
        if isinstance(found, Exception):
            raise found
        return found
