"""An app as it stands at the door: a token, and requests with it."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from speak.clients.tokens import make_token
from speak.identity.models import Actor, User

ALL = ("read", "write", "follow", "push", "profile")


@dataclass
class App:
    """An app with a token, or without."""

    client: Client
    token: str = ""

    def ask(self, method: str, path: str, given: dict[str, Any] | None = None, **headers: str) -> Any:  # noqa: ANN401 - Django's test response
        """Ask as apps do: parameters in the address of a GET, as JSON in everything else."""
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method == "GET":
            return self.client.get(path, given or {}, headers=headers)
        body = json.dumps(given or {})
        return self.client.generic(method, path, body, content_type="application/json", headers=headers)

    def get(self, path: str, **given: Any) -> Any:  # noqa: ANN401 - what the JSON holds
        """What a GET answers; it has to succeed."""
        answer = self.ask("GET", path, given)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, **given: Any) -> Any:  # noqa: ANN401 - what the JSON holds
        """What a POST answers; it has to succeed."""
        answer = self.ask("POST", path, given)
        assert answer.status_code == 200, answer.content
        return answer.json()


def app_of(actor: Actor, *, scopes: tuple[str, ...] = ALL) -> App:
    """An app in which somebody is signed in."""
    assert isinstance(actor.user, User)
    return App(Client(), make_token(actor.user, scopes=scopes))
