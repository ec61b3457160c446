"""HTTP signatures, both schemes: bytes in, decisions out. No database, no network.

Inward: `claim = read_claim(message)`, find the key at `claim.key_uri`, `check(claim, public_key=…, now=…)`.
Outward: `signer(Scheme.CAVAGE, SigningKey.from_pem(key.key_uri, key.private_pem))`, for `outbound.send`.
"""

from speak.federation.signatures.claims import Claim, Scheme
from speak.federation.signatures.errors import BadSignature, Mismatch, NotSigned, Stale
from speak.federation.signatures.message import Message
from speak.federation.signatures.outgoing import signer
from speak.federation.signatures.signing import SigningKey
from speak.federation.signatures.verify import check, check_time, read_claim
from speak.federation.signatures.ways import Way, way_after, way_kept
from speak.federation.signatures.wishes import Wish, read_wish

__all__ = [
    "BadSignature",
    "Claim",
    "Message",
    "Mismatch",
    "NotSigned",
    "Scheme",
    "SigningKey",
    "Stale",
    "Way",
    "Wish",
    "check",
    "check_time",
    "read_claim",
    "read_wish",
    "signer",
    "way_after",
    "way_kept",
]
