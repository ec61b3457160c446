"""The lists that Mastodon and others take in, as comma-separated values."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from speak.identity import queries
from speak.identity.models import Actor
from speak.voice.queries import addresses_kept_by

Rows = Iterable[tuple[str, ...]]


def _following(owner: Actor) -> Rows:
    yield ("Account address", "Show boosts", "Notify on new posts", "Languages")
    for follow in queries.follows_by(owner).select_related("target").iterator():
        if follow.target.is_site:
            continue  # these stand in a list of their own, as readers of feeds have it
        yield (_address(follow.target), _said(follow.shows_boosts), _said(follow.tells_of_each), "")


def _said(is_so: bool) -> str:  # noqa: FBT001 - it is all there is to say
    return "true" if is_so else "false"


def _followers(owner: Actor) -> Rows:
    yield ("Account address",)
    for follow in queries.follows_of(owner).select_related("follower").iterator():
        yield (_address(follow.follower),)


def _blocked(owner: Actor) -> Rows:
    for blocked in queries.those_blocked_by(owner).iterator():
        yield (_address(blocked),)


def _muted(owner: Actor) -> Rows:
    yield ("Account address", "Hide notifications")
    for muted in queries.those_muted_by(owner).iterator():
        yield (_address(muted), "true")


def _bookmarks(owner: Actor) -> Rows:
    for address in addresses_kept_by(owner):
        yield (address,)


def _lists(owner: Actor) -> Rows:
    for known in queries.lists_of(owner).prefetch_related("members__actor"):
        for member in known.members.all():
            yield (known.title, _address(member.actor))


def _blocked_domains(owner: Actor) -> Rows:
    for domain in queries.server_blocks_of(owner).values_list("domain", flat=True):
        yield (domain,)


SHEETS: dict[str, Callable[[Actor], Rows]] = {
    "following_accounts.csv": _following,
    "followers.csv": _followers,
    "blocked_accounts.csv": _blocked,
    "muted_accounts.csv": _muted,
    "blocked_domains.csv": _blocked_domains,
    "bookmarks.csv": _bookmarks,
    "lists.csv": _lists,
}


def sheet(rows: Rows) -> Iterator[bytes]:
    """The rows as lines (RFC 4180)."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode()


def _address(actor: Actor) -> str:
    return actor.address.removeprefix("@")
