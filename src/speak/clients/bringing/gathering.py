"""What anyone can read of an account elsewhere, fetched page after page, to be brought as if it were a file.

Only by whoever it belongs to: the account has to say that it is the same person, as moving asks for (`alsoKnownAs` or
`movedTo`, FEP-7628) or by a link of its profile (`rel=me`). What is fetched lies in a folder, laid out as Mastodon's
archives are. How far it is lies there too, so that it goes on after an interruption.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from speak.clients.bringing.pictures import fetch_picture
from speak.clients.bringing.readers import activitystreams
from speak.clients.bringing.readers.mastodon import ACTOR, OUTBOX, picture_name
from speak.federation.discovery import fetch, find_actor, refresh_actor
from speak.federation.discovery.fetching import ACCEPT, get
from speak.federation.documents.nodes import as_compared, host_of, is_web_address
from speak.federation.places.addresses import homes_of
from speak.federation.places.pointing import finding_at
from speak.identity.models import Actor, Finding
from speak.kernel.errors import Failure, Invalid, NotAllowed, Refusal
from speak.kernel.outbound import Ask, OutboundFailure

PROGRESS, PAGES = "progress.json", "pages.jsonl"
# Twenty posts a page is usual: as many as anybody wrote in twenty years.
MOST_PAGES, MOST_IN_PAGE, MOST_PICTURES = 10_000, 200, 50_000


class NotProven(NotAllowed):
    """The account does not say that it is the same person."""


class NotReadable(Invalid):
    """What it said cannot be read by others."""


class Page(msgspec.Struct, rename="camel"):
    """A collection, or a page of one (ActivityStreams 2.0, section 5)."""

    ordered_items: list[msgspec.Raw] = []
    items: list[msgspec.Raw] = []
    first: msgspec.Raw = activitystreams.NOTHING
    next: msgspec.Raw = activitystreams.NOTHING


class Progress(msgspec.Struct):
    """How far it is: which page comes next, and which pictures are still to be fetched."""

    actor_uri: str
    next_url: str = ""
    seen: list[str] = []
    pictures: list[str] = []


def gather(owner: Actor, address: str, folder: Path, *, ask: Ask, most_bytes: int) -> Iterator[None]:
    """Fetch it, a step at a time: whoever goes through the steps may stop after each, and begin anew later.

    Raises:
        NotProven: the account does not name its owner's home here.
        NotReadable: nobody is there, or what they said is not for others to fetch.
        OutboundFailure: their server does not answer now.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / PROGRESS
    if file.exists():
        progress = msgspec.json.decode(file.read_bytes(), type=Progress)
    else:
        progress = _begun(owner, address, ask)
        _keep(progress, file)
        yield
    while progress.next_url and len(progress.seen) < MOST_PAGES:
        _take_page(progress, folder, ask)
        _keep(progress, file)
        yield
    left = most_bytes - sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    while progress.pictures:
        left -= _take_picture(progress.pictures.pop(), folder, ask) if left > 0 else 0
        _keep(progress, file)
        yield
    _lay_out(progress, folder)


def _begun(owner: Actor, address: str, ask: Ask) -> Progress:
    try:
        old = find_actor(address.strip(), ask=ask)
        old = old if old.is_local else refresh_actor(old.uri, ask=ask)
    except (Refusal, Failure) as error:
        raise NotReadable(
            _("Nobody was found at “%(address)s”.") % {"address": address.strip()[:100]},
            hint=_("Write it like @name@server.example."),
        ) from error
    if old.is_local:
        raise NotReadable(_("That home is here already."))
    if not _names(old, owner, ask):
        raise NotProven(
            _("%(old)s does not say that it is you.") % {"old": old.address},
            hint=_(
                "Let it name %(address)s as another account of yours, or put %(url)s among the links "
                "of its profile, and try again."
            )
            % {"address": owner.address, "url": owner.url},
        )
    outbox = _page(old.outbox_url, ask) if host_of(old.outbox_url) == host_of(old.uri) else None
    if outbox is None:
        raise NotReadable(
            _("What %(old)s said cannot be fetched.") % {"old": old.address},
            hint=_("Ask its server for an archive instead."),
        )
    first = activitystreams.id_of(outbox.first)
    return Progress(old.uri, next_url=first if _is_on(first, old.uri) else old.outbox_url)


def _names(old: Actor, owner: Actor, ask: Ask) -> bool:
    """Whether an account elsewhere says that somebody here is the same person."""
    homes = homes_of(owner)
    if any(as_compared(uri) in homes for uri in (*old.also_known_as, old.moved_to_uri) if uri):
        return True
    return bool(old.url) and finding_at(old.url, homes, ask=ask) == Finding.POINTS_BACK


def _take_page(progress: Progress, folder: Path, ask: Ask) -> None:
    """One more page, and which pictures stand in it; a server that sends one round in a circle is left."""
    url = progress.next_url
    page = _page(url, ask)
    progress.seen.append(url)
    if page is None:
        raise OutboundFailure(f"GET {url}: no page of a collection")
    given = page.ordered_items or page.items
    activities = [_whole(raw, progress.actor_uri, ask) for raw in given[:MOST_IN_PAGE]]
    with (folder / PAGES).open("ab") as file:
        file.writelines(bytes(raw) + b"\n" for raw in activities)
    following = activitystreams.id_of(page.next)
    is_new = bool(activities) and _is_on(following, progress.actor_uri) and following not in progress.seen
    progress.next_url = following if is_new else ""
    shown = activitystreams.pictures_in(activities)
    progress.pictures += [address for address in shown if is_web_address(address)]
    del progress.pictures[MOST_PICTURES:]


def _whole(raw: msgspec.Raw, actor_uri: str, ask: Ask) -> msgspec.Raw:
    """An activity with its post in it; some servers name the post only."""
    try:
        activity = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return raw
    named = activity.get("object")
    if activity.get("type") == "Create" and isinstance(named, str) and _is_on(named, actor_uri):
        try:
            activity["object"] = fetch(named, ask=ask).node.value
        except (Refusal, Failure):
            return raw
    return msgspec.Raw(msgspec.json.encode(activity))


def _take_picture(address: str, folder: Path, ask: Ask) -> int:
    """Fetch one, unless it is there; whatever goes wrong, its post comes without it. Returns its bytes."""
    path = folder / picture_name(address)
    path.parent.mkdir(exist_ok=True)
    return 0 if path.exists() else fetch_picture(address, path, ask=ask)


def _lay_out(progress: Progress, folder: Path) -> None:
    """As an archive: the posts in one file."""
    pages = folder / PAGES
    with (folder / OUTBOX).open("wb") as file, pages.open("ab+") as lines:
        lines.seek(0)
        file.write(b'{"orderedItems":[')
        for number, line in enumerate(lines):
            file.write(b"," * bool(number) + line.rstrip(b"\n"))
        file.write(b"]}")
    (folder / ACTOR).write_bytes(msgspec.json.encode({"id": progress.actor_uri}))
    pages.unlink(missing_ok=True)


def _page(url: str, ask: Ask) -> Page | None:
    try:
        answer = get(url, accept=ACCEPT, ask=ask)
        return msgspec.json.decode(answer.body, type=Page, strict=False)
    except (Refusal, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _is_on(url: str, actor_uri: str) -> bool:
    return bool(url) and host_of(url) == host_of(actor_uri)


def _keep(progress: Progress, file: Path) -> None:
    """Whole, or as before."""
    beside = file.with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(progress))
    beside.replace(file)
