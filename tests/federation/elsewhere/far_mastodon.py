"""mastodon.example: a server that speaks Mastodon's API, played by a table that remembers."""

import json
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from speak.federation.models import Elsewhere, ElsewhereKind
from speak.identity.models import Actor
from speak.kernel.outbound import Answer, Call, Sign

HOST = "mastodon.example"
SERVER = f"https://{HOST}"
TOKEN = "token-of-alice"


@dataclass
class FarMastodon:
    """Its statuses by their ids; `calls` as they came; `down` is how it answers everything then."""

    statuses: dict[str, dict[str, object]] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    answers: list[dict[str, object]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    down: int = 0
    longest: int = 500
    lives_at: str = ""
    turns_until_ready: int = 0
    knows_proof_keys: bool = True
    seen_keys: dict[str, str] = field(default_factory=dict)

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:  # noqa: ARG002 - nothing is signed
        """Answer as it would."""
        self.calls.append(call)
        if self.down:
            return Answer(self.down)
        path = urlsplit(call.url).path
        if path == "/.well-known/webfinger":
            return said({"links": [{"rel": "self", "href": self.lives_at}]}) if self.lives_at else Answer(404)
        if path.startswith(("/oauth/", "/.well-known/")) or path == "/api/v1/apps":
            return self._asked(path, call)
        if path == "/api/v2/instance":
            statuses = {"max_characters": self.longest, "characters_reserved_per_url": 23, "max_media_attachments": 4}
            return said({"domain": HOST, "configuration": {"statuses": statuses}})
        if call.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(401)
        return self._signed_in(path, call)

    def made(self, method: str) -> list[dict[str, object]]:
        """What was asked by this method about statuses, as JSON."""
        asked = [call for call in self.calls if call.method == method and "/api/v1/statuses" in call.url]
        return [json.loads(call.body) if call.body else {} for call in asked]

    def _asked(self, path: str, call: Call) -> Answer:
        if path == "/api/v1/apps":
            return said({"client_id": "app", "client_secret": "hush"})
        if path == "/oauth/revoke":
            return said({})
        if path == "/oauth/token":
            given = parse_qs(call.body.decode())
            return said({"access_token": TOKEN}) if given["code"] == ["good"] else Answer(400, b"{}")
        if self.knows_proof_keys:
            return said({"issuer": f"{SERVER}/", "code_challenge_methods_supported": ["S256"]})
        return Answer(404)

    def _signed_in(self, path: str, call: Call) -> Answer:
        if path == "/api/v1/accounts/verify_credentials":
            return said({"id": "1", "username": "alice", "url": f"{SERVER}/@alice"})
        if "/media" in path:
            return self._media(path, call)
        number = path.removeprefix("/api/v1/statuses").strip("/")
        if number.endswith("/context"):
            return said({"ancestors": [], "descendants": self.answers})
        if call.method == "POST":
            key = call.headers["Idempotency-Key"]
            number = self.seen_keys.setdefault(key, str(100 + len(self.statuses)))
        elif number not in self.statuses:
            return Answer(404)
        if call.method == "DELETE":
            return said({"id": number, **self.statuses.pop(number)})
        self.statuses[number] = json.loads(call.body)
        return said(
            {"id": number, "uri": f"{SERVER}/users/alice/statuses/{number}", "url": f"{SERVER}/@alice/{number}"}
        )

    def _media(self, path: str, call: Call) -> Answer:
        if call.method == "POST":
            number = str(900 + len(self.media))
            self.media[number] = call.body
            return replace(said({"id": number}), status=202 if self.turns_until_ready else 200)
        self.turns_until_ready -= 1
        return replace(said({"id": path.rsplit("/", 1)[-1]}), status=206 if self.turns_until_ready else 200)


def said(document: object) -> Answer:
    """JSON."""
    return Answer(200, json.dumps(document).encode())


def account(owner: Actor, *, longest: int = 500) -> Elsewhere:
    """An account there that somebody connected."""
    return Elsewhere.objects.create(
        owner=owner,
        kind=ElsewhereKind.MASTODON,
        name=f"@alice@{HOST}",
        url=f"{SERVER}/@alice",
        server_url=SERVER,
        secret=TOKEN,
        longest=longest,
        address_length=23,
        most_pictures=4,
    )
