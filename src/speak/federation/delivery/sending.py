"""One attempt to hand a copy to an inbox. Asks nothing of the database."""

from dataclasses import dataclass

from speak.federation.delivery.claiming import Parcel
from speak.federation.delivery.rules import Judgement, Verdict, judge
from speak.federation.signatures import BadSignature, Scheme, signer
from speak.kernel import clock
from speak.kernel.outbound import Call, Outbound, OutboundFailure, Purpose

HEADERS = {"content-type": "application/activity+json", "accept": "application/activity+json"}
OTHER = {Scheme.CAVAGE: Scheme.RFC9421, Scheme.RFC9421: Scheme.CAVAGE}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: for the copy, and for what is known of its server."""

    parcel: Parcel
    judgement: Judgement
    scheme: Scheme
    failure: str = ""


async def attempt(parcel: Parcel, *, outbound: Outbound) -> Outcome:
    """Send it; where the server refuses the signature, once more in the other scheme (interop 3.1)."""
    outcome = await _sent(parcel, parcel.scheme, outbound)
    if outcome.judgement.verdict == Verdict.OTHER_SCHEME:
        outcome = await _sent(parcel, OTHER[parcel.scheme], outbound)
    if outcome.judgement.verdict == Verdict.OTHER_SCHEME:
        return Outcome(parcel, Judgement(Verdict.LATER), parcel.scheme, outcome.failure)
    return outcome


async def _sent(parcel: Parcel, scheme: Scheme, outbound: Outbound) -> Outcome:
    """What one request came to; an address that cannot even be signed is never tried again."""
    call = Call("POST", parcel.inbox_url, Purpose.DELIVER, headers=HEADERS, body=parcel.body)
    try:
        answer = await outbound.send(call, sign=signer(scheme, parcel.key))
    except OutboundFailure as failure:
        verdict = Verdict.NEVER if failure.permanent else Verdict.LATER
        return Outcome(parcel, Judgement(verdict, is_server_ill=not failure.permanent), scheme, str(failure))
    except BadSignature as fault:
        return Outcome(parcel, Judgement(Verdict.NEVER), scheme, str(fault))
    judgement = judge(answer.status, answer.headers, now=clock.now())
    return Outcome(parcel, judgement, scheme, "" if judgement.verdict == Verdict.TAKEN else f"answered {answer.status}")
