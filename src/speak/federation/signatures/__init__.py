"""HTTP signatures: draft-cavage-12 and RFC 9421, made and checked. Pure: bytes in, decisions out.

Everything here fails closed: whatever is missing, odd, stale or not covered is a refusal.
"""

from speak.federation.signatures.errors import BadSignature, NotSigned, Stale
from speak.federation.signatures.message import Claim, Message, Scheme
from speak.federation.signatures.verify import check, read_claim

__all__ = ["BadSignature", "Claim", "Message", "NotSigned", "Scheme", "Stale", "check", "read_claim"]
