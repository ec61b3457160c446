"""Collections: what somebody said, what answers a post, and lists that are there but not shown."""

from collections.abc import Sequence

from speak.federation.render.context import ACTIVITYSTREAMS, POST_CONTEXT


def closed(uri: str) -> dict[str, object]:
    """A list that exists and is not shown: neither its members nor how many they are (promise 6)."""
    return {"@context": ACTIVITYSTREAMS, "id": uri, "type": "OrderedCollection"}


def whole(uri: str, items: Sequence[object]) -> dict[str, object]:
    """A short list in one piece."""
    return {
        "@context": ACTIVITYSTREAMS,
        "id": uri,
        "type": "OrderedCollection",
        "totalItems": len(items),
        "orderedItems": list(items),
    }


def listed(uri: str, items: Sequence[object]) -> dict[str, object]:
    """The same without saying how many they are."""
    return {"@context": ACTIVITYSTREAMS, "id": uri, "type": "OrderedCollection", "orderedItems": list(items)}


def paged(uri: str, *, total: int | None = None, is_ordered: bool = True) -> dict[str, object]:
    """A long list; its first page is asked for on its own."""
    found: dict[str, object] = {
        "@context": ACTIVITYSTREAMS,
        "id": uri,
        "type": "OrderedCollection" if is_ordered else "Collection",
        "first": f"{uri}?page=true",
    }
    return found if total is None else {**found, "totalItems": total}


def page(
    uri: str, *, query: str, items: Sequence[object], next_query: str = "", is_ordered: bool = True
) -> dict[str, object]:
    """One page of it. `query` and `next_query` are what follows the question mark; no next ends the list."""
    found: dict[str, object] = {
        "@context": POST_CONTEXT,
        "id": f"{uri}?{query}",
        "type": "OrderedCollectionPage" if is_ordered else "CollectionPage",
        "partOf": uri,
        "orderedItems" if is_ordered else "items": list(items),
    }
    return {**found, "next": f"{uri}?{next_query}"} if next_query else found
