"""The practices that come with the program, in our own words, each crediting where it comes from."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec
from django.utils.translation import gettext as _

from speak.kernel.errors import NotFound
from speak.rooms.practices import Practice

PARTS = {
    "arrive": "Arrive",
    "first-words": "First words",
    "reply": "Reply",
    "habit": "Habit",
    "rooms": "Rooms",
    "onward": "Outward and onward",
}


@cache
def practices() -> Mapping[str, Practice]:
    """Every practice that ships, by its slug, in the order of the catalogue."""
    found: dict[str, Practice] = {}
    for part in PARTS:
        rows = tomllib.loads(files(__package__).joinpath(f"{part}.toml").read_text("utf-8"))["practice"]
        for practice in msgspec.convert([{**row, "part": part} for row in rows], list[Practice]):
            found[practice.slug] = practice
    return MappingProxyType(found)


def practice(slug: str) -> Practice:
    """One practice that ships.

    Raises:
        NotFound: there is none of this slug.
    """
    found = practices().get(slug)
    if found is None:
        raise NotFound(_("There is no such practice."), hint=_("All of them stand under “Practices”."))
    return found
