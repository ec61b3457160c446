"""Somebody's editor: it knows the endpoint, a token, and nothing else of this place."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from speak.clients.tokens import make_token
from speak.identity.models import Actor, User
from speak.voice.models import Post
from tests.makers import picture

ALL = ("create", "update", "delete", "undelete", "media")


@dataclass
class Editor:
    """An editor with a token, or without."""

    token: str = ""
    client: Client = field(default_factory=Client)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def form(self, path: str = "/micropub", /, **given: Any) -> Any:  # noqa: ANN401 - Django's test response
        """POST a form; `category__` stands for category[]."""
        named = {name.replace("__", "[]").replace("_", "-"): value for name, value in given.items()}
        named |= {"access_token": named.pop("access-token")} if "access-token" in named else {}
        return self.client.post(path, named, headers=self.headers)

    def json(self, body: object) -> Any:  # noqa: ANN401 - the same
        """POST JSON."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post("/micropub", sent, content_type="application/json", headers=self.headers)

    def entry(self, **properties: list[Any]) -> Any:  # noqa: ANN401 - the same
        """POST an h-entry as JSON."""
        named = {name.replace("_", "-"): values for name, values in properties.items()}
        return self.json({"type": ["h-entry"], "properties": named})

    def act(self, action: str, post: Post | str, **more: object) -> Any:  # noqa: ANN401 - the same
        """POST an action as JSON."""
        return self.json({"action": action, "url": post if isinstance(post, str) else post.url, **more})

    def ask(self, q: str, **given: Any) -> Any:  # noqa: ANN401 - what the JSON holds
        """What a query answers; it has to succeed."""
        got = self.client.get("/micropub", {"q": q, **given}, headers=self.headers)
        assert got.status_code == 200, got.content
        return got.json()

    def made(self, answer: Any) -> Post:  # noqa: ANN401 - Django's test response
        """The post whose address an answer gives."""
        assert answer.status_code == 201, answer.content
        return Post.objects.get(url=answer["Location"])


def editor_of(actor: Actor, *scopes: str) -> Editor:
    """An editor in which somebody is signed in."""
    assert isinstance(actor.user, User)
    return Editor(make_token(actor.user, scopes=scopes or ALL))


def a_file(name: str = "sunset.png") -> SimpleUploadedFile:
    """A picture on somebody's disk."""
    return SimpleUploadedFile(name, picture(), content_type="image/png")


def error_in(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - Django's test response
    """Status and error of a refusal."""
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["error_description"]
    return answer.status_code, answer.json()["error"]
