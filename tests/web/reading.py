"""What tests of pages look for on them."""

import io
from html import unescape
from typing import IO, Protocol, cast

from django.http import HttpResponse
from django.test import Client
from PIL import Image

from speak.voice.models import Post


class Answered(Protocol):
    """What a browser got."""

    @property
    def content(self) -> bytes:
        """Its body."""


def text_of(response: Answered) -> str:
    """The page as it came, with its entities read."""
    return unescape(response.content.decode())


def say(browser: Client, words: str = "", **typed: str | IO[bytes]) -> HttpResponse:
    """Fill in the box to write in and press a button; to anyone, anywhere unless told otherwise."""
    form = {"words": words, "audience": "60", "do": "say", **typed}
    return cast("HttpResponse", browser.post("/compose", form))


def latest() -> Post:
    """The post that was said last."""
    return Post.objects.order_by("-id")[0]


def picture() -> io.BytesIO:
    """A small file as a phone would send it."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    made.seek(0)
    made.name = "garden.png"
    return made
