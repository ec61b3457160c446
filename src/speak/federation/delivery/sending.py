"""One attempt to hand a copy to an inbox. Asks nothing of the database."""

from dataclasses import dataclass

from speak.federation.delivery.claiming import Parcel
from speak.federation.delivery.rules import Judgement, Verdict, judge
from speak.federation.signatures import BadSignature, Way, signer, way_after
from speak.kernel import clock
from speak.kernel.outbound import Call, Outbound, OutboundFailure, Purpose

HEADERS = {"content-type": "application/activity+json", "accept": "application/activity+json"}
SYNCHRONIZATION = "collection-synchronization"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: for the copy, and for what is known of its server.

    `wish` is the Accept-Signature field of the answer, where it has one.
    """

    parcel: Parcel
    judgement: Judgement
    way: Way
    failure: str = ""
    wish: str = ""


async def attempt(parcel: Parcel, *, outbound: Outbound) -> Outcome:
    """Send it; where the server refuses the signature, once more as it wishes, or in the other scheme (interop 3.1)."""
    outcome = await _sent(parcel, parcel.way, outbound)
    if outcome.judgement.verdict == Verdict.OTHER_SCHEME:
        outcome = await _sent(parcel, way_after(parcel.way, outcome.wish), outbound)
    if outcome.judgement.verdict == Verdict.OTHER_SCHEME:
        return Outcome(parcel, Judgement(Verdict.LATER), parcel.way, outcome.failure)
    return outcome


async def _sent(parcel: Parcel, way: Way, outbound: Outbound) -> Outcome:
    """What one request came to; an address that cannot even be signed is never tried again."""
    headers = {**HEADERS, SYNCHRONIZATION: parcel.synchronization} if parcel.synchronization else HEADERS
    call = Call("POST", parcel.inbox_url, Purpose.DELIVER, headers=headers, body=parcel.body)
    try:
        answer = await outbound.send(call, sign=signer(way.scheme, parcel.key, wish=way.wish))
    except OutboundFailure as failure:
        verdict = Verdict.NEVER if failure.permanent else Verdict.LATER
        return Outcome(parcel, Judgement(verdict, is_server_ill=not failure.permanent), way, str(failure))
    except BadSignature as fault:
        return Outcome(parcel, Judgement(Verdict.NEVER), way, str(fault))
    judgement = judge(answer.status, answer.headers, now=clock.now())
    said = "" if judgement.verdict == Verdict.TAKEN else f"answered {answer.status}"
    return Outcome(parcel, judgement, way, said, answer.headers.get("accept-signature", ""))
