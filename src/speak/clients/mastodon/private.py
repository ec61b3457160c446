"""What one keeps about others for oneself (docs.joinmastodon.org/methods/domain_blocks, accounts#note)."""

from typing import Annotated

import msgspec

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import Listed, Page, ends
from speak.clients.mastodon.entities.accounts import Relationship
from speak.clients.mastodon.shown.people import shown_relationships
from speak.identity import actions
from speak.identity.queries import actor_with_id, server_blocks_of
from speak.voice.queries import windowed


class Server(msgspec.Struct, kw_only=True):
    """Another server, by its name."""

    domain: Annotated[str, msgspec.Meta(max_length=255)]


class Noted(msgspec.Struct, kw_only=True):
    """A few words about somebody."""

    comment: Annotated[str, msgspec.Meta(max_length=10_000)] = ""


@endpoint("GET", "/api/v1/domain_blocks", "read:blocks")
def blocked_servers(call: Call, given: Page) -> Listed[str]:
    """The servers of which one does not want to hear."""
    rows = sorted(windowed(server_blocks_of(call.me), given.window(usual=100, most=200)), key=lambda row: -row.pk)
    return Listed([row.domain for row in rows], *ends(rows))


@endpoint("POST", "/api/v1/domain_blocks", "write:blocks")
def block_server(call: Call, given: Server) -> Nothing:
    """Hear of nobody there; the follows between end."""
    actions.block_server(call.me, domain=given.domain)
    return Nothing()


@endpoint("DELETE", "/api/v1/domain_blocks", "write:blocks")
def unblock_server(call: Call, given: Server) -> Nothing:
    """Hear of them again."""
    actions.unblock_server(call.me, domain=given.domain)
    return Nothing()


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/note", "write:accounts")
def note(call: Call, given: Noted, actor_id: int) -> Relationship:
    """Keep a few words about somebody, for oneself alone."""
    other = actor_with_id(call.me, actor_id)
    actions.note_about(call.me, about=other, words=given.comment)
    return shown_relationships(call.me, [other])[0]
