"""Lists of people one follows (docs.joinmastodon.org/methods/lists)."""

from typing import Annotated

import msgspec

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import Id, Listed, Page, ends
from speak.clients.mastodon.entities import lists as entities
from speak.clients.mastodon.entities.accounts import Account
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.shown.people import shown_accounts
from speak.clients.mastodon.timelines import timeline
from speak.identity import actions, queries
from speak.identity.models import List, ListReplies
from speak.voice.queries import list_timeline, windowed


class Kept(msgspec.Struct, kw_only=True):
    """What a list is called, and which answers stand in it; what is not given stays."""

    title: Annotated[str, msgspec.Meta(max_length=1_000)] | None = None
    replies_policy: entities.Replies | None = None
    exclusive: bool | None = None


class People(msgspec.Struct, kw_only=True):
    """Who is put in or taken out."""

    account_ids: list[Id]


@endpoint("GET", "/api/v1/lists", "read:lists")
def lists(call: Call) -> list[entities.List]:
    """One's own lists."""
    return [_shown(known) for known in queries.lists_of(call.me)]


@endpoint("POST", "/api/v1/lists", "write:lists")
def make(call: Call, given: Kept) -> entities.List:
    """Make one."""
    replies = ListReplies(given.replies_policy or ListReplies.LIST)
    return _shown(actions.keep_list(call.me, title=given.title or "", replies=replies))


@endpoint("GET", "/api/v1/lists/<int:list_id>", "read:lists")
def one(call: Call, list_id: int) -> entities.List:
    """One of one's own."""
    return _shown(queries.list_of(call.me, list_id))


@endpoint("PUT", "/api/v1/lists/<int:list_id>", "write:lists")
def change(call: Call, given: Kept, list_id: int) -> entities.List:
    """Call it something else."""
    known = queries.list_of(call.me, list_id)
    title = known.title if given.title is None else given.title
    replies = ListReplies(given.replies_policy or known.replies)
    return _shown(actions.keep_list(call.me, title=title, replies=replies, known=known))


@endpoint("DELETE", "/api/v1/lists/<int:list_id>", "write:lists")
def drop(call: Call, list_id: int) -> Nothing:
    """Forget it."""
    actions.drop_list(call.me, known=queries.list_of(call.me, list_id))
    return Nothing()


@endpoint("GET", "/api/v1/lists/<int:list_id>/accounts", "read:lists")
def members(call: Call, given: Page, list_id: int) -> Listed[Account]:
    """Who is in it."""
    rows = queries.list_of(call.me, list_id).members.select_related("actor")
    found = sorted(windowed(rows, given.window(usual=40, most=80)), key=lambda row: -row.pk)
    return Listed(shown_accounts(row.actor for row in found), *ends(found))


@endpoint("POST", "/api/v1/lists/<int:list_id>/accounts", "write:lists")
def put_in(call: Call, given: People, list_id: int) -> Nothing:
    """Put people in whom one follows."""
    known = queries.list_of(call.me, list_id)
    actions.put_into_list(call.me, known=known, people=queries.known_actors(given.account_ids))
    return Nothing()


@endpoint("DELETE", "/api/v1/lists/<int:list_id>/accounts", "write:lists")
def take_out(call: Call, given: People, list_id: int) -> Nothing:
    """Take people out."""
    known = queries.list_of(call.me, list_id)
    actions.take_out_of_list(call.me, known=known, people=queries.known_actors(given.account_ids))
    return Nothing()


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/lists", "read:lists")
def lists_with(call: Call, actor_id: int) -> list[entities.List]:
    """In which of one's lists somebody is."""
    return [_shown(known) for known in queries.lists_of(call.me).filter(members__actor=actor_id)]


@endpoint("GET", "/api/v1/timelines/list/<int:list_id>", "read:lists")
def words(call: Call, given: Page, list_id: int) -> Listed[Status]:
    """What the people in a list say and pass on."""
    return timeline(call.me, list_timeline(call.me, queries.list_of(call.me, list_id), given.window()))


def _shown(known: List) -> entities.List:
    replies: dict[str, entities.Replies] = {"followed": "followed", "list": "list", "none": "none"}
    return entities.List(id=str(known.pk), title=known.title, replies_policy=replies[known.replies])
