"""The older scheme, which everybody checks: draft-cavage-http-signatures-12, as Mastodon reads it."""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Mapping
from email.utils import format_datetime

from speak.federation.signatures import rules
from speak.federation.signatures.algorithms import Algorithm, algorithm_of, make_signature
from speak.federation.signatures.claims import Claim, Scheme, read_instant, read_key_uri
from speak.federation.signatures.digests import digest_of, fits_digest
from speak.federation.signatures.errors import BadSignature
from speak.federation.signatures.message import Message, bounded_field, signed_field, target_of
from speak.federation.signatures.signing import SigningKey, header

# The key says which; "hs2019" and nothing at all mean the same.
BY_KEY = "hs2019"
ALGORITHMS = {"rsa-sha256": Algorithm.RSA, BY_KEY: None}

PARAMETER = re.compile(
    r'[ \t]*(?P<name>[A-Za-z]+)=(?:"(?P<quoted>[^"\\]*)"|(?P<bare>[\w!#$%&\'*+.^`|~-]+))[ \t]*(?:,(?!\Z)|\Z)',
    re.ASCII,
)
SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
# The form of RFC 9110, 5.6.7 that must be sent; the two older ones have died out.
HTTP_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3})"
    r" (\d\d):(\d\d):(\d\d) GMT",
    re.ASCII,
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sign(message: Message, key: SigningKey, *, now: dt.datetime) -> dict[str, str]:
    """The header fields to add, in lower case: host, date, signature, and digest when something is said.

    A Content-Type and a Collection-Synchronization are signed if `message.headers` has them.
    """
    target = target_of(message.url)
    added = {"host": target.authority, "date": format_datetime(now.astimezone(dt.UTC), usegmt=True)}
    covered = "(request-target) host date"
    text = (
        f"(request-target): {message.method.lower()} {target.path}{target.query}\n"
        f"host: {added['host']}\ndate: {added['date']}"
    )
    if rules.needs_digest(message.method, has_body=bool(message.body)):
        added["digest"] = digest_of(message.body)
        covered += " digest"
        text += f"\ndigest: {added['digest']}"
        content_type = header(message.headers, "content-type")
        if content_type:
            covered += " content-type"
            text += f"\ncontent-type: {content_type}"
    followers = header(message.headers, "collection-synchronization")
    if followers:
        covered += " collection-synchronization"
        text += f"\ncollection-synchronization: {followers}"
    algorithm = "rsa-sha256" if algorithm_of(key.private_key) is Algorithm.RSA else BY_KEY
    signature = base64.b64encode(make_signature(key.private_key, text.encode("ascii"))).decode("ascii")
    added["signature"] = f'keyId="{key.key_uri}",algorithm="{algorithm}",headers="{covered}",signature="{signature}"'
    return added


def read(message: Message) -> Claim:
    """What the Signature field claims; the body is compared with its digest here.

    Raises:
        BadSignature: when anything about it is odd.
    """
    parameters = read_parameters(bounded_field(message, "signature"))
    algorithm_name = parameters.get("algorithm", BY_KEY)
    if algorithm_name not in ALGORITHMS:
        raise BadSignature("The algorithm of the signature is neither rsa-sha256 nor hs2019.")
    covered = tuple(parameters.get("headers", "date").lower().split())
    _check_coverage(covered, message, is_by_key=algorithm_name == BY_KEY)
    if "digest" in covered and not fits_digest(bounded_field(message, "digest"), message.body):
        raise BadSignature("The Digest field does not have the SHA-256 of the body.")
    created_at = _created_at(covered, message, parameters)
    expires_at = read_instant(_seconds(parameters, "expires")) if "(expires)" in covered else None
    return Claim(
        key_uri=read_key_uri(parameters["keyId"]),
        scheme=Scheme.CAVAGE,
        algorithm=ALGORITHMS[algorithm_name],
        signature=_signature(parameters["signature"]),
        texts=signed_texts(message, covered, parameters),
        created_at=created_at,
        ends_at=rules.ends_at(created_at, expires_at=expires_at),
        covered=covered,
    )


def read_parameters(field: str) -> dict[str, str]:
    """Names and values of a Signature field; unknown ones are kept, and nobody asks for them.

    Raises:
        BadSignature: when it cannot be read, says something twice, or lacks keyId or signature.
    """
    parameters: dict[str, str] = {}
    position = 0
    while position < len(field):
        found = PARAMETER.match(field, position)
        if found is None:
            raise BadSignature("The Signature field cannot be read.")
        name, position = found["name"], found.end()
        if name in parameters:
            raise BadSignature(f"The Signature field says {name[:40]!r} twice.")
        parameters[name] = found["bare"] if found["quoted"] is None else found["quoted"]
    for name in ("keyId", "signature"):
        if not parameters.get(name):
            raise BadSignature(f"The Signature field has no {name}.")
    return parameters


def signed_texts(message: Message, covered: tuple[str, ...], parameters: Mapping[str, str]) -> tuple[bytes, ...]:
    """What may have been signed: with the query of the address, and as some still do, without.

    Raises:
        BadSignature: when something that is covered is not there.
    """
    target = target_of(message.url)
    lines = []
    for name in covered:
        if name == "(request-target)":
            lines.append(f"(request-target): {message.method.lower()} {target.path}{target.query}")
        elif name in {"(created)", "(expires)"}:
            lines.append(f"{name}: {parameters[name.strip('()')]}")
        else:
            lines.append(f"{name}: {signed_field(message, name)}")
    try:
        text = "\n".join(lines).encode("latin-1")
    except UnicodeEncodeError as error:
        raise BadSignature("A signed field has characters that fields do not have.") from error
    if not target.query or "(request-target)" not in covered:
        return (text,)
    lines[covered.index("(request-target)")] = f"(request-target): {message.method.lower()} {target.path}"
    return text, "\n".join(lines).encode("latin-1")


def _check_coverage(covered: tuple[str, ...], message: Message, *, is_by_key: bool) -> None:
    if len(set(covered)) != len(covered):
        raise BadSignature("The signature covers something twice.")
    if not is_by_key and ("(created)" in covered or "(expires)" in covered):
        raise BadSignature("The signature covers (created) or (expires), and its algorithm is not hs2019.")
    lacking = rules.lacking_in_cavage(covered, method=message.method, has_body=bool(message.body))
    if lacking:
        raise BadSignature(f"The signature does not cover {lacking}.")


def _created_at(covered: tuple[str, ...], message: Message, parameters: Mapping[str, str]) -> dt.datetime:
    """When it was made. Only what is signed counts."""
    if "(created)" in covered:
        return read_instant(_seconds(parameters, "created"))
    found = HTTP_DATE.fullmatch(signed_field(message, "date"))
    if found is None:
        raise BadSignature("The Date field is not a date.")
    day, month, year, hour, minute, second = found.groups()
    try:
        return dt.datetime(
            int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=dt.UTC
        )
    except ValueError as error:
        raise BadSignature("The Date field is not a date.") from error


def _seconds(parameters: Mapping[str, str], name: str) -> int:
    value = parameters.get(name, "")
    if not SECONDS.fullmatch(value):
        raise BadSignature(f"The Signature field has no {name} in whole seconds.")
    return int(value)


def _signature(value: str) -> bytes:
    try:
        return binascii.a2b_base64(value.encode("ascii"), strict_mode=True)
    except ValueError as error:
        raise BadSignature("The signature is not base64.") from error
