"""Looks at what is owed, and plays the worker one round at a time."""

import asyncio
import json

from speak.federation.delivery.choosing import Load
from speak.federation.delivery.claiming import claim
from speak.federation.delivery.recording import record
from speak.federation.delivery.sending import Outcome, attempt
from speak.federation.models import Activity, Delivery
from speak.kernel.outbound import Answer
from tests.fakes import FakeOutbound

TAKEN = Answer(202)
FAR = "https://far.example/inbox"


def inboxes(kind: str) -> list[str]:
    """Where copies of activities of this kind are owed, in order."""
    return sorted(Delivery.objects.filter(activity__kind=kind).values_list("inbox_url", flat=True))


def said_to(inbox_url: str) -> list[dict[str, object]]:
    """The activities owed to an inbox, oldest first."""
    rows = Delivery.objects.filter(inbox_url=inbox_url).select_related("activity").order_by("pk")
    return [json.loads(row.activity.body) for row in rows]


def only(kind: str) -> dict[str, object]:
    """The one activity of this kind."""
    found = json.loads(Activity.objects.get(kind=kind).body)
    assert isinstance(found, dict)
    return found


def owed(kind: str) -> list[dict[str, object]]:
    """All activities of this kind, oldest first."""
    return [
        json.loads(body) for body in Activity.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True)
    ]


def all_has_arrived() -> None:
    """As after the worker has delivered everything."""
    Delivery.objects.all().delete()


def deliver(outbound: FakeOutbound) -> list[Outcome]:
    """One round of the worker: claim what is due, send it, write down what came of it."""

    async def send_all() -> list[Outcome]:
        return [await attempt(parcel, outbound=outbound) for parcel in claim_now]

    claim_now = claim(100, load=Load({}))
    outcomes = asyncio.run(send_all())
    record(outcomes)
    return outcomes


def answering(status: int, *, headers: dict[str, str] | None = None, url: str = FAR) -> FakeOutbound:
    """Another server whose inbox answers so."""
    return FakeOutbound({url: Answer(status, headers=headers or {})})
