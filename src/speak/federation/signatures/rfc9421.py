"""The standard: HTTP Message Signatures (RFC 9421), for requests.

Of several signatures the first that can be used counts; the others are left alone. Components with
parameters (`;sf`, `;key`, `;bs`) and those we do not know are nothing that can be used.
"""

import base64
import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from speak.federation.signatures import rules
from speak.federation.signatures.algorithms import Algorithm, algorithm_of, make_signature
from speak.federation.signatures.claims import Claim, Scheme, read_instant, read_key_uri
from speak.federation.signatures.digests import content_digest_of, fits_content_digest
from speak.federation.signatures.errors import BadSignature
from speak.federation.signatures.fields import Dictionary, read_dictionary, write_inner_list
from speak.federation.signatures.message import Message, Target, bounded_field, signed_field, target_of
from speak.federation.signatures.signing import SigningKey, header
from speak.federation.signatures.wishes import Wish

LABEL = "sig1"
MOST_SIGNATURES = 8
ALGORITHMS = {algorithm.value: algorithm for algorithm in Algorithm}

# RFC 9421, 2.2. Not @query-param: nobody who speaks ActivityPub signs it.
DERIVED: dict[str, Callable[[str, Target], str]] = {
    "@method": lambda method, _: method,
    "@target-uri": lambda _, target: target.uri,
    "@authority": lambda _, target: target.authority,
    "@scheme": lambda _, target: target.scheme,
    "@request-target": lambda _, target: f"{target.path}{target.query}",
    "@path": lambda _, target: target.path,
    "@query": lambda _, target: target.query or "?",
}


class Signed(NamedTuple):
    """One signature as it was sent: what it covers, its parameters, both as they were signed, and itself."""

    covered: tuple[str, ...]
    parameters: Dictionary
    written: str
    signature: bytes


def sign(message: Message, key: SigningKey, *, now: dt.datetime, wish: Wish | None = None) -> dict[str, str]:
    """The header fields to add, in lower case: signature-input, signature, and content-digest for a body.

    A Content-Type and a Collection-Synchronization are signed if `message.headers` has them; so is what
    the other server wishes, as far as it is there and known here.
    """
    added: dict[str, str] = {}
    target = target_of(message.url)
    lines = [f'"@method": {message.method}', f'"@target-uri": {target.uri}']
    covered = '"@method" "@target-uri"'
    if rules.needs_digest(message.method, has_body=bool(message.body)):
        added["content-digest"] = content_digest_of(message.body)
        covered += ' "content-digest"'
        lines.append(f'"content-digest": {added["content-digest"]}')
        content_type = header(message.headers, "content-type")
        if content_type:
            covered += ' "content-type"'
            lines.append(f'"content-type": {content_type}')
    for name in ("collection-synchronization", *(wish.covered if wish else ())):
        line = _line(name, message, target)
        if line and f'"{name}"' not in covered:
            covered += f' "{name}"'
            lines.append(line)
    written = f'({covered});created={int(now.timestamp())};keyid="{key.key_uri}";alg="{algorithm_of(key.private_key)}"'
    written += f';nonce="{wish.nonce}"' if wish and wish.nonce else ""
    written += f';tag="{wish.tag}"' if wish and wish.tag else ""
    label = wish.label if wish else LABEL
    lines.append(f'"@signature-params": {written}')
    signature = make_signature(key.private_key, "\n".join(lines).encode("ascii"))
    added["signature-input"] = f"{label}={written}"
    added["signature"] = f"{label}=:{base64.b64encode(signature).decode('ascii')}:"
    return added


def _line(name: str, message: Message, target: Target) -> str:
    """One line of what is signed; empty for what is not there, or not known."""
    derive = DERIVED.get(name)
    if derive:
        return f'"{name}": {derive(message.method, target)}'
    value = header(message.headers, name).strip(" \t")
    return f'"{name}": {value}' if value and value.isascii() and value.isprintable() else ""


def read(message: Message) -> Claim:
    """What the first usable signature claims; the body is compared with its digest here.

    Raises:
        BadSignature: when no signature can be used; it says what is wrong with the first.
    """
    inputs = _dictionary(message, "signature-input")
    signatures = _dictionary(message, "signature")
    if len(inputs) > MOST_SIGNATURES:
        raise BadSignature(f"There are more than {MOST_SIGNATURES} signatures.")
    refusals: list[BadSignature] = []
    for label, member in inputs.items():
        try:
            return claim_of(message, read_signed(member, signatures.get(label)))
        except BadSignature as refusal:
            refusals.append(refusal)
    raise refusals[0] if refusals else BadSignature("The Signature-Input field is empty.")


def read_signed(member: object, signature: object) -> Signed:
    """One member of Signature-Input with that of Signature.

    Raises:
        BadSignature: when they are not what they should be, or something is covered twice.
    """
    if not (isinstance(member, tuple) and isinstance(member[0], list)):
        raise BadSignature("The Signature-Input field does not list what is signed.")
    if not (isinstance(signature, tuple) and isinstance(signature[0], bytes)):
        raise BadSignature("The Signature field has nothing for what Signature-Input names.")
    covered = []
    for item, item_parameters in member[0]:
        if type(item) is not str or item_parameters:
            raise BadSignature("The signature covers something in a form that is not known here.")
        covered.append(item)
    if len(set(covered)) != len(covered):
        raise BadSignature("The signature covers something twice.")
    try:
        written = write_inner_list(member)
    except ValueError as error:
        raise BadSignature("The Signature-Input field cannot be read.") from error
    return Signed(tuple(covered), member[1], written, signature[0])


def claim_of(message: Message, signed: Signed) -> Claim:
    """What one signature claims.

    Raises:
        BadSignature: when it covers too little, the body is another, or a parameter is odd.
    """
    lacking = rules.lacking_in_rfc9421(
        signed.covered,
        method=message.method,
        has_body=bool(message.body),
        has_query=bool(target_of(message.url).query),
    )
    if lacking:
        raise BadSignature(f"The signature does not cover {lacking}.")
    created_at = _instant(signed.parameters, "created")
    if created_at is None:
        raise BadSignature("The signature does not say when it was made.")
    key_uri = signed.parameters.get("keyid")
    if type(key_uri) is not str:
        raise BadSignature("The signature has no keyid.")
    claim = Claim(
        key_uri=read_key_uri(key_uri),
        scheme=Scheme.RFC9421,
        algorithm=_algorithm(signed.parameters),
        signature=signed.signature,
        texts=(signature_base(message, signed.covered, written=signed.written),),
        created_at=created_at,
        ends_at=rules.ends_at(created_at, expires_at=_instant(signed.parameters, "expires")),
        covered=signed.covered,
    )
    if "content-digest" in signed.covered and not fits_content_digest(
        bounded_field(message, "content-digest"), message.body
    ):
        raise BadSignature("The Content-Digest field does not have a SHA-256 or SHA-512 of the body.")
    return claim


def signature_base(message: Message, covered: Sequence[str], *, written: str) -> bytes:
    """What was signed (RFC 9421, 2.5); `written` is the list of components with its parameters.

    Raises:
        BadSignature: when a component is not there, or not known.
    """
    target = target_of(message.url)
    lines = []
    for name in covered:
        derive = DERIVED.get(name)
        if derive:
            lines.append(f'"{name}": {derive(message.method, target)}')
        elif name.startswith("@") or name != name.lower():
            raise BadSignature(f"The signature covers {name[:40]!r}, which is not known here.")
        else:
            lines.append(f'"{name}": {signed_field(message, name)}')
    lines.append(f'"@signature-params": {written}')
    try:
        return "\n".join(lines).encode("ascii")
    except UnicodeEncodeError as error:
        raise BadSignature("A signed field has characters outside of ASCII.") from error


def _dictionary(message: Message, name: str) -> Dictionary:
    try:
        return read_dictionary(bounded_field(message, name))
    except ValueError as error:
        raise BadSignature(f"The field {name!r} cannot be read, or says something twice.") from error


def _instant(parameters: Dictionary, name: str) -> dt.datetime | None:
    value = parameters.get(name)
    if value is None:
        return None
    if type(value) is not int:
        raise BadSignature(f"The signature says {name!r}, but not in whole seconds.")
    return read_instant(value)


def _algorithm(parameters: Dictionary) -> Algorithm | None:
    name = parameters.get("alg")
    if name is None:
        return None
    if type(name) is not str or name not in ALGORITHMS:
        raise BadSignature(f"The algorithm of the signature is none of {', '.join(ALGORITHMS)}.")
    return ALGORITHMS[name]
