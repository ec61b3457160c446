"""A part of a list, and the ways to what is older and newer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from speak.voice.queries import Window

PER_PAGE = 20
LARGEST_ID = 2**63 - 1
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """What one page shows of a list, newest first; an address is empty where there is nothing further."""

    items: list[Item]
    older_url: str
    newer_url: str


def page_of(
    request: HttpRequest, read: Callable[[Window], list[Item]], *, id_of: Callable[[Item], int], limit: int = PER_PAGE
) -> Page[Item]:
    """The part of a list that ?before= or ?after= asks for, the newest without them.

    `read` answers one window, newest first; it is asked for one item more than is shown, to know
    whether there are further ones.
    """
    before, after = id_in(request.GET.get("before", "")), id_in(request.GET.get("after", ""))
    if after is not None and before is None:
        found = read(Window(after=after, limit=limit + 1))
        if found:
            shown = found[-limit:]
            has_newer = len(found) > limit
            return Page(
                shown,
                older_url=_url(request, "before", id_of(shown[-1])),
                newer_url=_url(request, "after", id_of(shown[0])) if has_newer else "",
            )
        before = None
    found = read(Window(before=before, limit=limit + 1))
    shown = found[:limit]
    return Page(
        shown,
        older_url=_url(request, "before", id_of(shown[-1])) if len(found) > limit else "",
        newer_url=_url(request, "after", id_of(shown[0])) if before is not None and shown else "",
    )


def id_in(written: str) -> int | None:
    """The id that somebody wrote into an address or a form; none where it is no number that an id can be."""
    if not (written.isascii() and written.isdigit()) or len(written) > len(str(LARGEST_ID)):
        return None
    return min(int(written), LARGEST_ID)


def _url(request: HttpRequest, name: str, item_id: int) -> str:
    query = request.GET.copy()
    for other in ("before", "after"):
        query.pop(other, None)
    query[name] = str(item_id)
    return f"{request.path}?{query.urlencode()}"
