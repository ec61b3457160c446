"""Parts of a page that follow the meeting: static/web/screen.js asks for those that changed and puts them in place."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NOTHING_NEW = 204
# It is another one in each answer, and means the same.
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>')


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page: the id of its element, its HTML, and a digest by which one knows whether it changed."""

    id: str
    html: SafeString
    state: str


def part(request: HttpRequest, name: str, context: Mapping[str, object]) -> Part:
    """The piece that templates/web/meeting/parts/<name>.html makes of this."""
    html = render_to_string(f"web/meeting/parts/{name}.html", dict(context), request)
    return Part(name, html, _digest(TOKEN.sub("", html)))


def state_of(parts: Sequence[Part]) -> str:
    """A digest of all of them."""
    return _digest(" ".join(each.state for each in parts))


def answer(request: HttpRequest, parts: Sequence[Part]) -> HttpResponse:
    """All parts, or nothing where they are as the one who asks has them (`?after=`, their digest)."""
    state = state_of(parts)
    if request.GET.get("after") == state:
        return HttpResponse(status=NOTHING_NEW)
    inner = format_html_join(
        "\n", '<div id="{}" data-part="{}">{}</div>', ((each.id, each.state, each.html) for each in parts)
    )
    return HttpResponse(format_html('<div data-state="{}">{}</div>', state, inner))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
