"""draft-cavage-http-signatures-12, as the servers of the social web use it (interop 3.1)."""

import base64
import binascii
import datetime as dt
import email.utils
import re
from collections.abc import Mapping

from speak.federation.signatures.digests import check_digest, digest
from speak.federation.signatures.errors import BadSignature, NotSigned
from speak.federation.signatures.message import Claim, Message, Scheme
from speak.kernel import clock
from speak.kernel.keys import sign_rsa
from speak.kernel.outbound import Sign

PARAMETER = re.compile(r'\s*([a-zA-Z]+)=(?:"([^"]*)"|(\d{1,15}))\s*(?:,|$)', re.ASCII)
ALGORITHMS = {"", "rsa-sha256", "hs2019"}
MOST_CHARACTERS, MOST_HEADERS = 4096, 20


def signer(key_uri: str, private_pem: str) -> Sign:
    """What signs requests with this RSA key: POST covers the digest and type of its body as well."""

    def sign(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str]:
        given = {name.lower(): value for name, value in headers.items()}
        message = Message(method, url, given, body)
        added = {"host": message.parts.netloc, "date": email.utils.format_datetime(clock.now(), usegmt=True)}
        covered = ["(request-target)", "host", "date"]
        if message.has_body:
            added["digest"] = digest(body)
            covered += ["digest", "content-type"] if "content-type" in given else ["digest"]
        complete = Message(method, url, {**given, **added}, body)
        signature = sign_rsa(private_pem, _base(complete, covered, {}, complete.parts.query))
        added["signature"] = (
            f'keyId="{key_uri}",algorithm="rsa-sha256",headers="{" ".join(covered)}",'
            f'signature="{base64.b64encode(signature).decode()}"'
        )
        return added

    return sign


def read_claim(message: Message) -> Claim:
    """What the Signature header says, once it covers all that it must.

    The request target is tried with its query and, as some peers still sign, without.

    Raises:
        NotSigned: there is no such header.
        BadSignature: it cannot be read, or leaves something uncovered, or the digest is wrong.
    """
    parameters = _parameters(message)
    covered = parameters.get("headers", "date").lower().split()
    algorithm = parameters.get("algorithm", "").lower()
    if algorithm not in ALGORITHMS or len(covered) > MOST_HEADERS or len(set(covered)) < len(covered):
        raise BadSignature("The signature is of a kind this server does not know.")
    _check_cover(message, covered, algorithm)
    try:
        signature = base64.b64decode(parameters["signature"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignature("The signature is not base64.") from error
    queries = dict.fromkeys((message.parts.query, ""))
    return Claim(
        scheme=Scheme.CAVAGE,
        key_uri=parameters["keyId"],
        algorithm=algorithm or "rsa-sha256",
        signature=signature,
        bases=tuple(_base(message, covered, parameters, query) for query in queries),
        created_at=_created(message, covered, parameters),
        expires_at=_instant(parameters["expires"]) if "expires" in parameters else None,
    )


def _parameters(message: Message) -> dict[str, str]:
    header = message.headers.get("signature", "")
    if not header:
        authorization = message.headers.get("authorization", "")
        header = authorization[len("Signature ") :] if authorization.startswith("Signature ") else ""
    if not header:
        raise NotSigned("There is no signature.")
    found: dict[str, str] = {}
    place = 0
    while place < len(header) <= MOST_CHARACTERS:
        match = PARAMETER.match(header, place)
        if match is None or match[1] in found:
            break
        found[match[1]] = match[2] if match[2] is not None else match[3]
        place = match.end()
    if place < len(header) or not found.get("keyId") or not found.get("signature"):
        raise BadSignature("The signature header cannot be read.")
    return found


def _check_cover(message: Message, covered: list[str], algorithm: str) -> None:
    if "(created)" in covered and algorithm != "hs2019":
        raise BadSignature("(created) is signed with hs2019 only.")
    if "date" not in covered and "(created)" not in covered:
        raise BadSignature("Neither the date nor (created) is signed.")
    if "(request-target)" not in covered and "digest" not in covered:
        raise BadSignature("Neither the request target nor the digest is signed.")
    if not message.has_body and "host" not in covered:
        raise BadSignature("The host is not signed.")
    if message.has_body:
        if "digest" not in covered:
            raise BadSignature("The digest is not signed.")
        check_digest(message.headers.get("digest", ""), message.body)


def _created(message: Message, covered: list[str], parameters: Mapping[str, str]) -> dt.datetime:
    if "(created)" in covered:
        return _instant(parameters.get("created", ""))
    try:
        stated = email.utils.parsedate_to_datetime(message.headers.get("date", ""))
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise BadSignature("The date cannot be read.") from error
    return stated if stated.tzinfo else stated.replace(tzinfo=dt.UTC)


def _instant(seconds: str) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadSignature("The time of the signature cannot be read.") from error


def _base(message: Message, covered: list[str], parameters: Mapping[str, str], query: str) -> bytes:
    lines = []
    for name in covered:
        if name == "(request-target)":
            target = (message.parts.path or "/") + (f"?{query}" if query else "")
            lines.append(f"(request-target): {message.method.lower()} {target}")
        elif name in {"(created)", "(expires)"}:
            value = parameters.get(name.strip("()"))
            if value is None:
                raise BadSignature(f"{name} is signed but not given.")
            lines.append(f"{name}: {value}")
        elif name in message.headers:
            lines.append(f"{name}: {message.headers[name].strip()}")
        else:
            raise BadSignature(f"“{name[:50]}” is signed but not there.")
    return "\n".join(lines).encode("utf-8", "surrogateescape")
