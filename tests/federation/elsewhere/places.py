"""Places elsewhere to test with, and a worker who says there what is owed."""

import json
from typing import Protocol

from speak.federation.elsewhere import sending
from speak.federation.models import Elsewhere, ElsewhereKind
from speak.identity.models import Actor
from speak.kernel.outbound import Answer, Call, Sign
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach


class Asked(Protocol):
    """Whoever is asked: a table, or a server that remembers."""

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """What it answers."""


SLACK = "https://hooks.slack.com/services/T0/B0/secret"
MATTERMOST = "https://chat.example/hooks/secret"
TAKEN = Answer(200, b"ok")


def channel(owner: Actor, *, webhook: str = SLACK, name: str = "#general") -> Elsewhere:
    """A channel that somebody added."""
    kind = ElsewhereKind.SLACK if webhook == SLACK else ElsewhereKind.MATTERMOST
    return Elsewhere.objects.create(owner=owner, kind=kind, name=name, secret=webhook)


def say_at(author: Actor, *places: Elsewhere, words: str = "Good morning.", reach: Reach = Reach.PUBLIC) -> Post:
    """Something said, and chosen to be said in these places too."""
    chosen = tuple(place.pk for place in places)
    return publish_post(author, words=Words(words), audience=Audience(reach, also_at=chosen))


def worker_says(outbound: Asked) -> None:
    """The worker does what is owed to places elsewhere now."""
    for said_id in sending.take_up_due():
        sending.say_there(said_id, ask=outbound.ask)


def text_in(call: Call) -> str:
    """What a channel gets to read."""
    return str(json.loads(call.body)["text"])
