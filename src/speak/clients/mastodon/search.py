"""Finding people, words and hashtags (docs.joinmastodon.org/methods/search)."""

from typing import Annotated, Literal

import msgspec

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.api.paging import Id, Part
from speak.clients.mastodon.entities.search import Search
from speak.clients.mastodon.entities.tags import Tag
from speak.clients.mastodon.shown.people import shown_accounts
from speak.clients.mastodon.shown.statuses import shown_posts
from speak.clients.mastodon.shown.tags import shown_tags
from speak.federation.discovery import resolve
from speak.identity.models import Actor
from speak.identity.queries import people_found, people_seen, relations_to
from speak.voice.models import Post
from speak.voice.queries import Window, posts_found, tags_found

MOST = 40


class Searched(Part, kw_only=True):
    """What is looked for, and of which kinds."""

    q: Annotated[str, msgspec.Meta(max_length=500)]
    type: Literal["accounts", "hashtags", "statuses"] | None = None
    resolve: bool = False
    following: bool = False
    account_id: Id | None = None
    max_id: Id | None = None
    min_id: Id | None = None
    exclude_unreviewed: bool = False


@endpoint("GET", "/api/v2/search", "read:search", who=Who.ANYONE)
def search(call: Call, given: Searched) -> Search:
    """People, words and hashtags, as far as the viewer may see them; a stranger finds who chose to be seen."""
    words = given.q.replace("\0", "").strip()
    if call.viewer is None:
        seen = [actor for actor in people_seen(None) if words.casefold() in f"{actor.handle} {actor.name}".casefold()]
        return Search(accounts=shown_accounts(seen[: _limit(given)] if words else []), statuses=[], hashtags=[])
    found = resolve(call.viewer, words) if given.resolve and _names_a_place(words) else None
    return Search(
        accounts=shown_accounts(_people(call.viewer, words, given, found=found)) if _wants(given, "accounts") else [],
        statuses=shown_posts(call.viewer, _posts(call.viewer, words, given, found=found))
        if _wants(given, "statuses")
        else [],
        hashtags=_tags(call.viewer, words, given) if _wants(given, "hashtags") else [],
    )


def _people(viewer: Actor, words: str, given: Searched, *, found: Actor | Post | None) -> list[Actor]:
    people = people_found(viewer, words, limit=given.offset + _limit(given))
    if isinstance(found, Actor):
        people = [found, *(actor for actor in people if actor.pk != found.pk)]
    if given.following:
        relations = relations_to(viewer, people)
        people = [actor for actor in people if relations[actor.pk].follows]
    return people[given.offset :]


def _posts(viewer: Actor, words: str, given: Searched, *, found: Actor | Post | None) -> list[Post]:
    if isinstance(found, Post):
        return [found]
    if not words or given.offset:
        return []
    window = Window(before=given.max_id, after=given.min_id, limit=_limit(given))
    posts = posts_found(viewer, words, window)
    return [post for post in posts if given.account_id in {None, post.author_id}]


def _tags(viewer: Actor, words: str, given: Searched) -> list[Tag]:
    names = tags_found(words.removeprefix("#"), limit=given.offset + _limit(given))[given.offset :]
    return shown_tags(viewer, names)


def _limit(given: Searched) -> int:
    return min(given.limit or 20, MOST)


def _wants(given: Searched, kind: str) -> bool:
    return given.type in {None, kind}


def _names_a_place(words: str) -> bool:
    """Whether it is an address: of a page, or somebody's with the server in it."""
    return words.startswith(("https://", "http://")) or ("@" in words.lstrip("@") and " " not in words)
