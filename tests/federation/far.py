"""far.example: another server, played by hand. It signs with code of its own, not with the program's."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver

from speak.federation.discovery import refresh_actor
from speak.federation.urls import patterns
from speak.identity.models import Actor
from speak.kernel.outbound import Answer
from tests.fakes import FakeOutbound
from tests.makers import far_keys

ACTIVITY = "application/activity+json"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
HOST = "home.example"
Document = dict[str, object]


@cache
def _private_key(pem: str) -> rsa.RSAPrivateKey:
    """Taking a key apart takes longer than signing with it."""
    key = serialization.load_pem_private_key(pem.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@dataclass(frozen=True)
class Forged:
    """What is wrong with a signature; by default nothing."""

    date: str = ""
    digest: str = ""
    host: str = HOST
    private_pem: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


HONEST = Forged()


@dataclass(frozen=True)
class Heard:
    """What this server answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Document:
        """The body as a JSON object."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


def signature_headers(
    method: str, path: str, *, key_uri: str, body: bytes | None = None, forged: Forged = HONEST
) -> dict[str, str]:
    """Headers of a request signed after draft-cavage-12."""
    headers = {"host": forged.host, "date": forged.date or formatdate(usegmt=True)}
    names = ["(request-target)", "host", "date"]
    if body is not None:
        digest = "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
        headers["digest"] = forged.digest or digest
        names.append("digest")
    lines = [f"{name}: {headers[name]}" for name in names[1:]]
    lines.insert(0, f"(request-target): {method.lower()} {path}")
    key = _private_key(forged.private_pem or far_keys().private_pem)
    made = base64.b64encode(key.sign("\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
    headers["signature"] = f'keyId="{key_uri}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{made}"'
    return {**headers, "host": HOST, **forged.headers}


@dataclass
class FarServer:
    """Sends to this server what actors elsewhere do, and answers what this server asks (`outbound`)."""

    client: Client
    outbound: FakeOutbound = field(default_factory=FakeOutbound)

    def post(self, sender: Actor | str, activity: object, *, path: str = "/inbox", forged: Forged = HONEST) -> Heard:
        """POST an activity, signed by its sender's key (or by the key with this address)."""
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        key_uri = sender if isinstance(sender, str) else f"{sender.uri}#main-key"
        return self.send(body, signature_headers("POST", path, key_uri=key_uri, body=body, forged=forged), path)

    def send(self, body: bytes, headers: Mapping[str, str], path: str = "/inbox") -> Heard:
        """POST exactly this."""
        given = {"content-type": ACTIVITY, **headers}
        content_type = given.pop("content-type")
        response = self.client.post(path, body, content_type=content_type, headers=given)
        return Heard(response.status_code, response.content, dict(response.items()))

    def get(self, path: str, viewer: Actor | None = None, *, forged: Forged = HONEST) -> Heard:
        """GET a document, signed by a viewer elsewhere or not at all."""
        headers = {"accept": ACTIVITY}
        if viewer is not None:
            headers |= signature_headers("GET", path, key_uri=f"{viewer.uri}#main-key", forged=forged)
        response = self.client.get(path, headers={**headers, **forged.headers})
        return Heard(response.status_code, response.content, dict(response.items()))

    def read(self, path: str, viewer: Actor | None = None) -> Document:
        """GET a document that has to be there."""
        heard = self.get(path.removeprefix(f"https://{HOST}"), viewer)
        assert heard.status == 200, heard
        assert heard.headers["Content-Type"] == "application/activity+json; charset=utf-8"
        return heard.json()

    def serves(self, url: str, document: Document, *, content_type: str = ACTIVITY, status: int = 200) -> None:
        """far.example has a document at this address."""
        body = json.dumps(document).encode()
        self.outbound.answers[url] = Answer(status, body, headers={"content-type": content_type})

    def serves_actor(self, uri: str, handle: str, **members: object) -> Document:
        """far.example has an actor there, with WebFinger."""
        document = actor_document(uri, handle, **members)
        self.serves(uri, document)
        host = uri.split("/")[2]
        self.serves(
            f"https://{host}/.well-known/webfinger?resource=acct:{handle}@{host}",
            {
                "subject": f"acct:{handle}@{host}",
                "links": [{"rel": "self", "type": ACTIVITY, "href": uri}],
            },
            content_type="application/jrd+json",
        )
        return document

    def refresh(self, actor: Actor) -> Actor:
        """This server asks anew about an actor, as its worker does."""
        return refresh_actor(actor.uri, ask=self.outbound.ask)

    @property
    def asked(self) -> list[str]:
        """The addresses this server has asked for, in order."""
        return [call.url for call in self.outbound.calls]


def _not_there(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(str(exception), status=404)


class Addresses:
    """A set of addresses whose views ask far.example through a fake."""

    handler404 = staticmethod(_not_there)

    def __init__(self, outbound: FakeOutbound, pages: Sequence[URLPattern | URLResolver] = ()) -> None:
        """What other servers may ask of this one; and its pages, where a test opens them too."""
        self.urlpatterns = [*patterns(outbound.ask), *pages]


def actor_document(uri: str, handle: str, **members: object) -> Document:
    """An actor as most servers write one."""
    return {
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": uri,
        "type": "Person",
        "preferredUsername": handle,
        "name": handle.capitalize(),
        "inbox": f"{uri}/inbox",
        "outbox": f"{uri}/outbox",
        "followers": f"{uri}/followers",
        "publicKey": {"id": f"{uri}#main-key", "owner": uri, "publicKeyPem": far_keys().public_pem},
        **members,
    }


def note(author: Actor, name: str = "1", /, **members: object) -> Document:
    """A public note by somebody elsewhere."""
    uri = f"https://{author.domain}/notes/{name}"
    return {
        "id": uri,
        "type": "Note",
        "attributedTo": author.uri,
        "content": "<p>Hello from afar.</p>",
        "published": "2026-01-02T03:04:05Z",
        "to": [PUBLIC],
        "cc": [author.followers_url],
        **members,
    }


def create(note_document: Document, **members: object) -> Document:
    """The Create of a note."""
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{note_document['id']}/activity",
        "type": "Create",
        "actor": note_document["attributedTo"],
        "to": note_document.get("to", []),
        "cc": note_document.get("cc", []),
        "object": note_document,
        **members,
    }


def does(actor: Actor, kind: str, what: object, *, name: str = "act-1", **members: object) -> Document:
    """Any other activity of somebody elsewhere."""
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"https://{actor.domain}/{name}",
        "type": kind,
        "actor": actor.uri,
        "object": what,
        **members,
    }
