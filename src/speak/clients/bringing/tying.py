"""Binding somebody here to those whom they had to do with elsewhere: by the same actions as the buttons on pages.

To follow is to ask, here as there; the other server is told, since without that nothing comes. All the rest is told to
nobody whom a button would not tell.
"""

from collections.abc import Callable
from dataclasses import replace

from speak.clients.bringing import belongings
from speak.clients.bringing.belongings import put_down
from speak.clients.bringing.notes import Why
from speak.clients.bringing.ties import Tie, TieKind
from speak.federation.discovery import find_actor, find_post
from speak.identity.actions import block, block_server, follow, keep_list, mute, put_into_list
from speak.identity.errors import NoSuchActor, NotYourself
from speak.identity.models import Actor, Follow, List
from speak.kernel.errors import Failure, NotAllowed, NotFound, Refusal
from speak.kernel.outbound import Ask
from speak.voice.actions import bring_like, keep
from speak.voice.models import Post
from speak.voice.queries import post_by_uri

# So many posts of others are fetched for one file; of the rest, those that are known here are kept.
MOST_FETCHED = 2_000
FETCHED = frozenset({TieKind.BOOKMARK, TieKind.LIKE})


def tie_up(owner: Actor, tie: Tie, *, ask: Ask, may_fetch: bool, import_id: int) -> Why | None:
    """Do it, unless it is done already; says why it could not be."""
    if tie.belonging is not None:
        return put_down(owner, replace(tie.belonging, import_id=import_id), ask=ask, may_fetch=may_fetch)
    try:
        if tie.kind in FETCHED and not may_fetch and post_by_uri(owner, tie.address) is None:
            return Why.ASKED_ENOUGH
        HANDS[tie.kind](owner, tie, ask)
    except (Refusal, Failure) as error:
        return next(why for kind, why in WHY if isinstance(error, kind))
    return None


def is_fetched(tie: Tie) -> bool:
    """Whether it may take a post of somebody else to be fetched."""
    return tie.kind in FETCHED or (tie.belonging is not None and tie.belonging.section in belongings.FETCHED)


def _follow(owner: Actor, tie: Tie, ask: Ask) -> None:
    target = find_actor(_address(tie), ask=ask)
    if target != owner and not Follow.objects.filter(follower=owner, target=target).exists():
        follow(owner, target=target, shows_boosts=tie.shows_boosts)


def _block(owner: Actor, tie: Tie, ask: Ask) -> None:
    block(owner, blocked=find_actor(_address(tie), ask=ask))


def _mute(owner: Actor, tie: Tie, ask: Ask) -> None:
    mute(owner, muted=find_actor(_address(tie), ask=ask))


def _block_server(owner: Actor, tie: Tie, _ask: Ask) -> None:
    block_server(owner, domain=tie.address)


def _list(owner: Actor, tie: Tie, ask: Ask) -> None:
    _follow(owner, tie, ask)
    known = List.objects.filter(owner=owner, title=tie.title).first() or keep_list(owner, title=tie.title)
    put_into_list(owner, known=known, people=[find_actor(_address(tie), ask=ask)])


def _keep(owner: Actor, tie: Tie, ask: Ask) -> None:
    keep(owner, post=_post(owner, tie, ask))


def _like(owner: Actor, tie: Tie, ask: Ask) -> None:
    bring_like(owner, post=_post(owner, tie, ask))


def _post(owner: Actor, tie: Tie, ask: Ask) -> Post:
    return post_by_uri(owner, tie.address) or find_post(tie.address, ask=ask)


def _address(tie: Tie) -> str:
    return tie.address if tie.address.startswith(("@", "https://", "http://")) else f"@{tie.address}"


HANDS: dict[TieKind, Callable[[Actor, Tie, Ask], None]] = {
    TieKind.FOLLOW: _follow,
    TieKind.BLOCK: _block,
    TieKind.MUTE: _mute,
    TieKind.SERVER_BLOCK: _block_server,
    TieKind.LIST: _list,
    TieKind.BOOKMARK: _keep,
    TieKind.LIKE: _like,
}
# The narrowest first.
WHY: tuple[tuple[type[Exception], Why], ...] = (
    (NoSuchActor, Why.NOT_FOLLOWED_YET),
    (NotFound, Why.NOBODY),
    (Failure, Why.NOBODY),
    (NotAllowed, Why.NOT_LET),
    (NotYourself, Why.NOT_LET),
    (Refusal, Why.SHAPE),
)
