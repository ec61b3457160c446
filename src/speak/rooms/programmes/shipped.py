"""The programmes that come with the program."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from speak.rooms.programmes.reading import parse
from speak.rooms.programmes.values import ProgrammeText

NAMES = ("first-room", "twelve-weeks", "alone")


@cache
def shipped() -> Mapping[str, ProgrammeText]:
    """The first room, the twelve weeks that begin with it, and the way for one person alone, by name."""
    folder = files("speak.rooms.catalogue")
    read = {name: parse(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in NAMES}
    first, weeks = read["first-room"], read["twelve-weeks"]
    first_week = (replace(entry, week=1) for entry in first.entries)
    return MappingProxyType({**read, "twelve-weeks": replace(weeks, entries=(*first_week, *weeks.entries))})
