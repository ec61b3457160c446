"""The one door to other servers: what may be called, how long, how much, and never inwards.

`Door` is for code on an event loop, `ask` for everything else. Nothing else in this program
makes an HTTP request. `texts_at` asks names what they say.
"""

from speak.kernel.outbound.addresses import Address, Network, is_admitted, is_public, may_reach, parse_address
from speak.kernel.outbound.calls import LIMITS, Answer, Ask, Bounds, Call, Limits, Outbound, Purpose, Sign
from speak.kernel.outbound.door import Door
from speak.kernel.outbound.failures import (
    AddressRefused,
    BadRedirect,
    Garbled,
    OutboundFailure,
    TimedOut,
    TooBig,
    Unreachable,
    Untrusted,
)
from speak.kernel.outbound.records import LookUpTexts, texts_at
from speak.kernel.outbound.sync import ask, hang_up, places_to_wait

__all__ = [
    "LIMITS",
    "Address",
    "AddressRefused",
    "Answer",
    "Ask",
    "BadRedirect",
    "Bounds",
    "Call",
    "Door",
    "Garbled",
    "Limits",
    "LookUpTexts",
    "Network",
    "Outbound",
    "OutboundFailure",
    "Purpose",
    "Sign",
    "TimedOut",
    "TooBig",
    "Unreachable",
    "Untrusted",
    "ask",
    "hang_up",
    "is_admitted",
    "is_public",
    "may_reach",
    "parse_address",
    "places_to_wait",
    "texts_at",
]
