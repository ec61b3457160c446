"""RFC 9421, HTTP Message Signatures, in the profile of the social web (interop 3.1).

`@method` and `@target-uri` must be covered (or, as others sign, `@authority` with `@path` and, where
there is one, `@query` in place of the target), and `content-digest` where there is a body; `created`
is required. Whatever else is covered is taken into account.
"""

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import http_sf

from speak.federation.signatures.digests import check_content_digest, content_digest
from speak.federation.signatures.errors import BadSignature, NotSigned
from speak.federation.signatures.message import Claim, Message, Scheme
from speak.kernel import clock
from speak.kernel.keys import sign_rsa
from speak.kernel.outbound import Sign

MOST_CHARACTERS, MOST_COMPONENTS, MOST_LABELS = 8192, 30, 8
ALGORITHMS = {"", "rsa-v1_5-sha256", "ed25519"}

DERIVED: Mapping[str, Callable[[Message], str]] = {
    "@method": lambda message: message.method.upper(),
    "@target-uri": lambda message: message.url,
    "@authority": lambda message: _authority(message),
    "@scheme": lambda message: message.parts.scheme.lower(),
    "@path": lambda message: message.parts.path or "/",
    "@query": lambda message: f"?{message.parts.query}",
    "@request-target": lambda message: (message.parts.path or "/")
    + (f"?{message.parts.query}" if message.parts.query else ""),
}


def signer(key_uri: str, private_pem: str) -> Sign:
    """What signs requests with this RSA key (rsa-v1_5-sha256, RFC 9421 section 3.3.2)."""

    def sign(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str]:
        given = {name.lower(): value for name, value in headers.items()}
        message = Message(method, url, given, body)
        added = {"host": message.parts.netloc}
        covered = ['"@method"', '"@target-uri"']
        if message.has_body:
            added["content-digest"] = content_digest(body)
            covered.append('"content-digest"')
            covered += ['"content-type"'] if "content-type" in given else []
        created = int(clock.now().timestamp())
        parameters = f'({" ".join(covered)});created={created};keyid="{key_uri}";alg="rsa-v1_5-sha256"'
        complete = Message(method, url, {**given, **added}, body)
        lines = [f"{name}: {_value(complete, name.strip(chr(34)))}" for name in covered]
        base = "\n".join([*lines, f'"@signature-params": {parameters}'])
        signature = base64.b64encode(sign_rsa(private_pem, base.encode())).decode()
        return {**added, "signature-input": f"sig1={parameters}", "signature": f"sig1=:{signature}:"}

    return sign


def read_claim(message: Message) -> Claim:
    """What Signature-Input and Signature say, once they cover all that they must.

    Of several signatures the first that can be used counts; unknown labels are passed over.

    Raises:
        NotSigned: there is no Signature-Input.
        BadSignature: nothing usable among them, with what was wrong with the first.
    """
    if "signature-input" not in message.headers:
        raise NotSigned("There is no signature.")
    inputs = _dictionary(message.headers["signature-input"])
    signatures = _dictionary(message.headers.get("signature", ""))
    wrong: BadSignature | None = None
    for label, entry in list(inputs.items())[:MOST_LABELS]:
        try:
            return _claim(message, entry, signatures.get(label))
        except BadSignature as refusal:
            wrong = wrong or refusal
    raise wrong or BadSignature("There is no signature to check.")


def _claim(message: Message, entry: Any, made: Any) -> Claim:
    components, parameters = entry if isinstance(entry, tuple) else (None, {})
    signature = made[0] if isinstance(made, tuple) else None
    if not isinstance(components, list) or not isinstance(signature, bytes) or len(components) > MOST_COMPONENTS:
        raise BadSignature("The signature cannot be read.")
    key_uri, algorithm, created = parameters.get("keyid"), parameters.get("alg", ""), parameters.get("created")
    if not isinstance(key_uri, str) or not key_uri or algorithm not in ALGORITHMS:
        raise BadSignature("The signature names no key, or is of a kind this server does not know.")
    names = [_name(component) for component in components]
    if len(set(names)) < len(names):
        raise BadSignature("The signature covers something twice.")
    _check_cover(message, {name for name, extras in names if not extras})
    lines = [f"{_serialized(name, extras)}: {_value(message, name)}" for name, extras in names]
    base = "\n".join([*lines, f'"@signature-params": {_inner_list(entry)}'])
    return Claim(
        scheme=Scheme.RFC9421,
        key_uri=key_uri,
        algorithm=algorithm,
        signature=signature,
        bases=(base.encode("utf-8", "surrogateescape"),),
        created_at=_instant(created),
        expires_at=_instant(parameters["expires"]) if "expires" in parameters else None,
    )


def _check_cover(message: Message, covered: set[str]) -> None:
    if "@method" not in covered:
        raise BadSignature("The method is not signed.")
    by_parts = {"@authority", "@path"} <= covered and ("@query" in covered or not message.parts.query)
    by_request_target = {"@authority", "@request-target"} <= covered
    if "@target-uri" not in covered and not by_parts and not by_request_target:
        raise BadSignature("The target is not signed.")
    if message.has_body:
        if "content-digest" not in covered:
            raise BadSignature("The content digest is not signed.")
        check_content_digest(message.headers.get("content-digest", ""), message.body)


def _name(component: Any) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """A component's name and its parameters; those that change its value are not supported."""
    name, extras = component if isinstance(component, tuple) else (component, {})
    if not isinstance(name, str) or name != name.lower():
        raise BadSignature("The signature covers something that has no name.")
    if extras:
        raise BadSignature("The signature covers a part of a header, which this server does not read.")
    return name, tuple(extras.items())


def _inner_list(entry: Any) -> str:
    """The structured field of one inner list; the library writes them only as members of a dictionary."""
    return str(http_sf.ser({"x": entry}))[len("x=") :]


def _serialized(name: str, extras: tuple[tuple[str, Any], ...]) -> str:
    return str(http_sf.ser((name, dict(extras))))


def _value(message: Message, name: str) -> str:
    if name.startswith("@"):
        derive = DERIVED.get(name)
        if derive is None:
            raise BadSignature(f"“{name[:50]}” is not something this server knows.")
        return derive(message)
    if name not in message.headers:
        raise BadSignature(f"“{name[:50]}” is signed but not there.")
    return message.headers[name].strip()


def _authority(message: Message) -> str:
    usual = {"http": 80, "https": 443}.get(message.parts.scheme)
    host, port = (message.parts.hostname or "").lower(), message.parts.port
    host = f"[{host}]" if ":" in host else host
    return host if port in {None, usual} else f"{host}:{port}"


def _dictionary(header: str) -> dict[str, Any]:
    if len(header) > MOST_CHARACTERS:
        raise BadSignature("The signature header is too long.")
    try:
        found = http_sf.parse(header.encode("ascii"), tltype="dictionary")
    except (ValueError, UnicodeError, TypeError, AttributeError, IndexError) as error:
        raise BadSignature("The signature header cannot be read.") from error
    return dict(found)


def _instant(seconds: Any) -> dt.datetime:
    """The `created` or `expires` parameter; http_sf gives an int."""
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise BadSignature("The signature does not say when it was made.")
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadSignature("The time of the signature cannot be read.") from error
