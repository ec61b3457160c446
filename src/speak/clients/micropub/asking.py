"""What an editor asks before it writes (3.7, and the extensions category, contact and post-types)."""

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from speak.clients.micropub.changing import own_post
from speak.clients.micropub.creating import ASKED_FOR
from speak.clients.micropub.source import properties_of
from speak.clients.micropub.targets import targets_of
from speak.identity.faces import face_url
from speak.identity.models import Actor
from speak.identity.queries import followed_by
from speak.kernel.errors import Invalid
from speak.voice.queries import said_by, tags_said_by

QUERIES = ["config", "source", "syndicate-to", "category", "contact", "post-types"]
POST_TYPES = [
    {"type": "note", "name": "Note"},
    {"type": "article", "name": "Article"},
    {"type": "photo", "name": "Photo"},
    {"type": "reply", "name": "Answer"},
    {"type": "like", "name": "Thanks"},
    {"type": "repost", "name": "Passing on"},
    {"type": "bookmark", "name": "Link"},
]
MOST = 20


def answer_to(viewer: Actor, asked: QueryDict) -> dict[str, Any]:
    """What is asked for by `q`.

    Raises:
        Invalid: nothing that can be asked, or a post that is not there.
        NotAllowed: the source of somebody else's post.
    """
    query = asked.get("q", "")
    words = asked.get("filter", asked.get("search", "")).lower()
    if query == "config":
        return {
            "media-endpoint": f"{settings.SPEAK_URL}/micropub/media",
            "q": QUERIES,
            "post-types": POST_TYPES,
            "syndicate-to": targets_of(viewer),
            "visibility": list(ASKED_FOR),
            "post-status": ["published", "draft"],
        }
    if query == "source":
        return _source(viewer, asked)
    if query == "syndicate-to":
        return {"syndicate-to": targets_of(viewer)}
    if query == "post-types":
        return {"post-types": POST_TYPES}
    if query == "category":
        return {"categories": [name for name in tags_said_by(viewer) if words in name][:100]}
    if query == "contact":
        return {"contacts": _contacts(viewer, words)}
    raise Invalid(_("That cannot be asked here."), hint=_("Ask one of: %(known)s.") % {"known": ", ".join(QUERIES)})


def _source(viewer: Actor, asked: QueryDict) -> dict[str, Any]:
    """One post, or only some properties of it; without a url one's newest posts."""
    if not asked.get("url"):
        limit = asked.get("limit", "")
        most = min(int(limit), MOST) if limit.isascii() and limit.isdigit() and len(limit) < MOST else MOST
        said = said_by(viewer).select_related("author", "in_reply_to").order_by("-pk")[:most]
        return {"items": [{"type": ["h-entry"], "properties": properties_of(post)} for post in said]}
    found = properties_of(own_post(viewer, asked.get("url", "")))
    wanted = asked.getlist("properties[]") or asked.getlist("properties")
    if wanted:
        return {"properties": {name: found[name] for name in wanted if name in found}}
    return {"type": ["h-entry"], "properties": found}


def _contacts(viewer: Actor, words: str) -> list[dict[str, str]]:
    """Those whom one follows, so that an editor can call them by name."""
    found = []
    for actor in followed_by(viewer)[:200]:
        if words in f"{actor.called} {actor.address}".lower():
            said = {"name": actor.called, "nickname": actor.address, "url": actor.url, "photo": face_url(actor)}
            found.append({name: value for name, value in said.items() if value})
    return found[:MOST]
