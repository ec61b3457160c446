"""What one document says of its person, whatever language it says it in; several put together. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

from speak.federation.looking_up.places import Source


@dataclass(frozen=True, slots=True)
class Facts:
    """Plain, bounded values. `feeds`, `actors` and `outbox_url` are addresses at which more may be read."""

    sources: tuple[Source, ...] = ()
    name: str = ""
    heading: str = ""
    about: str = ""
    picture_url: str = ""
    handle: str = ""
    moved_to: str = ""
    latest_at: dt.datetime | None = None
    also: tuple[str, ...] = ()
    points_to: tuple[str, ...] = ()
    links_to: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    outbox_url: str = ""
    is_cut: bool = False  # only its beginning was read


def together(found: Iterable[Facts]) -> Facts:
    """What several documents say: the first that says something is believed, lists are joined, the latest time counts.

    Headings are joined too: a name may stand in any of them.
    """
    every = list(found)
    made: dict[str, object] = {}
    for each in fields(Facts):
        values = [getattr(facts, each.name) for facts in every]
        if each.name == "latest_at":
            made[each.name] = max((value for value in values if value), default=None)
        elif each.default == ():
            made[each.name] = tuple(dict.fromkeys(item for value in values for item in value))
        elif each.name == "heading":
            made[each.name] = " · ".join(dict.fromkeys(value for value in values if value))
        else:
            made[each.name] = next((value for value in values if value), each.default)
    return Facts(**made)  # type: ignore[arg-type]  # each value is one of its own field
